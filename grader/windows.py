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
    """Windows of an essay, one a row; longer ones come after shorter ones.

    `first` and `last` (inclusive) are indices of units. `said` is windows x local terms, 0 or 1;
    `local` maps its columns to the vocabulary. Counts of content words: `unknown` to the rubric,
    `idle` ones that talk about the answer rather than the subject ("an important factor"), and all. `units`
    holds what each single unit says.
    """

    first: Indices
    last: Indices
    said: Floats
    local: Indices
    unknown: Floats
    idle: Floats
    words: Floats
    units: tuple[Reading, ...]


def read_windows(essay: ParsedEssay, units: Sequence[Unit], vocabulary: Vocabulary) -> Windows:
    """Read units into windows; no window crosses from one paragraph into the next."""
    terms = vocabulary.terms_of(essay.tokens)
    readings = tuple(_readings(essay, units, terms, vocabulary.phrases_in(terms)))
    rows = [{term for _, _, term in reading} for reading in readings]
    ids = vocabulary.ids
    known = [[ids[term] for term in row if term in ids] for row in rows]
    local = np.array(sorted({number for row in known for number in row}), dtype=np.intp)
    said = np.zeros((len(units), len(vocabulary.ids)), dtype=np.float32)
    for place, numbers in enumerate(known):
        said[place, numbers] = 1.0
    counts = [_count(essay.tokens_of(unit), row, ids) for unit, row in zip(units, rows, strict=True)]
    return _widen(units, said[:, local], local, np.array(counts, dtype=np.float32), readings)


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
    units: Sequence[Unit], said: Floats, local: Indices, counts: Floats, readings: tuple[Reading, ...]
) -> Windows:
    """Join neighbouring units of a paragraph into windows of up to three."""
    paragraphs = np.array([unit.paragraph for unit in units], dtype=np.intp)
    index = np.arange(len(units))
    parts: list[tuple[Indices, Indices, Floats, Floats]] = []
    joined, total = said, counts
    for width in range(min(MAX_WINDOW, len(units))):
        if width:
            joined = np.maximum(joined[:-1], said[width:])
            total = total[:-1] + counts[width:]
        kept = paragraphs[: len(units) - width] == paragraphs[width:]
        parts.append((index[: len(units) - width][kept], index[width:][kept], joined[kept], total[kept]))
    first, last, saying, sums = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Windows(first, last, saying, local, sums[:, 0], sums[:, 1], sums[:, 2], readings)
