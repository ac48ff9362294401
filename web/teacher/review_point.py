"""One key point as the review page shows it: what the machine said, and what a teacher made of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.feedback import FeedbackRow
from grader.report import Verdict


class Sureness(StrEnum):
    """How far the machine trusts its verdict, in three steps: a teacher scans for "low"."""

    LOW = "low"
    FAIR = "fair"
    HIGH = "high"


FAIR_FROM = 0.6
HIGH_FROM = 0.85
SURENESS_WORDS = {
    Sureness.LOW: "unsure: look here",
    Sureness.FAIR: "fairly sure",
    Sureness.HIGH: "sure",
}


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """A row of the teacher's feedback, and what the page derives from it."""

    row: FeedbackRow

    @property
    def machine_verdict(self) -> Verdict:
        """What the machine said, whoever decides now."""
        return self.row.machine_verdict or self.row.verdict

    @property
    def decided(self) -> bool:
        """Whether a teacher's decision stands."""
        return self.row.decided_by_teacher

    @property
    def overruled(self) -> bool:
        """Whether that decision differs from the machine's."""
        return self.decided and self.row.verdict != self.machine_verdict

    @property
    def sureness(self) -> Sureness:
        """The machine's confidence in one of three steps; without one, low."""
        return sureness_of(self.row.confidence)

    @property
    def sureness_words(self) -> str:
        """The step in words."""
        return SURENESS_WORDS[self.sureness]


def sureness_of(confidence: float | None) -> Sureness:
    """Return the step of a confidence (0 to 1)."""
    if confidence is None or confidence < FAIR_FROM:
        return Sureness.LOW
    return Sureness.HIGH if confidence >= HIGH_FROM else Sureness.FAIR
