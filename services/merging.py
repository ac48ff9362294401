"""A guest signs in to an account: what the guest wrote moves to it, and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import AuditEvent, Draft, Membership, Reveal, Submission, User
from services import audit
from services.errors import NotFound

BETWEEN = "\n\n[Written before signing in:]\n\n"
"""What stands between two drafts of one question that are joined."""


def merge_guest(session: Session, *, guest: User, into: User, now: datetime) -> None:
    """Move a guest's work to an account and delete the guest.

    Attempts are numbered on after the account's own, so that addresses that name its attempts stay true.
    Where both have a draft of a question that says something else, the texts are joined.

    Raises: NotFound where `guest` is no guest or both are the same person.
    """
    if not guest.guest or guest.id == into.id:
        raise NotFound
    _move_submissions(session, guest, into)
    _move_drafts(session, guest, into)
    _move_memberships(session, guest, into)
    _move_reveals(session, guest, into)
    session.execute(update(AuditEvent).where(AuditEvent.actor_id == guest.id).values(actor_id=into.id))
    audit.record(session, actor=into, action=audit.Act.MERGE, subject=f"user {guest.username}", now=now)
    session.expire(guest)
    session.delete(guest)
    session.flush()


def _move_submissions(session: Session, guest: User, into: User) -> None:
    query = select(Submission).where(Submission.student_id == guest.id).order_by(Submission.number)
    for submission in session.scalars(query).all():
        number = _attempts_made(session, into, submission.prompt_id) + 1
        key = _free_key(session, into, submission)
        submission.number, submission.submit_key, submission.student = number, key, into
        session.flush()


def _attempts_made(session: Session, student: User, prompt_id: int) -> int:
    query = select(func.count()).select_from(Submission)
    query = query.where(Submission.student_id == student.id, Submission.prompt_id == prompt_id)
    return session.scalar(query) or 0


def _free_key(session: Session, into: User, submission: Submission) -> str:
    query = select(Submission.id).where(Submission.student_id == into.id)
    taken = session.scalar(query.where(Submission.submit_key == submission.submit_key)) is not None
    return f"merged-{submission.ref}" if taken else submission.submit_key


def _move_drafts(session: Session, guest: User, into: User) -> None:
    own = {draft.prompt_id: draft for draft in _drafts(session, into)}
    for draft in _drafts(session, guest):
        kept = own.get(draft.prompt_id)
        if kept is None:
            draft.student_id = into.id
            continue
        kept.text, kept.plan = _joined(kept.text, draft.text), _joined(kept.plan, draft.plan)
        kept.revision = max(kept.revision, draft.revision) + 1
        kept.updated_at = max(kept.updated_at, draft.updated_at)
        session.delete(draft)
    session.flush()


def _drafts(session: Session, student: User) -> Sequence[Draft]:
    return session.scalars(select(Draft).where(Draft.student_id == student.id)).all()


def _joined(first: str, second: str) -> str:
    if not second.strip() or second.strip() in first:
        return first
    return first + BETWEEN + second if first.strip() else second


def _move_memberships(session: Session, guest: User, into: User) -> None:
    query = select(Membership).where(Membership.student_id == into.id)
    own = {membership.classroom_id: membership for membership in session.scalars(query)}
    moving = session.scalars(select(Membership).where(Membership.student_id == guest.id)).all()
    for membership in moving:
        kept = own.get(membership.classroom_id)
        if kept is None:
            membership.student = into
            continue
        if membership.left_at is None:
            kept.left_at = None
        session.delete(membership)
    session.flush()


def _move_reveals(session: Session, guest: User, into: User) -> None:
    own = set(session.scalars(select(Reveal.prompt_id).where(Reveal.student_id == into.id)))
    for reveal in session.scalars(select(Reveal).where(Reveal.student_id == guest.id)).all():
        if reveal.prompt_id in own:
            session.delete(reveal)
        else:
            reveal.student_id = into.id
    session.flush()
