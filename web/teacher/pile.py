"""The pile that a teacher works through: a class's essays in the order of the class page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models import Submission
from services.review_queue import QueueRow, ReviewState, queue
from web.extensions import db
from web.teacher.names import shown_name
from web.teacher.order import Attempts, Order


@dataclass(frozen=True, slots=True)
class Pile:
    """Where one essay stands among the others; `rows` are in order, `place` counts from 0."""

    rows: tuple[QueueRow, ...]
    place: int
    order: Order

    @property
    def query(self) -> dict[str, Any]:
        """What keeps the order in the addresses of the pile."""
        return self.order.query

    @property
    def label(self) -> str:
        """Whose essay it is, or what stands in for the name."""
        return label_of(self.rows[self.place])

    @property
    def total(self) -> int:
        """How many essays are in the pile."""
        return len(self.rows)

    @property
    def position(self) -> int:
        """Which of them this is, counted from 1."""
        return self.place + 1

    @property
    def reviewed(self) -> int:
        """How many of them are reviewed."""
        return sum(row.state is ReviewState.REVIEWED for row in self.rows)

    @property
    def previous_ref(self) -> str | None:
        """The essay before this one."""
        return self.rows[self.place - 1].ref if self.place else None

    @property
    def next_ref(self) -> str | None:
        """The essay after this one."""
        return self.rows[self.place + 1].ref if self.position < self.total else None

    @property
    def next_waiting(self) -> str | None:
        """The next essay that waits for review: after this one, then from the top."""
        return first_waiting((*self.rows[self.position :], *self.rows[: self.place]))


def pile_of(submission: Submission, order: Order) -> Pile:
    """Return the pile that a submission is in; an earlier attempt is found among all attempts."""
    assert submission.classroom is not None  # noqa: S101 - web.access gives teachers class work only
    listed = queue(db.session, classroom=submission.classroom, sort=order.sort)
    for wider in (order, replace(order, attempts=Attempts.ALL), Order(order.sort, "", Attempts.ALL)):
        rows = tuple(row for row in listed if wider.keeps(row))
        places = [place for place, row in enumerate(rows) if row.ref == submission.ref]
        if places:
            return Pile(rows, places[0], wider)
    raise LookupError(submission.ref)


def first_waiting(rows: Sequence[QueueRow]) -> str | None:
    """Return the first essay that waits for review, or None."""
    waiting = (row.ref for row in rows if waits(row))
    return next(waiting, None)


def waits(row: QueueRow) -> bool:
    """Whether an essay waits for the teacher: marked by the machine, not yet reviewed."""
    return row.state in {ReviewState.TO_REVIEW, ReviewState.BEGUN}


def label_of(row: QueueRow) -> str:
    """Name an essay by its student, or by the stand-in while names are hidden."""
    return shown_name(row.student, row.label)
