"""Seconds of one core. CPU time, so that other work on the machine does not count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of two actions, and the ratio of the first to the second: medians of rounds."""

    ours: float
    peer: float
    ratio: float


def seconds(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median CPU seconds of an action, after a first round that does not count."""
    action()
    return median(_once(action) for _ in range(rounds))


def beside(ours: Callable[[], object], peer: Callable[[], object], rounds: int = ROUNDS) -> Pair:
    """Time two actions in turn, so that a busy moment meets both."""
    ours(), peer()
    taken = [(_once(ours), _once(peer)) for _ in range(rounds)]
    return Pair(
        median(a for a, _ in taken),
        median(b for _, b in taken),
        median(a / b for a, b in taken),
    )


def _once(action: Callable[[], object]) -> float:
    started = process_time()
    action()
    return process_time() - started
