"""Read an essay into windows: runs of one to three neighbouring units, as sets of a rubric's terms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from grader.language.essay import ParsedEssay, Unit
from grader.matching.vocabulary import Vocabulary

MAX_WINDOW = 3
"""Units in the longest window: a point may be spread over three sentences."""

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]


Phrase = tuple[int, int, str]
"""Something said in a run of tokens: first token, token after the last, term."""
Reading = Sequence[Phrase]


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
    """What the units of an essay say, in columns beside its tokens."""

    def __init__(self, essay: ParsedEssay, units: Sequence[Unit], vocabulary: Vocabulary) -> None:
        heard = vocabulary.hear(essay.words, essay.tokens.numbers)
        terms, self._says, self._numbers, self._unknown, idle = zip(*heard, strict=True)
        self._terms, self._idle, self._content = list(terms), bytes(idle), essay.content
        self._units, self._ids = units, vocabulary.ids
        self._phrases = _by_unit(vocabulary.phrases_in(self._terms), units)

    def said(self) -> list[list[int]]:
        """Return for each unit the numbers of the vocabulary's terms that it says, in no order."""
        said = [list(chain.from_iterable(self._numbers[unit.first : unit.last])) for unit in self._units]
        for number, phrases in self._phrases.items():
            said[number] += [self._ids[term] for _, _, term in phrases if term in self._ids]
        return said

    def counts(self) -> list[tuple[int, int, int]]:
        """Count each unit's content words: different ones unknown to the rubric, idle ones, and all."""
        unknown, idle, content = self._unknown, self._idle, self._content
        return [
            (len({*unknown[first:last], ""}) - 1, idle.count(1, first, last), content.count(1, first, last))
            for _, _, first, last, _ in self._units
        ]

    def signs(self, number: int, denied: Sequence[bool]) -> list[tuple[int, tuple[str, bool]]]:
        """Return what a unit says, but fixed phrases: (place, (term, whether it is denied)), in order.

        The first token of the unit has place 0; `denied` runs beside its tokens.
        """
        unit = self._units[number]
        said = enumerate(zip(self._says[unit.first : unit.last], denied, strict=True))
        signs = [(at, (term, no)) for at, (says, no) in said for term in says]
        phrases = [(at - unit.first, term) for at, _, term in self._phrases.get(number, ()) if term[0] != "!"]
        more = {(at, (term, denied[at])) for at, term in phrases}
        return sorted([*signs, *(sign for sign in more if sign not in signs)]) if more else signs

    def terms(self, unit: Unit) -> Sequence[str]:
        """Return the terms of a unit's words, in order, as the rubric writes them."""
        return self._terms[unit.first : unit.last]

    def content(self, unit: Unit) -> list[str]:
        """Return the terms of a unit's content words, in order."""
        return list(compress(self.terms(unit), self._content[unit.first : unit.last]))


def _by_unit(phrases: Iterable[Phrase], units: Sequence[Unit]) -> Mapping[int, list[Phrase]]:
    """Return the phrases of each unit, by its number; those across two units say nothing."""
    within: dict[int, list[Phrase]] = {}
    firsts = [unit.first for unit in units]
    for phrase in phrases:
        number = bisect_right(firsts, phrase[0]) - 1
        if number >= 0 and phrase[1] <= units[number].last:
            within.setdefault(number, []).append(phrase)
    return within


def read_windows(essay: ParsedEssay, units: Sequence[Unit], vocabulary: Vocabulary) -> Windows:
    """Read units into windows; no window crosses from one paragraph into the next."""
    return _widen(Readings(essay, units, vocabulary), [unit.paragraph for unit in units])


def _widen(units: Readings, paragraphs: Sequence[int]) -> Windows:
    """Join neighbouring units of a paragraph into windows of up to three."""
    starts = [
        [
            at
            for at, (begun, ended) in enumerate(zip(paragraphs, paragraphs[width:], strict=False))
            if begun == ended
        ]
        for width in range(MAX_WINDOW)
    ]
    first = np.array([*chain.from_iterable(starts)], dtype=np.intp)
    last = first + np.repeat(np.arange(MAX_WINDOW), [len(each) for each in starts])
    counts = np.fromiter(chain((0, 0, 0), *units.counts()), dtype=np.intp).reshape(-1, 3)
    sums = counts.cumsum(axis=0)
    total = (sums[last + 1] - sums[first]).astype(np.float32)
    return Windows(first, last, units.said(), total[:, 0], total[:, 1], total[:, 2], units)
