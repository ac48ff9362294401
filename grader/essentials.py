"""The words that a key point cannot do without: which of its groups a passage meets.

A group is met by any of its words; more loosely by another word for the same idea; and by the
question itself, since an answer need not say again what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.rubric import KeyPoint
from grader.text import fold
from grader.tokens import Token, concept_finder, stem, tokenise
from grader.vocabulary import Vocabulary
from grader.windows import Floats, Indices, Windows


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
            _mark(self._exact, column, (term for word in words for term in _terms(word)), vocabulary)
            _mark(self._loose, column, (idea for word in words for idea in _ideas(word)), vocabulary)
        self._loose = np.maximum(self._loose, self._exact)
        asked = [vocabulary.ids[term] for _, _, term in vocabulary.read(question) if term in vocabulary.ids]
        self._implied: Floats = self._exact[asked].max(axis=0, initial=0.0)

    def met(self, windows: Windows) -> Floats:
        """Return the share (0 to 1) of each point's groups that each window meets: windows x points."""
        return self._share(self._hits(windows, self._exact))

    def met_loosely(self, windows: Windows) -> Floats:
        """Return the same, with other words for the ideas of a group counted in."""
        return self._share(self._hits(windows, self._loose))

    def missing(self, windows: Windows, point: int, row: int) -> tuple[int, ...]:
        """Return the places of a point's groups that neither a window nor the question meets."""
        own = self._point_of == point
        hits = windows.said[row] @ self._exact[windows.local][:, own] + self._implied[own]
        return tuple(np.flatnonzero(hits == 0).tolist())

    @staticmethod
    def _hits(windows: Windows, matrix: Floats) -> Floats:
        return np.asarray(np.minimum(windows.said @ matrix[windows.local], 1.0))

    def _share(self, hits: Floats) -> Floats:
        return np.asarray(hits @ self._averages + self._without, dtype=np.float32)


def _mark(matrix: Floats, column: int, terms: Iterator[str], vocabulary: Vocabulary) -> None:
    rows = [vocabulary.ids[term] for term in terms if term in vocabulary.ids]
    matrix[rows, column] = 1.0


def _terms(word: str) -> Iterator[str]:
    """Yield the terms of one word or phrase as the vocabulary knows it."""
    folded = fold(word).text
    if " " in folded:
        yield f"!{folded}"
        return
    yield stem(folded)
    yield from (token.term for token in tokenise(folded) if token.number)


def _ideas(word: str) -> Iterator[str]:
    terms = [token.term for token in tokenise(fold(word).text)]
    yield from (idea for _, _, idea in concept_finder().find(terms))
