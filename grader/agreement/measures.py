"""Measures of agreement between two raters, as functions of tables of counts.

A table has a row for each category of the person and a column for each of the machine; all
functions take any number of tables at once, shape (..., k, k), so that a bootstrap costs one call.
Where a measure is undefined (nothing to divide by) it is nan, never a flattering 0 or 1.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
_NO_SPREAD = 1e-12  # variance of marks from 0 to 1 that is rounding error and nothing else


def exact_agreement(table: Floats) -> Floats:
    """Return the share of pairs on the diagonal of a (..., k, k) table of counts, human by machine."""
    return share(np.trace(table, axis1=-2, axis2=-1), table.sum((-2, -1)))


def adjacent_agreement(table: Floats) -> Floats:
    """Return the share of pairs at most one step apart, in a (..., k, k) table of counts."""
    near = np.abs(_distance(table.shape[-1])) <= 1
    return share((table * near).sum((-2, -1)), table.sum((-2, -1)))


def cohen_kappa(table: Floats, *, quadratic: bool = False) -> Floats:
    """Return Cohen's kappa of a (..., k, k) table of counts: 1 - sum(w x) / sum(w e).

    x are the counts, e those expected by chance from the margins, and w is 0 on the diagonal and 1
    elsewhere, or the squared distance for quadratic weights (Cohen, 1960 and 1968). Undefined (nan)
    where chance alone would agree always, as when both raters use one category only.
    """
    distance = _distance(table.shape[-1])
    weight = distance**2 if quadratic else (distance != 0).astype(float)
    n = table.sum((-2, -1))
    chance = table.sum(-1)[..., :, None] * table.sum(-2)[..., None, :]
    expected = share((weight * chance).sum((-2, -1)), n)
    return 1 - share((weight * table).sum((-2, -1)), expected)


def f1(table: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Return F1 of the chosen categories taken as one, in a (..., k, k) table of counts.

    2 tp / (2 tp + fp + fn), where tp are the cases that both put among the chosen.
    """
    both = table[..., chosen, :][..., chosen].sum((-2, -1))
    human = table[..., chosen, :].sum((-2, -1))
    machine = table[..., chosen].sum((-2, -1))
    return share(2 * both, human + machine)


def standardised_mean_difference(moments: Floats) -> Floats:
    """Return (mean machine - mean human) / SD of human marks, from moments n, sum h, sum h^2, sum m.

    The SD has n - 1 below the line, as in RSMTool from version 7.
    """
    n, h, hh, m = (moments[..., i] for i in range(4))
    variance = share(hh - share(h * h, n), n - 1)
    deviation = np.sqrt(np.where(variance > _NO_SPREAD, variance, 0))
    return share((m - h) / np.maximum(n, 1), deviation)


def wilson_interval(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson, 1927)."""
    z = 1.959964
    centre = (successes + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * (successes * (n - successes) / n + z * z / 4) ** 0.5
    return max(0.0, centre - half), min(1.0, centre + half)


def share(part: Floats, whole: Floats) -> Floats:
    """Divide, giving nan where there is nothing to divide by."""
    quotient: Floats = np.full(np.shape(part), np.nan)
    return np.divide(part, whole, out=quotient, where=np.asarray(whole) != 0)


def _distance(k: int) -> Floats:
    steps = np.arange(k, dtype=float)
    return steps[:, None] - steps[None, :]
