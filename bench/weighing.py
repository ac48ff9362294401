"""How much what words taught is worth in essays that a calibration has not seen (`grader.weighing`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from grader.calibration_fit import MarkedPoint
from grader.chances import Chances
from grader.point_view import MEASURES
from grader.report import Verdict
from grader.weighing import Weighing, names_of, signs_of

_PENALTY = 0.3
"""Inverse of the weight of squared weights (on standardised signs) against the log loss."""
_WRONG = 1.3
"""Weight of a contradiction among the examples: to believe an error is worse than to overlook a point."""
_VERDICTS = tuple(Verdict)


class Held(NamedTuple):
    """A marked point, and what a calibration makes of it that has not seen the set of its essay."""

    point: MarkedPoint
    taught: Chances


def fit_weighing(held: Sequence[Held]) -> Weighing:
    """Fit on marked points of many essays; those of an essay stand together."""
    signs = np.array([row for _, essay in groupby(held, _essay) for row in _signs(list(essay))])
    verdicts = np.array([_VERDICTS.index(one.point.human) for one in held])
    mean, scale = signs.mean(axis=0), signs.std(axis=0)
    scale[0], mean[0] = 1.0, 0.0  # what is always there
    weighed = np.where(verdicts == _VERDICTS.index(Verdict.CONTRADICTED), _WRONG, 1.0)
    model = LogisticRegression(C=_PENALTY, max_iter=2000)
    model.fit(((signs - mean) / scale)[:, 1:], verdicts, sample_weight=weighed)
    weights = np.column_stack([model.intercept_, model.coef_]) / scale
    weights[:, 0] -= weights[:, 1:] @ mean[1:]
    rows = zip(names_of(MEASURES), weights.T.round(3).tolist(), strict=True)
    return Weighing(MEASURES, {name: tuple(row) for name, row in rows})


def _signs(essay: Sequence[Held]) -> list[tuple[float, ...]]:
    views = [one.point.view for one in essay]
    own, measures = [view.chances for view in views], [view.similarities for view in views]
    return list(signs_of(own, [one.taught for one in essay], measures, MEASURES))


_essay = attrgetter("point.essay")
