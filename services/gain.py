"""What was won and lost between two attempts at one question. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.resolution import ResolvedScore


class Change(StrEnum):
    """What became of a key point between two attempts."""

    WON = "won"
    LOST = "lost"
    KEPT = "kept"
    STILL_OPEN = "still-open"
    NEW = "new"  # the question did not ask for it at the earlier attempt


@dataclass(frozen=True, slots=True)
class Gain:
    """Key points won and lost, by their numbers in the later attempt, and the difference in marks.

    A point is won where it earns more than before, lost where it earns less, and still open where it
    earns the same and not all. `numbers` gives every row's change, for marking the rows.
    """

    won: tuple[int, ...]
    lost: tuple[int, ...]
    still_open: tuple[int, ...]
    numbers: Mapping[int, Change]
    marks: float


def gain(before: ResolvedScore, after: ResolvedScore) -> Gain:
    """Compare two attempts; key points are matched by id, since the rubric may have changed between them."""
    numbers = dict(_changes(before, after))
    return Gain(
        won=_of(numbers, Change.WON),
        lost=_of(numbers, Change.LOST),
        still_open=_of(numbers, Change.STILL_OPEN),
        numbers=numbers,
        marks=after.score - before.score,
    )


def _changes(before: ResolvedScore, after: ResolvedScore) -> Iterator[tuple[int, Change]]:
    earlier = {point.key: point.credit for point in before.points}
    for number, point in enumerate(after.points, start=1):
        yield number, _change(earlier.get(point.key), point.credit)


def _change(before: float | None, after: float) -> Change:
    if before is None:
        return Change.NEW
    if after != before:
        return Change.WON if after > before else Change.LOST
    return Change.KEPT if after >= 1 else Change.STILL_OPEN


def _of(numbers: Mapping[int, Change], change: Change) -> tuple[int, ...]:
    return tuple(number for number, each in numbers.items() if each is change)
