"""Read an essay into windows: runs of one to three neighbouring units, as sets of a rubric's terms."""

from __future__ import annotations

from collections.abc import Sequence
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
class _Row:
    """One unit: what it says, the numbers of the rubric's terms among it, and its counts."""

    said: Reading
    terms: frozenset[int]
    counts: tuple[int, int, int]


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
    rows = [_read_row(essay.tokens_of(unit), vocabulary) for unit in units]
    local = np.array(sorted(frozenset().union(*(row.terms for row in rows))), dtype=np.intp)
    place = {term: column for column, term in enumerate(local.tolist())}
    said = np.zeros((len(units), len(local)), dtype=np.float32)
    for number, row in enumerate(rows):
        said[number, [place[term] for term in row.terms]] = 1.0
    counts = np.array([row.counts for row in rows], dtype=np.float32)
    return _widen(units, said, local, counts, tuple(row.said for row in rows))


def _read_row(tokens: Sequence[Token], vocabulary: Vocabulary) -> _Row:
    said = vocabulary.read(tokens)
    terms = {term for _, _, term in said}
    known = frozenset(vocabulary.ids[term] for term in terms if term in vocabulary.ids)
    unknown = sum(1 for term in terms if term not in vocabulary.ids and term[0] != "@")
    content = [token for token in tokens if token.content]
    return _Row(said, known, (unknown, sum(token.term in _talk() for token in content), len(content)))


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
