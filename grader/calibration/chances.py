"""Chances of each verdict on a key point, in the order of `Verdict`, and what follows from them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from grader.report import Verdict

Chances: TypeAlias = tuple[float, ...]
"""Probability of each verdict, in the order of `Verdict`."""

LEAST_CHANCE = 0.01
"""The scorer is never surer than this that a verdict is out of the question: markers surprise it."""


def likeliest(chances: Chances) -> Verdict:
    """Return a verdict by asking in turn, as the scorer does: spoken of? opposed? the whole of it?"""
    hit, partial, contradicted, miss = chances
    if miss > hit + partial + contradicted:
        return Verdict.MISS
    if contradicted >= hit + partial:
        return Verdict.CONTRADICTED
    return Verdict.HIT if hit >= partial else Verdict.PARTIAL


def log_chances(chances: Chances, least: float = LEAST_CHANCE) -> list[float]:
    """Return logarithms of chances, none below that of `least`."""
    return [math.log(max(chance, least)) for chance in chances]


def softmax(log_odds: Sequence[float]) -> Chances:
    """Return chances that add up to 1."""
    top = max(log_odds)
    parts = [math.exp(odds - top) for odds in log_odds]
    total = sum(parts)
    return tuple(part / total for part in parts)
