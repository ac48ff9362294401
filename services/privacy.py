"""A person's own data: handed over as plain values, and erased without a trace of whose it was.

What is handed over keeps to disclosure: it tells a student no more of a rubric than the pages do. What is
erased leaves counts of marks and an entry in the audit log that names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import AuditEvent, Classroom, Draft, MarkCount, Membership, Prompt, Reveal, Submission, User
from models.sqlite import overwrite_what_is_deleted
from services import audit, classrooms, drafts, submissions
from services.errors import NotErasable
from services.feedback import feedback_for
from services.score_log import resolved_scores

Values = dict[str, Any]
"""Plain values, as JSON can hold them."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much went with a person."""

    essays: int
    drafts: int


def personal_data(session: Session, *, user: User) -> Values:
    """Return all that is kept about a person, in words that the person can read."""
    return {
        "account": _account(user),
        "classes": [_membership(each) for each in _memberships(session, user)],
        "classes taught": [_taught(each) for each in classrooms.classes_of(session, teacher=user)],
        "drafts": [_draft(each) for each in drafts.open_drafts(session, student=user)],
        "essays": [_essay(session, each, user) for each in submissions.history(session, student=user)],
        "full key points shown": _reveals(session, user),
        "log": _log(session, user),
    }


def record_handing_over(session: Session, *, user: User, by: User | None, now: datetime) -> None:
    """Remember that a person's data was taken out, by the person or (None) by whoever runs the service."""
    audit.record(session, actor=by, action=audit.Act.HAND_OVER, subject=_named(user), now=now)


def erase(session: Session, *, user: User, now: datetime) -> Erased:
    """Erase a student or guest with all that was written; marks stay as counts.

    Raises: NotErasable for a teacher.
    """
    if user.is_teacher or user.is_admin or classrooms.classes_of(session, teacher=user):
        raise NotErasable
    overwrite_what_is_deleted(session)
    essays = submissions.history(session, student=user)
    _count_marks(session, essays)
    gone = Erased(essays=len(essays), drafts=_drafts_of(session, user))
    audit.record(session, actor=None, action=audit.Act.ERASE, subject=_named(user), now=now)
    session.execute(delete(User).where(User.id == user.id))
    session.expire_all()
    return gone


def _named(user: User) -> str:
    """A number and no name: the log outlives the person's data."""
    return f"user {user.id}"


def _count_marks(session: Session, essays: Sequence[Submission]) -> None:
    resolved = resolved_scores(session, submissions=essays)
    for essay in essays:
        standing = resolved[essay.id]
        if standing.awaiting and standing.teacher_mark is None:
            continue
        mark = standing.teacher_mark.mark if standing.teacher_mark else standing.score
        count = _count_of(session, essay.prompt_version_id, round(mark))
        count.essays += 1
    session.flush()


def _count_of(session: Session, version_id: int, mark: int) -> MarkCount:
    query = select(MarkCount).where(MarkCount.prompt_version_id == version_id, MarkCount.mark == mark)
    found = session.scalar(query.with_for_update())
    if found is None:
        found = MarkCount(prompt_version_id=version_id, mark=mark, essays=0)
        session.add(found)
        session.flush()
    return found


def _drafts_of(session: Session, user: User) -> int:
    return session.scalar(select(func.count(Draft.id)).where(Draft.student_id == user.id)) or 0


def _account(user: User) -> Values:
    return {
        "user name": "" if user.guest else user.username,
        "name": user.display_name,
        "guest": user.guest,
        "roles": sorted(role.name for role in user.roles),
        "since": _moment(user.created_at),
        "second step at the sign-in": user.second_key is not None,
    }


def _memberships(session: Session, user: User) -> Sequence[Membership]:
    query = select(Membership).where(Membership.student_id == user.id)
    return session.scalars(query.order_by(Membership.joined_at, Membership.id)).all()


def _membership(membership: Membership) -> Values:
    classroom = membership.classroom
    return {
        "class": classroom.name,
        "teacher": classroom.teacher.display_name,
        "joined": _moment(membership.joined_at),
        "left": _moment(membership.left_at),
    }


def _taught(classroom: Classroom) -> Values:
    made, closed = _moment(classroom.created_at), _moment(classroom.closed_at)
    return {"class": classroom.name, "made": made, "closed": closed}


def _draft(draft: Draft) -> Values:
    return {
        "question": draft.prompt.question,
        "essay": draft.text,
        "plan": draft.plan,
        "begun": _moment(draft.started_at),
        "saved": _moment(draft.updated_at),
    }


def _essay(session: Session, submission: Submission, reader: User) -> Values:
    return {
        "question": submission.prompt.question,
        "draft": submission.number,
        "class": submission.classroom.name if submission.classroom else None,
        "handed in": _moment(submission.submitted_at),
        "words": submission.words,
        "essay": submission.essay,
        "feedback": _feedback(session, submission, reader),
    }


def _feedback(session: Session, submission: Submission, reader: User) -> Values:
    told = feedback_for(session, submission=submission, viewer=reader)
    rows = [
        {name: value for name, value in asdict(row).items() if value not in ("", (), None)}
        for row in told.rows
    ]
    return {
        "awaiting marking": told.awaiting,
        "score": None if told.awaiting else told.score,
        "out of": told.max_score,
        "teacher's mark": told.teacher_mark,
        "comment": told.comment,
        "level": asdict(told.level) if told.level else None,
        "key points": rows,
    }


def _reveals(session: Session, user: User) -> list[Values]:
    query = select(Prompt.question, Reveal.revealed_at).join(Prompt, Prompt.id == Reveal.prompt_id)
    found = session.execute(query.where(Reveal.student_id == user.id).order_by(Reveal.id))
    return [{"question": question, "at": _moment(at)} for question, at in found]


def _log(session: Session, user: User) -> list[Values]:
    query = select(AuditEvent).where(AuditEvent.actor_id == user.id).order_by(AuditEvent.id)
    return [{"at": _moment(e.at), "act": e.action, "of": e.subject} for e in session.scalars(query)]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
