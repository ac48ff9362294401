"""How a class's essays are sorted and filtered: read from an address, and written into the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from flask import request

from services.review_queue import QueueRow, QueueSort
from web.teacher.names import names_shown


class Attempts(StrEnum):
    """Which attempts are listed."""

    LATEST = "latest"
    ALL = "all"


DESCENDING = frozenset({QueueSort.DATE, QueueSort.ADVISORY})
"""What comes with the newest, or with the most, first."""


@dataclass(frozen=True, slots=True)
class Order:
    """A sort, a question's slug ("" for all) and which attempts."""

    sort: QueueSort = QueueSort.DATE
    prompt: str = ""
    attempts: Attempts = Attempts.LATEST

    @property
    def query(self) -> dict[str, Any]:
        """What an address carries of it: only what differs from the usual."""
        values = {"sort": self.sort, "prompt": self.prompt, "attempts": self.attempts}
        usual = {"sort": QueueSort.DATE, "prompt": "", "attempts": Attempts.LATEST}
        return {name: str(value) for name, value in values.items() if value != usual[name]}

    @property
    def direction(self) -> str:
        """The direction of the sort, in the words of `aria-sort`."""
        return "descending" if self.sort in DESCENDING else "ascending"

    def sorted_by(self, sort: str) -> Order:
        """Return the same list in another order."""
        return replace(self, sort=QueueSort(sort))

    def keeps(self, row: QueueRow) -> bool:
        """Whether an essay is on the list."""
        return self.prompt in {"", row.slug} and (row.latest or self.attempts is Attempts.ALL)


def read_order() -> Order:
    """Read the order from the address; what is unknown there is as usual."""
    sort, attempts = request.args.get("sort", ""), request.args.get("attempts", "")
    order = Order(
        sort=QueueSort(sort) if sort in set(QueueSort) else QueueSort.DATE,
        prompt=request.args.get("prompt", ""),
        attempts=Attempts(attempts) if attempts in set(Attempts) else Attempts.LATEST,
    )
    # Sorted by student, hidden names could be read off the register.
    if order.sort is QueueSort.STUDENT and not names_shown():
        return replace(order, sort=QueueSort.DATE)
    return order
