"""Fit a calibration to marked passages: multinomial ridge regression with the scorer as its prior.

The scorer's own log-chances are a fixed offset, so that no data, or data that tell nothing, leave it
as it is; every mark moves the weights away from nought as far as it must. Solved with L-BFGS. N-grams
count only when two essays use them: a single student's words are never stored. How readily to credit
is set on held-out essays, since thresholds fail before rankings do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.calibration import Calibration, PointView, decide, lean, log_chances, read_terms, softmax
from grader.measures import cohen_kappa, exact_agreement
from grader.report import Verdict

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats: TypeAlias = NDArray[np.float64]
Column: TypeAlias = tuple[str, str]
"""A key point's id ("" for shared weights) and the name of a term."""

FOLDS = 5
LEANS = (-0.9, -0.6, -0.3, 0.0, 0.3, 0.6, 0.9)
_ITERATIONS = 200
_MIN_ESSAYS = 2  # essays that must use an n-gram before a weight may hang on it
_NEGLIGIBLE = 0.004  # largest weight that may be dropped: none moves a chance by more than a thousandth
_VERDICTS = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class MarkedPoint:
    """One key point in one essay: what the scorer made of it, its verdict, and a person's."""

    essay: str
    view: PointView
    machine: Verdict
    human: Verdict


def fit_weights(rows: Sequence[MarkedPoint], *, structure_hash: str, seed: int) -> Calibration:
    """Fit a calibration to marked points of one rubric; the same rows and seed give the same weights.

    Raises:
        ValueError: there are no rows.
    """
    design = Design(rows)
    everything = np.arange(len(rows))
    return design.calibration(
        design.solve(everything), structure_hash, design.best_lean(everything, np.random.default_rng(seed))
    )


def judge_held_out(rows: Sequence[MarkedPoint], *, seed: int) -> list[Verdict]:
    """Return for each row the verdict of a calibration that saw nothing of that row's essay.

    Every fold sets its own `lean` on its own training part, so that no choice sees what it is judged by.
    """
    design = Design(rows)
    random = np.random.default_rng(seed)
    verdicts = [row.machine for row in rows]
    for train, test in design.folds(np.arange(len(rows)), random):
        log_odds = design.log_odds(test, design.solve(train))
        by = design.best_lean(train, random)
        for row, odds in zip(test.tolist(), log_odds, strict=True):
            verdicts[row] = decide(softmax(lean(odds.tolist(), by)))
    return verdicts


def agreement(human: Sequence[Verdict], machine: Sequence[Verdict]) -> float:
    """Return Cohen's kappa of the verdicts; the share of equal ones where kappa is undefined."""
    table = np.zeros((len(_VERDICTS), len(_VERDICTS)))
    np.add.at(table, ([_VERDICTS.index(v) for v in human], [_VERDICTS.index(v) for v in machine]), 1.0)
    kappa = float(cohen_kappa(table))
    return float(exact_agreement(table)) if np.isnan(kappa) else kappa


class Design:
    """Marked points as a sparse matrix: a column for each shared term and each of a point's own."""

    def __init__(self, rows: Sequence[MarkedPoint]) -> None:
        if not rows:
            raise ValueError("nothing to fit on: give at least one marked essay")
        self.rows = rows
        self.columns, self.matrix = _matrix(rows)
        self.offset = np.array([log_chances(row.view.chances) for row in rows])
        self.human = np.array([_VERDICTS.index(row.human) for row in rows])
        self.essays = np.unique([row.essay for row in rows], return_inverse=True)[1]

    def solve(self, rows: NDArray[np.intp]) -> Floats:
        """Return columns x verdicts: the weights that some rows call for."""
        from scipy.optimize import minimize

        matrix, offset = self.matrix[rows], self.offset[rows]
        target = np.eye(len(_VERDICTS))[self.human[rows]]
        transposed = matrix.T.tocsr()

        def loss(flat: Floats) -> tuple[float, Floats]:
            weights = flat.reshape(-1, len(_VERDICTS))
            log_odds = offset + matrix @ weights
            log_odds -= log_odds.max(axis=1, keepdims=True)
            log_total = np.log(np.exp(log_odds).sum(axis=1))
            surprise = float((log_total - (log_odds * target).sum(axis=1)).sum())
            slope = transposed @ (np.exp(log_odds - log_total[:, None]) - target) + weights
            return surprise + 0.5 * float(flat @ flat), slope.ravel()

        start = np.zeros(matrix.shape[1] * len(_VERDICTS))
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
        return np.asarray(found.x).reshape(-1, len(_VERDICTS))

    def log_odds(self, rows: NDArray[np.intp], weights: Floats) -> Floats:
        """Return rows x verdicts: the scorer's log-chances plus what the weights add."""
        return np.asarray(self.offset[rows] + self.matrix[rows] @ weights)

    def folds(
        self, rows: NDArray[np.intp], random: np.random.Generator
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """Yield (training rows, held-out rows); rows of one essay stay together."""
        essays = random.permutation(np.unique(self.essays[rows]))
        for held in np.array_split(essays, min(FOLDS, len(essays))):
            out = np.isin(self.essays[rows], held)
            if len(essays) > 1:
                yield rows[~out], rows[out]

    def best_lean(self, rows: NDArray[np.intp], random: np.random.Generator) -> float:
        """Return how readily to credit: what agrees best on held-out essays, near 0 where in doubt."""
        tried = [(out, self.log_odds(out, self.solve(train))) for train, out in self.folds(rows, random)]
        if not tried:
            return 0.0
        order = np.concatenate([out for out, _ in tried])
        log_odds = np.vstack([odds for _, odds in tried]).tolist()
        human = [_VERDICTS[i] for i in self.human[order]]
        figures = [agreement(human, [decide(softmax(lean(odds, by))) for odds in log_odds]) for by in LEANS]
        smooth = np.convolve(np.pad(figures, 1, mode="edge"), (0.25, 0.5, 0.25), mode="valid")
        return max(zip(smooth.tolist(), LEANS, strict=True), key=lambda pair: (round(pair[0], 3), -abs(pair[1])))[1]

    def calibration(self, weights: Floats, structure_hash: str, by: float) -> Calibration:
        """Return weights by name, without those that tell nothing."""
        shared: dict[str, tuple[float, ...]] = {}
        own: dict[str, dict[str, tuple[float, ...]]] = defaultdict(dict)
        for (key, name), row in zip(self.columns, weights.round(4).tolist(), strict=True):
            if max(map(abs, row)) > _NEGLIGIBLE:
                (own[key] if key else shared)[name] = tuple(row)
        return Calibration(structure_hash, len(self.rows[0].view.similarities), shared, dict(own), by)


def _matrix(rows: Sequence[MarkedPoint]) -> tuple[list[Column], csr_matrix]:
    """Return the columns that enough essays use, and rows x columns of scaled values."""
    from scipy.sparse import csr_matrix

    entries = [(number, column, value) for number, row in enumerate(rows) for column, value in _entries(row.view)]
    used_by: dict[Column, set[str]] = defaultdict(set)
    for number, column, _ in entries:
        used_by[column].add(rows[number].essay)
    columns = sorted(c for c, essays in used_by.items() if len(essays) >= _MIN_ESSAYS or ":" not in c[1])
    place = {column: number for number, column in enumerate(columns)}
    kept = [(number, place[column], value) for number, column, value in entries if column in place]
    at, to, values = zip(*kept, strict=True)
    return columns, csr_matrix((values, (at, to)), shape=(len(rows), len(columns)))


def _entries(view: PointView) -> Iterator[tuple[Column, float]]:
    for name, value, shared_scale, own_scale in read_terms(view):
        yield ("", name), value * shared_scale
        yield (view.key, name), value * own_scale
