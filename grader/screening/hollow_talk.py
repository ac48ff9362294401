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
from itertools import compress, count, groupby
from typing import NamedTuple

from grader.language.essay import ParsedEssay
from grader.language.memory import Memory
from grader.language.numbers import FIGURE_MARK
from grader.language.word_families import family

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
    strange = _strange(essay, known, 0, len(essay.tokens))
    read = [
        (u, _read(said, strange[u.first : u.last])) for u, said in zip(essay.units, essay.said, strict=True)
    ]
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


_NONE = frozenset(("",))
_NO_STATEMENT = _Sentence(0, 0, frozenset())


def learned_strangers(essay: ParsedEssay, first: int, last: int, known: Collection[str]) -> frozenset[str]:
    """Return the families of learned words, among the tokens `first` to `last`, that nobody asked for."""
    return frozenset(_strange(essay, known, first, last)) - _NONE


def _strange(essay: ParsedEssay, known: Collection[str], first: int, last: int) -> Sequence[str]:
    """Return for each token the family of a learned word that nobody asked for, and "" for others."""
    strange = [""] * len(essay.terms)
    for at in compress(count(first), map(_learned.__getitem__, essay.words[first:last])):
        term = essay.terms[at]
        if essay.content[at] and term not in known and term[0] != FIGURE_MARK:
            strange[at] = family(term)
    return strange


def _read(said: Sequence[str], strange: Sequence[str]) -> _Sentence:
    families = [found for found in map(family, said) if found[0] != FIGURE_MARK]
    if len(families) < _STATEMENT:
        return _NO_STATEMENT
    return _Sentence(len(families), len(families) - len({*families}), frozenset(strange) - _NONE)


def _is_hollow(sentences: Sequence[_Sentence], fewest: int, limit: float) -> bool:
    words = sum([sentence.words for sentence in sentences])
    turned = sum([sentence.turned for sentence in sentences])
    if words < fewest or not turned:
        return False
    learned = frozenset().union(*[sentence.learned for sentence in sentences])
    return len(learned) * turned >= limit * words**2


def _is_learned(word: str) -> bool:
    return len(word) >= _LONG and _LEARNED.match(word) is not None


_learned = Memory(_is_learned)
