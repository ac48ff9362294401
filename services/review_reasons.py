"""What a teacher wrote lately when overruling, to be picked again instead of typed again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import PointAction, PointScore, Score, User

MOST_REASONS = 6
"""Reasons offered: more take longer to read than to type one."""

LONGEST_REASON = 80
"""Characters of a reason worth offering: longer ones were written for one essay."""


def recent_reasons(session: Session, *, teacher: User) -> tuple[tuple[str, Verdict], ...]:
    """Return a teacher's latest reasons with the verdict each was given for, the latest first, each once."""
    query = (
        select(PointScore.reason, PointScore.verdict)
        .join(Score, Score.id == PointScore.score_id)
        .where(Score.rater_id == teacher.id, PointScore.action == PointAction.OVERRIDDEN)
        .order_by(PointScore.id.desc())
        .limit(20 * MOST_REASONS)
    )
    found = dict.fromkeys(
        (reason, Verdict(verdict))
        for reason, verdict in session.execute(query)
        if len(reason) <= LONGEST_REASON
    )
    return tuple(found)[:MOST_REASONS]
