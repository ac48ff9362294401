"""Pompous talk around a rubric's words: learned nouns from nowhere, words that explain themselves.

Nonsense engines, and writers who have only the terms, fill sentences in two ways at once: with
abstract words that neither the rubric nor the question uses ("a munificence of perspicacity"), and by
turning one word on itself ("an impact is the impact of impact"). Honest answers do one or the other,
and little of it; the product of the two shares tells them apart without knowing what any word means.
Nonsense in short plain words is not found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from grader.essay import ParsedEssay, Unit
from grader.tokens import Token
from grader.word_families import family

_LEARNED = re.compile(
    r".{4,}(?:it(?:y|ies)|[ae]nc[ey]|tions?|ments?|ness|[ei]?ous|ive|[ai]ble|at(?:e|es|ed|ing)|is(?:e|ed|es|m)"
    r"|cal|(?:cal|ab|ive|ous|ial)ly|ude|ial)\Z"
)
_LONG = 8
"""Letters of a learned word, at least."""
_STATEMENT = 4
"""Content words of a sentence that can turn on itself, at least."""
_TEXT, _TEXT_LIMIT = 40, 0.011
"""Content words that can be judged, and the product from which they are hollow: honest essays reach .003
on their own question and .005 on others, arguments strung together .009, nonsense begins at .014."""
_PARAGRAPH, _PARAGRAPH_LIMIT = 30, 0.018
"""The same for one paragraph, where chance has more room: honest ones reach .007, on other questions .010."""

Range = tuple[int, int]


def hollow_ranges(essay: ParsedEssay, known: Collection[str]) -> list[Range]:
    """Return the token ranges that only sound learned: the whole text, or single paragraphs.

    `known` are the terms of the rubric and of the question.
    """
    if _is_hollow(essay, essay.units, known, _TEXT, _TEXT_LIMIT):
        return [(0, len(essay.tokens))]
    paragraphs = (tuple(units) for _, units in groupby(essay.units, key=lambda unit: unit.paragraph))
    return [
        (units[0].first, units[-1].last)
        for units in paragraphs
        if _is_hollow(essay, units, known, _PARAGRAPH, _PARAGRAPH_LIMIT)
    ]


def _is_hollow(
    essay: ParsedEssay, units: Sequence[Unit], known: Collection[str], fewest: int, limit: float
) -> bool:
    said = list(_statements(essay, units))
    words = sum(map(len, said))
    if words < fewest:
        return False
    turned = sum(len(each) - len({family(token.term) for token in each}) for each in said)
    learned = {
        family(token.term)
        for each in said
        for token in each
        if _is_learned(token.word) and token.term not in known
    }
    return len(learned) * turned >= limit * words**2


def _statements(essay: ParsedEssay, units: Sequence[Unit]) -> Iterator[list[Token]]:
    """Yield the content words of every sentence that has a few."""
    for unit in units:
        said = [t for t in essay.tokens_of(unit) if t.content and t.number is None]
        if len(said) >= _STATEMENT:
            yield said


@lru_cache(maxsize=50_000)
def _is_learned(word: str) -> bool:
    return len(word) >= _LONG and _LEARNED.match(word) is not None
