"""Pompous talk around a rubric's words: learned nouns from nowhere, words that explain themselves.

Nonsense engines, and writers who have only the terms, fill sentences in two ways at once: with
abstract words that neither the rubric nor the question uses ("a munificence of perspicacity"), and by
turning one word on itself ("an impact is the impact of impact"). Honest answers do one or the other,
and little of it; the product of the two shares tells them apart without knowing what any word means.
Nonsense in short plain words is not found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import compress, groupby
from typing import NamedTuple

from grader.essay import ParsedEssay, Unit
from grader.numbers import FIGURE_MARK
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
    read = [(u, _read(essay, u, said, known)) for u, said in zip(essay.units, essay.said, strict=True)]
    if _is_hollow([sentence for _, sentence in read], _TEXT, _TEXT_LIMIT):
        return [(0, len(essay.tokens))]
    found = []
    for _, group in groupby(read, key=lambda pair: pair[0].paragraph):
        paragraph = list(group)
        if _is_hollow([sentence for _, sentence in paragraph], _PARAGRAPH, _PARAGRAPH_LIMIT):
            found.append((paragraph[0][0].first, paragraph[-1][0].last))
    return found


class _Sentence(NamedTuple):
    """Counts of one sentence: content words, those turned on themselves; and its learned families."""

    words: int
    turned: int
    learned: frozenset[str]


def _read(essay: ParsedEssay, unit: Unit, said: Sequence[str], known: Collection[str]) -> _Sentence:
    words = compress(essay.words[unit.first : unit.last], essay.content[unit.first : unit.last])
    pairs = [pair for pair in zip(words, said, strict=True) if pair[1][0] != FIGURE_MARK]
    if len(pairs) < _STATEMENT:
        return _Sentence(0, 0, frozenset())
    families = {family(term) for _, term in pairs}
    learned = frozenset(family(term) for word, term in pairs if _is_learned(word) and term not in known)
    return _Sentence(len(pairs), len(pairs) - len(families), learned)


def _is_hollow(sentences: Sequence[_Sentence], fewest: int, limit: float) -> bool:
    words = sum(sentence.words for sentence in sentences)
    if words < fewest:
        return False
    learned = frozenset().union(*(sentence.learned for sentence in sentences))
    return len(learned) * sum(sentence.turned for sentence in sentences) >= limit * words**2


@lru_cache(maxsize=50_000)
def _is_learned(word: str) -> bool:
    return len(word) >= _LONG and _LEARNED.match(word) is not None
