"""A teacher's review: confirm or overrule verdicts, mark the whole. Every act appends a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from grader.report import CREDIT, PointReport, Verdict
from models import PointAction, PointScore, Score, ScoreAction, Submission, User
from services import audit, disclosure
from services.errors import (
    AlreadyReviewed,
    MarkOutOfBounds,
    NotFound,
    NotScoredYet,
    ReasonNeeded,
    TextTooLong,
)
from services.essay_text import clean
from services.resolution import ResolvedScore
from services.review_queue import QueueSort, queue, rows
from services.score_log import resolved_score
from services.scoring import spans_to_json

__all__ = [
    "MAX_COMMENT", "MAX_REASON", "QueueSort", "confirm_rest", "decide_point", "give_mark", "queue", "rows",
    "withdraw_mark", "withdraw_point",
]  # fmt: skip

MAX_REASON = 1_000
MAX_COMMENT = 5_000


def decide_point(
    session: Session,
    *,
    submission: Submission,
    teacher: User,
    key: str,
    verdict: Verdict,
    now: datetime,
    reason: str = "",
    comment: str = "",
) -> Score | None:
    """Confirm the machine's verdict by giving the same one, or overrule it with another and a reason.

    Where the teacher's earlier decision is given again with no reason, its reason stays. Returns the row
    appended, or None where nothing would change.

    Raises: NotFound, NotScoredYet, ReasonNeeded, TextTooLong.
    """
    act = _begin(session, submission, teacher, now)
    resolved = _scored(act)
    machine = _machine_point(resolved, key)
    standing = resolved.decisions.get(key)
    reason, comment = _bounded("reason", reason, MAX_REASON), _bounded("comment", comment, MAX_COMMENT)
    if standing and standing.verdict is verdict:
        reason, comment = reason or standing.reason, comment or standing.comment
        if (reason, comment) == (standing.reason, standing.comment):
            return None
    overridden = verdict is not machine.verdict
    if overridden and not reason:
        raise ReasonNeeded
    point = _ruling(machine, verdict, overridden=overridden)
    point.reason, point.comment = reason, comment
    if overridden:
        _record(session, act, audit.Act.OVERRIDE)
    return _append(session, act, ScoreAction.VERDICTS, [point])


def withdraw_point(
    session: Session, *, submission: Submission, teacher: User, key: str, now: datetime
) -> Score:
    """Take a decision back: the machine's verdict counts again. Raises: NotFound, AlreadyReviewed."""
    act = _begin(session, submission, teacher, now)
    resolved = _scored(act)
    machine = _machine_point(resolved, key)
    if key not in resolved.decisions:
        raise AlreadyReviewed("There is no decision of yours to take back on this key point.")
    point = _ruling(machine, machine.verdict, overridden=False)
    point.action = PointAction.WITHDRAWN
    return _append(session, act, ScoreAction.VERDICTS, [point])


def confirm_rest(session: Session, *, submission: Submission, teacher: User, now: datetime) -> Score:
    """Confirm every verdict that has not been decided, in one act. Raises: NotScoredYet, AlreadyReviewed."""
    act = _begin(session, submission, teacher, now)
    resolved = _scored(act)
    machine = resolved.machine.points if resolved.machine else ()
    points = [_ruling(p, p.verdict, overridden=False) for p in machine if p.key not in resolved.decisions]
    if not points:
        raise AlreadyReviewed("Every key point of this essay has been decided already.")
    return _append(session, act, ScoreAction.VERDICTS, points)


def give_mark(
    session: Session,
    *,
    submission: Submission,
    teacher: User,
    mark: float,
    now: datetime,
    comment: str = "",
) -> Score:
    """Give the whole a mark, which outranks the sum; both are shown.

    Raises: NotFound, MarkOutOfBounds, TextTooLong.
    """
    act = _begin(session, submission, teacher, now)
    if not 0 <= mark <= act.resolved.max_score:  # also false for nan
        raise MarkOutOfBounds(max_score=act.resolved.max_score)
    comment = _bounded("comment", comment, MAX_COMMENT)
    _record(session, act, audit.Act.MARK)
    return _append(session, act, ScoreAction.MARK, mark=round(mark, 2), comment=comment)


def withdraw_mark(session: Session, *, submission: Submission, teacher: User, now: datetime) -> Score:
    """Take the mark for the whole back: the sum counts again. Raises: NotFound, AlreadyReviewed."""
    act = _begin(session, submission, teacher, now)
    if act.resolved.teacher_mark is None:
        raise AlreadyReviewed("There is no mark of yours to take back.")
    return _append(session, act, ScoreAction.MARK_WITHDRAWN)


@dataclass(frozen=True, slots=True)
class _Act:
    """Who does something to which submission, when, and how it stands before."""

    submission: Submission
    teacher: User
    now: datetime
    resolved: ResolvedScore


def _begin(session: Session, submission: Submission, teacher: User, now: datetime) -> _Act:
    if not disclosure.teaches(teacher, submission):
        raise NotFound
    return _Act(submission, teacher, now, resolved_score(session, submission=submission))


def _scored(act: _Act) -> ResolvedScore:
    if act.resolved.awaiting:
        raise NotScoredYet
    return act.resolved


def _machine_point(resolved: ResolvedScore, key: str) -> PointReport:
    for point in resolved.machine.points if resolved.machine else ():
        if point.key == key:
            return point
    raise NotFound("This question has no such key point.")


def _bounded(what: str, text: str, limit: int) -> str:
    text = clean(text).strip()
    if len(text) > limit:
        raise TextTooLong(what=what, limit=limit)
    return text


def _ruling(machine: PointReport, verdict: Verdict, *, overridden: bool) -> PointScore:
    return PointScore(
        key=machine.key,
        action=PointAction.OVERRIDDEN if overridden else PointAction.CONFIRMED,
        verdict=verdict,
        credit=CREDIT[verdict] if overridden else machine.credit,
        evidence=spans_to_json(machine.evidence),
        reason="",
        comment="",
    )


def _append(
    session: Session,
    act: _Act,
    action: ScoreAction,
    points: Sequence[PointScore] = (),
    *,
    mark: float | None = None,
    comment: str = "",
) -> Score:
    row = Score(
        submission_id=act.submission.id,
        action=action,
        rater=act.teacher,
        mark=mark,
        max_score=act.resolved.max_score,
        comment=comment,
        created_at=act.now,
        points=list(points),
    )
    session.add(row)
    session.flush()
    return row


def _record(session: Session, act: _Act, action: audit.Act) -> None:
    subject = f"submission {act.submission.ref}"
    audit.record(session, actor=act.teacher, action=action, subject=subject, now=act.now)
