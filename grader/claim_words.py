"""What claims are called, and what is said of those that are not so: parts of patterns over folded text.

`negation` looks for them before a claim ("it is a mistake to think that ..."), `refutation` after it.
"""

from __future__ import annotations

CLAIM = (
    r"(?:account|argument|assertion|assumption|belief|charge|claim|explanation|idea|line|notion|objection"
    r"|statement|story|suggestion|tale|view)"
)
TALE = (
    r"(?:mistake|error|myth|lie|falsehood|misconception|fable|fiction|legend|fantasy|fallacy|delusion"
    r"|invention|illusion|exaggeration|fairy (?:story|tale))"
)
FALSE = r"false|untrue|wrong|mistaken|incorrect|nonsense|absurd"
"""Alternatives without a bracket around them, for others to be added."""
HOW = r"(?:(?:[a-z]+ly|quite|just|also|still|however) )?"
"""A word or none before what is said of a claim."""
