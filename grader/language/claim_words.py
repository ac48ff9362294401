"""What claims are called, and what is said of those that are not so: parts of patterns over folded text.

`negation` looks for them before a claim ("it is a mistake to think that ..."), `refutation` after it.
"""

from __future__ import annotations

import re

CLAIM = (
    r"(?:account|allegation|argument|assertion|assumption|belief|boast|charge|claim|complaint|contention"
    r"|explanation|fiction|idea|impression|line|myth|notion|objection|opinion|picture|reading|rumour"
    r"|statement|story|suggestion|tale|theory|thesis|view)"
)
LEGEND = (
    r"(?:myth|lie|falsehood|misconception|fable|fiction|legend|fantasy|fallacy|delusion|invention|illusion"
    r"|fairy (?:story|tale))"
)
"""What only a claim can be: a deed may be a mistake as well."""
TALE = rf"(?:mistake|error|exaggeration|{LEGEND})"
FALSE = r"false|untrue|wrong|mistaken|incorrect|inaccurate|nonsense|absurd|rubbish|groundless|unfounded"
"""Alternatives without a bracket around them, for others to be added."""
RIGHT = r"(?:so|true|right|correct|accurate|the case)"
WRONG = (
    rf"(?:{FALSE}|unfair|fiction|hollow|an? (?:[a-z]+ )?{TALE}"
    rf"|not {RIGHT}|far from (?:the truth|true|it)"
    r"|(?:hard|difficult|impossible) to believe|no (?:better|truer)"
    rf"|(?:just|quite|every bit) as (?:{FALSE}|hollow))"
)
"""What is said of a claim that is not so; it begins behind "is" or "are"."""
HOW = r"(?:(?:[a-z]+ly|quite|just|also|still|however|likewise) )?"
"""A word or none before what is said of a claim."""

_CONTRACTIONS = (
    (re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should) not\b"), r"\1n't"),
    (re.compile(r"\b(it|that|he|she|there) is\b"), r"\1's"),
    (re.compile(r"\b(they|we|you) are\b"), r"\1're"),
)


def contracted(phrase: str) -> set[str]:
    """Return a set phrase as it is written, and as it is said: "that is not so", "that isn't so", "isnt"."""
    forms = {phrase} | {pattern.sub(short, phrase) for pattern, short in _CONTRACTIONS}
    return forms | {form.replace("'", "") for form in forms}
