"""Compare every passage of an essay with every key point, by content words alone.

TF-IDF over the rubric's phrasings (accepted, partial, contrary) against windows of one to three
units. Binary term weights: saying a word twice says nothing more. Written with numpy, since building
scikit-learn's vectoriser costs more than a whole essay; `tests/unit` holds both to the same cosines.

Refuses to judge: it yields numbers for `verdicts`, and the passages behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.essay import ParsedEssay, Unit
from grader.negation import denied_in
from grader.rubric import KeyPoint, Prompt
from grader.text import fold
from grader.tokens import Token, concept_finder, stem, tokenise
from grader.vocabulary import Vocabulary

ACCEPT, PARTIAL, CONTRARY = range(3)
MAX_WINDOW = 3
"""Units in the longest window: a point may be spread over three sentences."""
_CHUNK = 128
_UNKNOWN_WEIGHT = 2.0
"""Weight in a window's length of a content word that the rubric does not know."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of saying (half, the opposite of) a key point, as read by the vocabulary."""

    point: int
    kind: int
    tokens: tuple[Token, ...]
    denied: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Windows:
    """Runs of units: first and last (inclusive) index, and what each says in the rubric's terms.

    `said` is windows x local terms, 0 or 1; `local` maps its columns to the vocabulary; `unknown`
    counts the content words that the rubric does not know.
    """

    first: np.ndarray
    last: np.ndarray
    said: np.ndarray
    local: np.ndarray
    unknown: np.ndarray


@dataclass(frozen=True, slots=True)
class Similarities:
    """Windows x key points: how near each window is to each point, by measures in [0, 1]."""

    accept: np.ndarray
    covered: np.ndarray
    partial: np.ndarray
    contrary: np.ndarray
    contrary_covered: np.ndarray
    own_words: np.ndarray
    groups: np.ndarray
    groups_loosely: np.ndarray


def read_phrasings(prompt: Prompt) -> list[Phrasing]:
    """Tokenise every phrasing of a rubric, in key-point order, accepted ones first."""
    return [
        _read_phrasing(number, kind, fold(text).text)
        for number, point in enumerate(prompt.key_points)
        for kind, texts in enumerate(((point.text, *point.accept), point.partial, point.contrary))
        for text in texts
    ]


def _read_phrasing(point: int, kind: int, folded: str) -> Phrasing:
    tokens = tokenise(folded)
    return Phrasing(point, kind, tuple(tokens), tuple(denied_in(folded, tokens)))


class RubricIndex:
    """A rubric turned into matrices, once; thread-safe to read."""

    def __init__(self, prompt: Prompt) -> None:
        self.points: tuple[KeyPoint, ...] = prompt.key_points
        self.phrasings = read_phrasings(prompt)
        named = [
            fold(word).text for point in self.points for group in point.essentials for word in group.words
        ]
        self.vocabulary = Vocabulary(
            [p.tokens for p in self.phrasings], tokenise(fold(prompt.question).text), named
        )
        self.weights = self.vocabulary.weights
        self._matrix = self._phrasing_matrix()
        self._starts = {kind: self._columns(kind) for kind in (ACCEPT, PARTIAL, CONTRARY)}
        self._own = self._own_words()
        self._groups, self._loose_groups, self._group_of = self._group_matrices()

    def _phrasing_matrix(self) -> np.ndarray:
        """Terms x phrasings: 1 where a phrasing says a term."""
        matrix = np.zeros((len(self.weights), len(self.phrasings)), dtype=np.float32)
        for column, phrasing in enumerate(self.phrasings):
            for _, _, term in self.vocabulary.read(phrasing.tokens):
                matrix[self.vocabulary.ids[term], column] = 1.0
        return matrix

    def _columns(self, kind: int) -> list[np.ndarray]:
        """Columns of each point's phrasings of one kind."""
        return [
            np.array(
                [c for c, p in enumerate(self.phrasings) if p.point == number and p.kind == kind],
                dtype=np.intp,
            )
            for number in range(len(self.points))
        ]

    def _own_words(self) -> np.ndarray:
        """Terms x points: how much a term tells for a point rather than any other (log odds >= 0)."""
        used = np.zeros((len(self.weights), len(self.points)), dtype=np.float32)
        sizes = np.zeros(len(self.points), dtype=np.float32)
        for number in range(len(self.points)):
            columns = np.concatenate([self._starts[ACCEPT][number], self._starts[PARTIAL][number]])
            used[:, number], sizes[number] = self._matrix[:, columns].sum(axis=1), len(columns)
        others = used.sum(axis=1, keepdims=True) - used
        rate = (used + 0.2) / (sizes + 1.0)
        other_rate = (others + 0.5) / (sizes.sum() - sizes + 2.0)
        odds = np.where(used > 0, np.maximum(np.log(rate / other_rate), 0.0), 0.0)
        odds *= np.minimum(self.weights, 1.0)[:, None]
        typical = np.array(
            [self._typical(odds[:, n], self._starts[ACCEPT][n]) for n in range(len(self.points))]
        )
        return np.asarray(odds / typical, dtype=np.float32)

    def _typical(self, odds: np.ndarray, columns: np.ndarray) -> float:
        return max(float(np.mean(odds @ self._matrix[:, columns])), 1e-3) if len(columns) else 1.0

    def _group_matrices(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Terms x essential groups (exactly, loosely by idea), and the point of each group."""
        groups = [(n, group) for n, point in enumerate(self.points) for group in point.essentials]
        exact = np.zeros((len(self.weights), len(groups)), dtype=np.float32)
        for column, (_, group) in enumerate(groups):
            for word in (fold(word).text for word in group.words):
                exact[self.vocabulary.ids["!" + word if " " in word else stem(word)], column] = 1.0
                for token in tokenise(word):
                    if token.number and token.term in self.vocabulary.ids and " " not in word:
                        exact[self.vocabulary.ids[token.term], column] = 1.0
        loose = exact.copy()
        for column, (_, group) in enumerate(groups):
            for idea in _ideas(group.words):
                if idea in self.vocabulary.ids:
                    loose[self.vocabulary.ids[idea], column] = 1.0
        return exact, loose, np.array([n for n, _ in groups], dtype=np.intp)

    def windows(self, essay: ParsedEssay, units: Sequence[Unit]) -> Windows:
        """Read units into windows of one to three neighbours of one paragraph."""
        rows = [self._row(essay, unit) for unit in units]
        local = np.array(sorted({term for row, _ in rows for term in row}), dtype=np.intp)
        place = {term: i for i, term in enumerate(local.tolist())}
        said = np.zeros((len(units), len(local)), dtype=np.float32)
        for number, (row, _) in enumerate(rows):
            said[number, [place[term] for term in row]] = 1.0
        unknown = np.array([count for _, count in rows], dtype=np.float32)
        return _widen(units, said, local, unknown)

    def _row(self, essay: ParsedEssay, unit: Unit) -> tuple[set[int], int]:
        ids = self.vocabulary.ids
        terms = {term for _, _, term in self.vocabulary.read(essay.tokens_of(unit))}
        known = {ids[term] for term in terms if term in ids}
        return known, sum(1 for term in terms if term not in ids and term[0] != "@")

    def compare(self, windows: Windows) -> Similarities:
        """Measure every window against every key point."""
        weights = self.weights[windows.local]
        phrasings = self._matrix[windows.local]
        squared = (windows.said * weights**2) @ phrasings
        sizes = (self.weights**2) @ self._matrix
        length = np.sqrt((windows.said * weights**2).sum(axis=1) + _UNKNOWN_WEIGHT**2 * windows.unknown)
        cosine = squared / (length[:, None] * np.sqrt(sizes)[None, :] + 1e-6)
        covered = squared / (sizes + 1e-6)
        groups = np.minimum(windows.said @ self._groups[windows.local], 1.0)
        loosely = np.minimum(windows.said @ self._loose_groups[windows.local], 1.0)
        return Similarities(
            accept=self._best(cosine, ACCEPT),
            covered=self._best(covered, ACCEPT),
            partial=self._best(cosine, PARTIAL),
            contrary=self._best(cosine, CONTRARY),
            contrary_covered=self._best(covered, CONTRARY),
            own_words=np.minimum(windows.said @ self._own[windows.local], 2.0),
            groups=self._share_met(groups),
            groups_loosely=self._share_met(loosely),
        )

    def _best(self, values: np.ndarray, kind: int) -> np.ndarray:
        best = np.zeros((values.shape[0], len(self.points)), dtype=np.float32)
        for number, columns in enumerate(self._starts[kind]):
            if len(columns):
                best[:, number] = values[:, columns].max(axis=1)
        return best

    def groups_missing(self, windows: Windows, point: int, row: int) -> tuple[int, ...]:
        """Return the places of a point's essentials that one window does not meet."""
        met = windows.said[row] @ self._groups[windows.local][:, self._group_of == point]
        return tuple(np.flatnonzero(met == 0).tolist())

    def _share_met(self, met: np.ndarray) -> np.ndarray:
        """Share of each point's groups that a window meets; 1 where a point names none."""
        share = np.ones((met.shape[0], len(self.points)), dtype=np.float32)
        for number in range(len(self.points)):
            columns = self._group_of == number
            if columns.any():
                share[:, number] = met[:, columns].mean(axis=1)
        return share


def _ideas(words: Sequence[str]) -> set[str]:
    found = concept_finder()
    return {
        "@" + name for word in words for _, _, name in found.find([t.term for t in tokenise(fold(word).text)])
    }


def _widen(units: Sequence[Unit], said: np.ndarray, local: np.ndarray, unknown: np.ndarray) -> Windows:
    """Join neighbouring units of a paragraph into windows of up to three."""
    paragraphs = np.array([unit.paragraph for unit in units], dtype=np.intp)
    first, last, parts, unknowns = [], [], [], []
    index = np.arange(len(units))
    joined, count = said, unknown
    for width in range(min(MAX_WINDOW, len(units))):
        if width:
            joined = np.maximum(joined[:-1], said[width:])
            count = count[:-1] + unknown[width:]
        kept = paragraphs[: len(units) - width] == paragraphs[width:]
        first.append(index[: len(units) - width][kept])
        last.append(index[width:][kept])
        parts.append(joined[kept])
        unknowns.append(count[kept])
    return Windows(
        np.concatenate(first), np.concatenate(last), np.concatenate(parts), local, np.concatenate(unknowns)
    )
