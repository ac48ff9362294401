"""Read an essay into windows: runs of one to three neighbouring units, as sets of a rubric's terms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from grader.essay import ParsedEssay, Unit
from grader.lexicon import cues
from grader.tokens import tokenise
from grader.vocabulary import Vocabulary

MAX_WINDOW = 3
"""Units in the longest window: a point may be spread over three sentences."""

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]


Reading = Sequence[tuple[int, int, str]]
"""What a run of tokens says: (first token, token after the last, term)."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of an essay, in order of length.

    `first` and `last` (inclusive) are indices of units. `said` holds for each single unit the numbers of
    the vocabulary's terms that it says, in no order. Counts of content words: `unknown` to the rubric,
    `idle` ones that talk about the answer rather than the subject ("an important factor"), and all.
    `units` holds what each single unit says.
    """

    first: Indices
    last: Indices
    said: Sequence[Sequence[int]]
    unknown: Floats
    idle: Floats
    words: Floats
    units: Readings

    def terms_of(self, window: int) -> list[int]:
        """Return the numbers of the vocabulary's terms that a window says, in ascending order."""
        return sorted({*chain.from_iterable(self.said[self.first[window] : self.last[window] + 1])})


class Readings:
    """What each unit of an essay says; read when asked for, since most units are near to no key point."""

    def __init__(self, essay: ParsedEssay, units: Sequence[Unit], vocabulary: Vocabulary) -> None:
        self._units, self._content, self._ideas = units, essay.content, vocabulary.ideas
        self._terms = vocabulary.terms_in(essay.words, essay.tokens.numbers)
        self._phrases = vocabulary.phrases_in(self._terms)
        self._starts = [first for first, _, _ in self._phrases]

    def __getitem__(self, number: int) -> Reading:
        """Return the reading of a unit, whose first token is 0."""
        unit = self._units[number]
        terms = self.terms(unit)
        content = compress(enumerate(terms), self._content[unit.first : unit.last])
        ideas = [(at, at + 1, idea) for at, term in enumerate(terms) for idea in self._ideas.get(term, ())]
        phrases = [(a - unit.first, b - unit.first, term) for a, b, term in self.phrases(unit)]
        return [*((at, at + 1, term) for at, term in content), *ideas, *phrases]

    def terms(self, unit: Unit) -> list[str]:
        """Return the terms of a unit's words, in order, as the rubric writes them."""
        return self._terms[unit.first : unit.last]

    def content(self, unit: Unit) -> list[str]:
        """Return the terms of a unit's content words, in order."""
        return list(compress(self.terms(unit), self._content[unit.first : unit.last]))

    def phrases(self, unit: Unit) -> Reading:
        """Return the ideas and phrases of several words in a unit; those across two units say nothing."""
        first, last = bisect_left(self._starts, unit.first), bisect_left(self._starts, unit.last)
        return [phrase for phrase in self._phrases[first:last] if phrase[1] <= unit.last]


def read_windows(essay: ParsedEssay, units: Sequence[Unit], vocabulary: Vocabulary) -> Windows:
    """Read units into windows; no window crosses from one paragraph into the next."""
    readings = Readings(essay, units, vocabulary)
    ids, idea_numbers, talk = vocabulary.ids, vocabulary.idea_numbers, _talk() - vocabulary.often_used
    said, counts = [], []
    for unit, spoken in zip(units, essay.said_in(units), strict=True):
        content = readings.content(unit)
        numbers = [ids[term] for term in content if term in ids]
        for term in filter(idea_numbers.__contains__, readings.terms(unit)):
            numbers += idea_numbers[term]
        numbers += [ids[term] for _, _, term in readings.phrases(unit) if term in ids]
        said.append(numbers)
        idle = sum(map(talk.__contains__, spoken))
        counts.append((len(set(content).difference(ids)), idle, len(content)))
    return _widen(units, said, np.array(counts, dtype=np.float32), readings)


@cache
def _talk() -> frozenset[str]:
    """Terms that talk about an answer rather than its subject."""
    return frozenset(token.term for cue in cues("empty-words") for token in tokenise(cue))


def _widen(
    units: Sequence[Unit], said: Sequence[Sequence[int]], counts: Floats, readings: Readings
) -> Windows:
    """Join neighbouring units of a paragraph into windows of up to three."""
    paragraph = np.array([unit.paragraph for unit in units])
    widths = range(min(MAX_WINDOW, len(units)))
    starts = [np.flatnonzero(paragraph[width:] == paragraph[: len(units) - width]) for width in widths]
    first = np.concatenate(starts)
    last = first + np.repeat(widths, [len(each) for each in starts])
    sums = np.vstack((np.zeros_like(counts[:1]), counts.cumsum(axis=0, dtype=np.float64)))
    total = (sums[last + 1] - sums[first]).astype(np.float32)
    return Windows(first, last, said, total[:, 0], total[:, 1], total[:, 2], readings)
