"""Questions that a text asks: a question alone states nothing, its answer may.

Only questions that want a yes or a no ("Were the farms starved of money?") hold a whole claim in themselves.
Answered by yes they state it, answered by no they refute it, unanswered they do neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from grader.language.essay import ParsedEssay, Unit

_NEAR = 80
"""Characters of the next sentence in which an answer begins."""
_YES_OR_NO = re.compile(
    r"(?:(?:and|but|or|so|then|yet|now|well|still),? )?"
    r"(?:was|were|is|are|did|does|do|had|has|have|could|can|would|should|will|might|must) (?!not\b)"
)
"""A question that a speaker does not answer already by asking: "was it not a success?" says that it was."""
_OPEN = re.compile(
    r"(?:(?:and|but|or|so|then|yet|now|well|still),? )?"
    r"(?:(?:for|to|in|by|at|from|with) )?(?:who|whom|whose|what|which|when|where|why|how)\b"
)
"""Questions that no yes or no answers."""
_PRONOUN = r"(?:it|he|she|they|this|that|there|we|these|those)"
_AUXILIARY = r"(?:was|were|did|could|had|would|is|are|do|does|has|have|can|should|will|might)"
_YES = re.compile(
    rf"\s*(?:(?:yes|indeed|undoubtedly|no doubt|surely|absolutely|without (?:a |any )?doubt)\b"
    rf"|(?:certainly|of course)\b(?! not)|{_PRONOUN} (?:certainly |indeed |surely )?{_AUXILIARY}\s*[.,:;!-])"
)
_NO = re.compile(
    r"\s*(?:no\b(?! doubt| wonder)|not (?:at all|so|really|quite|in the least|a bit|for a moment|even)\b"
    r"|(?:hardly|scarcely|never|far from it|of course not|certainly not|by no means|nonsense"
    r"|rubbish|not likely"
    r"|nothing of the (?:sort|kind)|on the contrary|quite the (?:opposite|contrary|reverse))\b)"
)
SHORT_NO = re.compile(
    rf"\s*{_PRONOUN} {_AUXILIARY}(?:(?: not|n.t)(?: so| true| right)?"
    r"| neither(?: of (?:the two|these|them|those))?)\s*(?:[.:;,!?-]|$)"
)
"""A sentence that says no and nothing more: "They were not." """


class Answer(Enum):
    """How a question is answered by the sentence after it."""

    YES = "yes"
    NO = "no"
    NONE = "none"


def questions(essay: ParsedEssay) -> Iterator[tuple[Unit, Answer]]:
    """Yield the questions of an essay that want a yes or a no, each with its answer."""
    text = essay.folded.text
    if "?" not in text:
        return
    for at, unit in enumerate(essay.units):
        if text[unit.end - 1] != "?" or _OPEN.match(text, unit.start, unit.end):
            continue
        following = essay.units[at + 1] if at + 1 < len(essay.units) else None
        answer = _answer(text, following) if following else Answer.NONE
        # "Trade grew? Far from it." asks in the words of a statement.
        if answer is Answer.NO or _YES_OR_NO.match(text, unit.start, unit.end):
            yield unit, answer


def unanswered(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return the token ranges of questions that state nothing and refute nothing."""
    return [(unit.first, unit.last) for unit, answer in questions(essay) if answer is Answer.NONE]


def _answer(text: str, unit: Unit) -> Answer:
    near = min(unit.end, unit.start + _NEAR)
    if _NO.match(text, unit.start, near) or SHORT_NO.match(text, unit.start, near):
        return Answer.NO
    return Answer.YES if _YES.match(text, unit.start, near) else Answer.NONE
