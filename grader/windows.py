"""Read an essay into windows: runs of one to three neighbouring units, as sets of a rubric's terms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from grader.essay import ParsedEssay, Unit
from grader.lexicon import cues
from grader.tokens import Token, tokenise
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

    `first` and `last` (inclusive) are indices of units. `terms` are the numbers of the vocabulary's
    terms that each window says, in ascending order. Counts of content words: `unknown` to the rubric,
    `idle` ones that talk about the answer rather than the subject ("an important factor"), and all.
    `units` holds what each single unit says.
    """

    first: Indices
    last: Indices
    terms: tuple[Sequence[int], ...]
    unknown: Floats
    idle: Floats
    words: Floats
    units: tuple[Reading, ...]


def read_windows(essay: ParsedEssay, units: Sequence[Unit], vocabulary: Vocabulary) -> Windows:
    """Read units into windows; no window crosses from one paragraph into the next."""
    terms = vocabulary.terms_of(essay.tokens)
    readings = tuple(_readings(essay, units, terms, vocabulary.phrases_in(terms)))
    said = [{term for _, _, term in reading} for reading in readings]
    ids = vocabulary.ids
    known = [frozenset([ids[term] for term in row if term in ids]) for row in said]
    counts = [_count(essay.tokens_of(unit), row, ids) for unit, row in zip(units, said, strict=True)]
    return _widen(units, known, np.array(counts, dtype=np.float32), readings)


def _readings(
    essay: ParsedEssay, units: Sequence[Unit], terms: Sequence[str], phrases: Reading
) -> Iterator[list[tuple[int, int, str]]]:
    """Yield what each unit says, its first token being 0; phrases across two units say nothing."""
    starts = [first for first, _, _ in phrases]
    for unit in units:
        first, last = unit.first, unit.last
        content = enumerate(token.content for token in essay.tokens[first:last])
        reading = [(at, at + 1, terms[first + at]) for at, tells in content if tells]
        near = phrases[bisect_left(starts, first) : bisect_left(starts, last)]
        yield reading + [(a - first, b - first, term) for a, b, term in near if b <= last]


def _count(tokens: Sequence[Token], said: Set[str], ids: Mapping[str, int]) -> tuple[int, int, int]:
    """Count terms that the rubric does not know, words about the answer, and content words."""
    talk = _talk()
    unknown = sum([term not in ids and term[0] != "@" for term in said])
    content = [token.term for token in tokens if token.content]
    return unknown, sum([term in talk for term in content]), len(content)


@cache
def _talk() -> frozenset[str]:
    """Terms that talk about an answer rather than its subject."""
    return frozenset(token.term for cue in cues("empty-words") for token in tokenise(cue))


def _widen(
    units: Sequence[Unit],
    known: Sequence[frozenset[int]],
    counts: Floats,
    readings: tuple[Reading, ...],
) -> Windows:
    """Join neighbouring units of a paragraph into windows of up to three."""
    rows = [
        (first, first + width)
        for width in range(MAX_WINDOW)
        for first in range(len(units) - width)
        if units[first].paragraph == units[first + width].paragraph
    ]
    terms = tuple([sorted(known[a] if a == b else frozenset().union(*known[a : b + 1])) for a, b in rows])
    first, last = np.array(rows, dtype=np.intp).T
    sums = np.vstack((np.zeros_like(counts[:1]), counts.cumsum(axis=0, dtype=np.float64)))
    total = (sums[last + 1] - sums[first]).astype(np.float32)
    return Windows(first, last, terms, total[:, 0], total[:, 1], total[:, 2], readings)
