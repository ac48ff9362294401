"""Read an essay into windows: runs of one to three neighbouring units, as sets of a rubric's terms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from grader.essay import ParsedEssay, Unit
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
    """What an essay says, in columns beside its tokens: terms as the rubric writes them, ideas, phrases."""

    def __init__(self, essay: ParsedEssay, vocabulary: Vocabulary) -> None:
        heard = vocabulary.hear(essay.words, essay.tokens.numbers)
        self._content, self._ideas = essay.content, vocabulary.ideas
        terms, self._numbers, self._unknown, idle = zip(*heard, strict=True)
        self._terms = list(terms)
        self._idle, self._ids = bytes(idle), vocabulary.ids
        self._phrases = vocabulary.phrases_in(self._terms)
        self._starts = [first for first, _, _ in self._phrases]

    def said_in(self, unit: Unit) -> list[int]:
        """Return the numbers of the vocabulary's terms that a unit says, in no order."""
        phrases = [self._ids[term] for _, _, term in self.phrases(unit) if term in self._ids]
        return [*chain.from_iterable(self._numbers[unit.first : unit.last]), *phrases]

    def counts_in(self, unit: Unit) -> tuple[int, int, int]:
        """Count the content words of a unit: different ones unknown to the rubric, idle ones, and all."""
        first, last = unit.first, unit.last
        unknown = {*self._unknown[first:last], ""}
        return len(unknown) - 1, self._idle.count(1, first, last), self._content.count(1, first, last)

    def signs(self, unit: Unit) -> list[tuple[int, str]]:
        """Return the terms and ideas of a unit, each with its place, whose first is 0, in order."""
        terms, ideas = self.terms(unit), self._ideas
        found = set(compress(enumerate(terms), self._content[unit.first : unit.last]))
        found.update([(at, idea) for at, term in enumerate(terms) if term in ideas for idea in ideas[term]])
        found.update([(at - unit.first, term) for at, _, term in self.phrases(unit) if term[0] != "!"])
        return sorted(found)

    def terms(self, unit: Unit) -> Sequence[str]:
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
    readings = Readings(essay, vocabulary)
    counts = np.array([readings.counts_in(unit) for unit in units], dtype=np.float32)
    return _widen(units, [readings.said_in(unit) for unit in units], counts, readings)


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
