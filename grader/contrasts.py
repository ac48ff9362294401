"""What tells a key point from the others, the whole of it from a part, and the point from its opposite.

Learnt when a rubric is read, from its own phrasings: for every key point three linear functions of a
passage's TF-IDF vector, fitted by ridge regression (Hoerl and Kennard 1970) in the space of the phrasings,
which are fewer than the terms. A word that stands in every accepted phrasing and in no partial one speaks
for the whole point, however rare or common it is elsewhere; cosines do not see that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from grader.windows import Floats

_PENALTY = 2.0
"""Weight of the squared weights against squared errors; anything from a half to four did alike."""
_TYPICAL, _LEAST_LEVEL = 0.58, 0.1
"""What a function that tells a point comes to for its own phrasings, and the least level scaled up to it."""
_UNDECIDED = 0.15
"""What any passage comes to where a rubric has no examples to tell apart: as little of the opposite as honest
passages have."""
_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Linear functions of unit vectors over a rubric's terms: `weights` (terms x 3 points) and `biases`.

    The first third of the columns tells whether a point is spoken of rather than another, about 1 for its
    phrasings and 0 for those of others; the second whether the whole of it is said (1) or a part (0); the
    last whether its opposite is said (1). A point without partial or contrary phrasings has nothing to be
    told apart by: its function is constant.
    """

    weights: Floats
    biases: Floats

    @classmethod
    def learn(
        cls,
        vectors: Floats,
        points: NDArray[np.intp],
        halves: NDArray[np.bool_],
        opposites: NDArray[np.bool_],
    ) -> Contrasts:
        """Learn from phrasings x terms (rows of length 1).

        `points` is the key point of each phrasing; `halves` and `opposites` mark partial and contrary ones.
        """
        with threadpool_limits(1, user_api="blas"):  # the threads would wait longer than they work
            return cls._solve(vectors.astype(np.float64), points, halves, opposites)

    @classmethod
    def _solve(
        cls,
        rows: _Numbers,
        points: NDArray[np.intp],
        halves: NDArray[np.bool_],
        opposites: NDArray[np.bool_],
    ) -> Contrasts:
        count = int(points.max()) + 1
        spoken = (points[:, None] == np.arange(count)) & ~opposites[:, None]
        solved = [_scaled(rows, spoken, *_ridge(rows, spoken))]
        asked = ((~halves, ~opposites), (opposites, np.ones_like(opposites)))
        for yes, among in asked:
            own = [among & (points == point) for point in range(count)]
            each = [_told_apart(rows[mine], yes[mine]) for mine in own]
            solved.append((np.hstack([w for w, _ in each]), np.concatenate([b for _, b in each])))
        weights = np.hstack([w for w, _ in solved])
        return cls(weights.astype(np.float32), np.concatenate([b for _, b in solved]).astype(np.float32))


def _scaled(
    vectors: _Numbers, own: NDArray[np.bool_], weights: _Numbers, biases: _Numbers
) -> tuple[_Numbers, _Numbers]:
    """Scale each point's function to `_TYPICAL` for its phrasings: where they are few, a ridge lies low."""
    said = vectors @ weights + biases
    level = (said * own).sum(axis=0) / np.maximum(1, own.sum(axis=0))
    factor = _TYPICAL / np.maximum(level, _LEAST_LEVEL)
    return weights * factor, biases * factor


def _told_apart(vectors: _Numbers, yes: NDArray[np.bool_]) -> tuple[_Numbers, _Numbers]:
    """Return weights (terms x 1) and bias that tell yes from no, if there are both."""
    if yes.all() or not yes.any():
        return np.zeros((vectors.shape[1], 1)), np.array([_UNDECIDED])
    return _ridge(vectors, yes[:, None])


def _ridge(vectors: _Numbers, answers: NDArray[np.bool_]) -> tuple[_Numbers, _Numbers]:
    """Return weights (terms x answers) and biases of ridge regressions with free biases."""
    targets = answers.astype(np.float64)
    middle, level = vectors.mean(axis=0), targets.mean(axis=0)
    centred = vectors - middle
    kernel = centred @ centred.T
    kernel[np.diag_indices_from(kernel)] += _PENALTY
    weights = centred.T @ np.linalg.solve(kernel, targets - level)
    return weights, level - middle @ weights
