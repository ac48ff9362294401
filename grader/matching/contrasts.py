"""What tells a key point from the others, the whole of it from a part, and the point from its opposite.

Learnt when a rubric is read, from its own phrasings: for every key point three linear functions of a
passage's TF-IDF vector, fitted by ridge regression (Hoerl and Kennard 1970) in the space of the phrasings:
how like any two of them are is reckoned once for all functions. A word that stands in every accepted
phrasing and in no partial one speaks for the whole point, however rare or common it is elsewhere; cosines
do not see that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from grader.matching.windows import Floats

_PENALTY = 2.0
"""Weight of the squared weights against squared errors; anything from a half to four did alike."""
_TYPICAL, _LEAST_LEVEL = 0.58, 0.1
"""What a function that tells a point comes to for its own phrasings, and the least level scaled up to it."""
_UNDECIDED = 0.2
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
        rows = csr_array(vectors, dtype=np.float64)
        own = points[:, None] == np.arange(int(points.max()) + 1)
        with threadpool_limits(1, user_api="blas"):  # the threads would wait longer than they work
            likeness = np.asarray((rows @ rows.T).todense())
            solved = (
                _scaled(likeness, own & ~opposites[:, None]),
                _told_apart(likeness, own & ~opposites[:, None], ~halves),
                _told_apart(likeness, own, opposites),
            )
            weights = rows.T @ np.hstack([shares for shares, _ in solved])
        biases = np.concatenate([bias for _, bias in solved])
        return cls(weights.astype(np.float32), biases.astype(np.float32))


_Solved: TypeAlias = tuple[_Numbers, _Numbers]
"""Shares of phrasings (phrasings x functions), whose vectors add up to the weights, and biases."""


def _scaled(likeness: _Numbers, own: NDArray[np.bool_]) -> _Solved:
    """Tell each point's phrasings from all others, and scale up to `_TYPICAL` where a ridge lies low."""
    shares, biases = _ridge(likeness, own)
    said = likeness @ shares + biases
    level = (said * own).sum(axis=0) / np.maximum(1, own.sum(axis=0))
    factor = _TYPICAL / np.maximum(level, _LEAST_LEVEL)
    return shares * factor, biases * factor


def _told_apart(likeness: _Numbers, own: NDArray[np.bool_], yes: NDArray[np.bool_]) -> _Solved:
    """Tell yes from no among each point's own phrasings, if there are both."""
    shares, biases = np.zeros(own.shape), np.full(own.shape[1], _UNDECIDED)
    for point, mine in enumerate(map(np.flatnonzero, own.T)):
        if yes[mine].any() and not yes[mine].all():
            solved = _ridge(likeness[np.ix_(mine, mine)], yes[mine, None])
            shares[mine, point], biases[point] = solved[0][:, 0], solved[1][0]
    return shares, biases


def _ridge(likeness: _Numbers, answers: NDArray[np.bool_]) -> _Solved:
    """Solve ridge regressions with free biases; `likeness` holds the products of all rows with each other.

    The shares add up to nothing, so that the weights are the same for rows with and without their mean.
    """
    level, middle = answers.mean(axis=0), likeness.mean(axis=0)
    kernel = likeness - middle
    kernel -= (middle - middle.mean())[:, None]
    kernel[np.diag_indices_from(kernel)] += _PENALTY
    shares = _solve(kernel, answers - level)
    return shares, level - middle @ shares


def _solve(kernel: _Numbers, targets: _Numbers) -> _Numbers:
    """Solve for all targets with one factor of a positive definite kernel, which is overwritten."""
    from scipy.linalg import cho_factor, cho_solve  # loaded with the first rubric, and not before

    factor = cho_factor(kernel, overwrite_a=True, check_finite=False)
    found: _Numbers = cho_solve(factor, targets, check_finite=False)
    return found
