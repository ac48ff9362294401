"""Fit a calibration to marked passages: multinomial ridge regression with the scorer as its prior.

The scorer's own log-chances are a fixed offset, so that no data, or data that tell nothing, leave it as
it is; every mark moves the weights away from nought as far as it must. How far they may move at all is
set on held-out essays by log-loss: not at all where the scorer is best left alone. Solved with L-BFGS in
the space that the rows span, which is small. N-grams count only when two essays use them: a single
student's words are never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.agreement.measures import cohen_kappa, exact_agreement
from grader.calibration import Calibration, PointView, is_gram, read_values
from grader.calibration.chances import Chances, log_chances, softmax
from grader.report import Verdict

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Column: TypeAlias = tuple[str, str]
"""A key point's id ("" for shared weights) and the name of a term."""

FOLDS, INNER_FOLDS = 5, 3
"""Folds that judge a fit, and folds within each that set its strength."""
STRENGTHS = (0.0, 0.15, 0.3, 0.6, 1.0)
"""How far weights may move, as a share of their prior spread; 0 leaves the scorer as it is."""
_ITERATIONS = 200
_MIN_ESSAYS = 2  # essays that must use an n-gram before a weight may hang on it
_NEGLIGIBLE = 0.004  # largest move of log odds that is dropped: a thousandth of a chance at most
_USUAL_GRAMS = 100  # runs that a passage uses, about: one of them moves a tenth of its weight
_MAX_ROTATED = 2000  # rows from which on the sparse matrix is the smaller space
_VERDICTS = tuple(Verdict)


class Spread(NamedTuple):
    """Prior spread (standard deviation, in log odds) of weights: of measures, then of runs of words.

    Some are shared by all key points, some a point's own; nothing is fitted where the spread is 0.
    """

    shared: float
    own: float
    shared_grams: float
    own_grams: float


IN_ESSAYS = Spread(shared=0.2, own=0.7, shared_grams=0.0, own_grams=7.0)
"""What words tell is about one key point alone; chosen on marked essays (docs/learning.md)."""


@dataclass(frozen=True, slots=True)
class MarkedPoint:
    """One key point in one essay: what the scorer made of it, its verdict, and a person's.

    `essay` names the essay, or its writer where redrafts have to stay together.
    """

    essay: str
    view: PointView
    machine: Verdict
    human: Verdict


def fit_weights(
    rows: Sequence[MarkedPoint], *, structure_hash: str, seed: int, spread: Spread = IN_ESSAYS
) -> Calibration:
    """Fit a calibration to marked points of one rubric; the same rows and seed give the same weights.

    Raises:
        ValueError: there are no rows.
    """
    design = Design(rows, spread)
    everything = np.arange(len(rows))
    strength = design.best_strength(everything, np.random.default_rng(seed))
    return design.calibration(design.solve(everything, strength), structure_hash)


def chances_held_out(rows: Sequence[MarkedPoint], *, seed: int, spread: Spread = IN_ESSAYS) -> list[Chances]:
    """Return for each row the chances by a calibration that saw nothing of that row's essay.

    Every fold sets its strength on its own training part, so that no choice sees what it is judged by.
    """
    design = Design(rows, spread)
    random = np.random.default_rng(seed)
    chances = [row.view.chances for row in rows]
    for train, test in design.folds(np.arange(len(rows)), random):
        weights = design.solve(train, design.best_strength(train, random))
        for row, odds in zip(test.tolist(), design.log_odds(test, weights).tolist(), strict=True):
            chances[row] = softmax(odds)
    return chances


def agreement(human: Sequence[Verdict], machine: Sequence[Verdict]) -> float:
    """Return Cohen's kappa of the verdicts; the share of equal ones where kappa is undefined."""
    table = np.zeros((len(_VERDICTS), len(_VERDICTS)))
    np.add.at(table, ([_VERDICTS.index(v) for v in human], [_VERDICTS.index(v) for v in machine]), 1.0)
    kappa = float(cohen_kappa(table))
    return float(exact_agreement(table)) if np.isnan(kappa) else kappa


class Design:
    """Marked points as numbers: a column for each shared term and each of a point's own."""

    def __init__(self, rows: Sequence[MarkedPoint], spread: Spread = IN_ESSAYS) -> None:
        if not rows:
            raise ValueError("nothing to fit on: give at least one marked essay")
        self.rows = rows
        self._spread = spread
        self.columns, self._matrix = _matrix(rows, spread)
        self._space, self._back = _span(self._matrix)
        self._offset = np.array([log_chances(row.view.chances) for row in rows])
        self._human = np.array([_VERDICTS.index(row.human) for row in rows])
        self._essays = np.unique([row.essay for row in rows], return_inverse=True)[1]

    def solve(self, rows: Rows, strength: float) -> Floats:
        """Return dimensions x verdicts: what some rows call for, moving by `strength` at most."""
        from scipy.optimize import minimize

        values, offset = self._space[rows] * strength, self._offset[rows]
        target = np.eye(len(_VERDICTS))[self._human[rows]]
        start = np.zeros(values.shape[1] * len(_VERDICTS))
        if not strength:
            return start.reshape(-1, len(_VERDICTS))

        def loss(flat: Floats) -> tuple[float, Floats]:
            weights = flat.reshape(-1, len(_VERDICTS))
            chances, log_chance = _softmax(offset + values @ weights)
            slope = values.T @ (chances - target) + weights
            return 0.5 * float(flat @ flat) - float((log_chance * target).sum()), slope.ravel()

        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
        return np.asarray(found.x).reshape(-1, len(_VERDICTS)) * strength

    def log_odds(self, rows: Rows, weights: Floats) -> Floats:
        """Return rows x verdicts: the scorer's log-chances plus what the weights add."""
        return np.asarray(self._offset[rows] + self._space[rows] @ weights)

    def folds(
        self, rows: Rows, random: np.random.Generator, count: int = FOLDS
    ) -> Iterator[tuple[Rows, Rows]]:
        """Yield (training rows, held-out rows); rows of one essay stay together."""
        essays = random.permutation(np.unique(self._essays[rows]))
        for held in np.array_split(essays, min(count, len(essays))):
            out = np.isin(self._essays[rows], held)
            if len(essays) > 1:
                yield rows[~out], rows[out]

    def best_strength(self, rows: Rows, random: np.random.Generator) -> float:
        """Return the strength with the least log-loss on held-out essays, the weaker where they are level."""
        folds = list(self.folds(rows, random, INNER_FOLDS))
        losses = {
            strength: sum(self._loss(out, self.solve(train, strength)) for train, out in folds)
            for strength in STRENGTHS
        }
        return min(STRENGTHS, key=lambda strength: (losses[strength], strength))

    def _loss(self, rows: Rows, weights: Floats) -> float:
        log_chance = _softmax(self.log_odds(rows, weights))[1]
        return -float(log_chance[np.arange(len(rows)), self._human[rows]].sum())

    def calibration(self, weights: Floats, structure_hash: str) -> Calibration:
        """Return weights by name, without those that tell nothing."""
        shared: dict[str, tuple[float, ...]] = {}
        own: dict[str, dict[str, tuple[float, ...]]] = defaultdict(dict)
        named = weights if self._back is None else self._matrix.T @ (self._back @ weights)
        scales = np.array([_scale(column, self._spread) for column in self.columns])
        for (key, name), row in zip(self.columns, (named * scales[:, None]).round(3).tolist(), strict=True):
            if max(map(abs, row)) * (_USUAL_GRAMS**-0.5 if is_gram(name) else 1.0) > _NEGLIGIBLE:
                (own[key] if key else shared)[name] = tuple(row)
        return Calibration(structure_hash, tuple(self.rows[0].view.similarities), shared, dict(own))


def _softmax(log_odds: Floats) -> tuple[Floats, Floats]:
    """Return chances and their logarithms, by rows."""
    shifted = log_odds - log_odds.max(axis=1, keepdims=True)
    log_chance = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.exp(log_chance), log_chance


def _span(matrix: csr_matrix) -> tuple[Any, Floats | None]:
    """Return rows x dimensions in the space that the rows span, and what leads back to the columns.

    Distances and lengths are those of the columns, so ridge regression comes to the same (Hastie and
    Tibshirani, Efficient quadratic regularization for expression arrays, 2004), on fewer dimensions.
    """
    if matrix.shape[0] > min(_MAX_ROTATED, matrix.shape[1]):
        return matrix, None
    values, vectors = np.linalg.eigh((matrix @ matrix.T).toarray())
    kept = values > 1e-9 * values.max()
    root = np.sqrt(values[kept])
    return vectors[:, kept] * root, vectors[:, kept] / root


def _matrix(rows: Sequence[MarkedPoint], spread: Spread) -> tuple[list[Column], csr_matrix]:
    """Return the columns that enough essays use, and rows x columns of scaled values."""
    from scipy.sparse import csr_matrix

    entries = [
        (number, column, value)
        for number, row in enumerate(rows)
        for column, value in _entries(row.view, spread)
    ]
    used_by: dict[Column, set[str]] = defaultdict(set)
    for number, column, _ in entries:
        used_by[column].add(rows[number].essay)
    columns = sorted(c for c, essays in used_by.items() if len(essays) >= _MIN_ESSAYS or not is_gram(c[1]))
    place = {column: number for number, column in enumerate(columns)}
    kept = [(number, place[column], value) for number, column, value in entries if column in place]
    at, to, values = zip(*kept, strict=True)
    return columns, csr_matrix((values, (at, to)), shape=(len(rows), len(columns)))


def _entries(view: PointView, spread: Spread) -> Iterator[tuple[Column, float]]:
    for name, value in read_values(view):
        for column in (("", name), (view.key, name)):
            scale = _scale(column, spread)
            if scale:
                yield column, value * scale


def _scale(column: Column, spread: Spread) -> float:
    key, name = column
    if is_gram(name):
        return spread.own_grams if key else spread.shared_grams
    return spread.own if key else spread.shared
