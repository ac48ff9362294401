"""The words that a key point cannot do without: which of its groups a passage meets.

A group is met by any of its words; more loosely by another word for the same idea; and by the
question itself, since an answer need not say again what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from grader.language.ideas import idea_finder
from grader.language.tokens import Token, tokenise
from grader.language.word_forms import stem
from grader.matching.vocabulary import Vocabulary
from grader.matching.windows import Floats, Indices, Windows
from grader.rubric import KeyPoint
from grader.text import fold


class Essentials:
    """All essential groups of a rubric as matrices over its vocabulary."""

    def __init__(self, points: Sequence[KeyPoint], vocabulary: Vocabulary, question: Sequence[Token]) -> None:
        groups = [(number, group.words) for number, point in enumerate(points) for group in point.essentials]
        self._point_of: Indices = np.array([number for number, _ in groups], dtype=np.intp)
        self._averages = np.zeros((len(groups), len(points)), dtype=np.float32)
        for column, (number, _) in enumerate(groups):
            self._averages[column, number] = 1.0 / len(points[number].essentials)
        self._without = np.array([not point.essentials for point in points], dtype=np.float32)
        self._exact = np.zeros((len(vocabulary.ids), len(groups)), dtype=np.float32)
        self._loose = np.zeros_like(self._exact)
        for column, (_, words) in enumerate(groups):
            for word in words:
                _, exact, ideas = read_word(word)
                _mark(self._exact, column, exact, vocabulary)
                _mark(self._loose, column, ideas, vocabulary)
        self._loose = np.maximum(self._loose, self._exact)
        asked = [vocabulary.ids[term] for _, _, term in vocabulary.read(question) if term in vocabulary.ids]
        implied = self._exact[asked].max(axis=0, initial=0.0)
        self._needed = [self._unasked(implied, number) for number in range(len(points))]

    def _unasked(self, implied: Floats, point: int) -> list[frozenset[int] | None]:
        """Return for each group of a point the terms that meet it; None where the question does."""
        return [
            None if implied[column] else frozenset(np.flatnonzero(self._exact[:, column]).tolist())
            for column in np.flatnonzero(self._point_of == point)
        ]

    @property
    def matrix(self) -> Floats:
        """Terms x groups, twice: groups met by a term itself, then those met more loosely."""
        return np.hstack((self._exact, self._loose))

    def shares(self, hits: Floats) -> tuple[Floats, Floats]:
        """Return the shares (0 to 1) of each point's groups that windows meet, to the word and loosely.

        `hits` are windows x groups, counted with `matrix`; the shares are windows x points.
        """
        met, half = np.minimum(hits, 1.0), hits.shape[1] // 2
        return self._share(met[:, :half]), self._share(met[:, half:])

    def missing(self, windows: Windows, point: int, row: int) -> tuple[int, ...]:
        """Return the places of a point's groups that neither a window nor the question meets."""
        said = windows.said[windows.first[row] : windows.last[row] + 1] if self._needed[point] else ()
        return tuple(
            [
                at
                for at, group in enumerate(self._needed[point])
                if group is not None and all(map(group.isdisjoint, said))
            ]
        )

    def _share(self, hits: Floats) -> Floats:
        return np.asarray(hits @ self._averages + self._without, dtype=np.float32)


def _mark(matrix: Floats, column: int, terms: Sequence[str], vocabulary: Vocabulary) -> None:
    for term in terms:
        row = vocabulary.ids.get(term)
        if row is not None:
            matrix[row, column] = 1.0


class Word(NamedTuple):
    """A word or phrase of an essential: folded, its terms as the vocabulary knows them, and its ideas."""

    folded: str
    exact: tuple[str, ...]
    ideas: tuple[str, ...]


@lru_cache(maxsize=20_000)
def read_word(word: str) -> Word:
    """Read one word or phrase of an essential; questions of one unit share most of theirs."""
    folded = fold(word).text
    tokens = tokenise(folded)
    ideas = tuple([idea for _, _, idea in idea_finder().find(tokens.terms)])
    if " " in folded:
        return Word(folded, (f"!{folded}",), ideas)
    return Word(folded, (stem(folded), *(token.term for token in tokens if token.number)), ideas)
