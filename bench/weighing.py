"""What words taught is worth in essays that a calibration has not seen (`grader.calibration.weighing`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from grader.calibration.chances import Chances
from grader.calibration.fitting import MarkedPoint
from grader.calibration.point_view import MEASURES
from grader.calibration.weighing import OTHERS_HIT, Weighing, names_of, signs_of
from grader.report import Verdict

_PENALTY = 1.7
"""Weight of half the squared weights (on standardised signs) against the log loss."""
_WRONG = 1.3
"""Weight of a contradiction among the examples: to believe an error is worse than to overlook a point."""
_VERDICTS = tuple(Verdict)
_CONTRADICTED, _MISS = range(len(_VERDICTS))[2:]


class Held(NamedTuple):
    """A marked point, and what a calibration makes of it that has not seen the set of its essay."""

    point: MarkedPoint
    taught: Chances


def fit_weighing(held: Sequence[Held]) -> Weighing:
    """Fit on marked points of many essays; those of an essay stand together.

    Points that are made elsewhere speak for hits most, then for halves, then for contradictions: so whoever
    makes one more never loses another by it.
    """
    names = names_of(MEASURES)
    signs = np.array([row for _, essay in groupby(held, _essay) for row in _signs(list(essay))])
    verdicts = np.array([_VERDICTS.index(one.point.human) for one in held])
    mean, scale = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    scale[0], mean[0] = 1.0, 0.0  # what is always there
    weights = _solve((signs - mean) / scale, verdicts, names.index(OTHERS_HIT)) / scale[:, None]
    weights[0] -= mean[1:] @ weights[1:]
    rows = zip(names, weights.round(3).tolist(), strict=True)
    return Weighing(MEASURES, {name: tuple(row) for name, row in rows})


def _solve(values: NDArray[np.float64], verdicts: NDArray[np.intp], others: int) -> NDArray[np.float64]:
    """Return signs x verdicts: multinomial ridge regression with one row of weights kept in order."""
    shape = (values.shape[1], len(_VERDICTS))
    target = np.eye(len(_VERDICTS))[verdicts]
    worth = np.where(verdicts == _CONTRADICTED, _WRONG, 1.0)[:, None]

    def loss(free: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = _ordered(free.reshape(shape), others)
        odds = values @ weights
        odds -= odds.max(axis=1, keepdims=True)
        log_chances = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
        held = weights.copy()
        held[0] = 0.0
        slope = values.T @ (worth * (np.exp(log_chances) - target)) + _PENALTY * held
        slope[others] = (*np.cumsum(slope[others, :_MISS]), 0.0)
        value = 0.5 * _PENALTY * float((held**2).sum()) - float((worth * log_chances * target).sum())
        return value, slope.ravel()

    least = np.full(shape, -np.inf)
    least[others] = 0.0
    bounds = [(low, np.inf) for low in least.ravel()]
    options = {"maxiter": 2000}
    found = minimize(loss, np.zeros(least.size), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return _ordered(found.x.reshape(shape), others)


def _ordered(free: NDArray[np.float64], others: int) -> NDArray[np.float64]:
    """Return weights of which those of a row fall from hit to contradicted, and then are nought."""
    weights = free.copy()
    weights[others] = (*np.cumsum(free[others, :_MISS][::-1])[::-1], 0.0)
    return weights


def _signs(essay: Sequence[Held]) -> list[tuple[float, ...]]:
    views = [one.point.view for one in essay]
    own, measures = [view.chances for view in views], [view.similarities for view in views]
    return list(signs_of(own, [one.taught for one in essay], measures, MEASURES))


_essay = attrgetter("point.essay")
