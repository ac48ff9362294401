"""Drafts: essays being written, saved every few seconds, never silently overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Draft, Prompt, Submission, User
from services.errors import DraftConflict, PromptRetired
from services.essay_text import MAX_ESSAY_CHARACTERS, bounded

__all__ = ["MAX_ESSAY_CHARACTERS", "discard_draft", "find_draft", "open_draft", "open_drafts", "save_draft"]


class _Written(NamedTuple):
    """What stands on the page, and when."""

    text: str
    plan: str
    at: datetime


def find_draft(session: Session, *, student: User, prompt: Prompt) -> Draft | None:
    """Return the student's open draft of a question, if there is one."""
    query = select(Draft).where(Draft.student_id == student.id, Draft.prompt_id == prompt.id)
    # The row is locked where the database can (PostgreSQL): two tabs save one after the other.
    return session.scalar(query.with_for_update())


def open_drafts(session: Session, *, student: User) -> Sequence[Draft]:
    """Return all open drafts of a student, the last changed first."""
    query = select(Draft).where(Draft.student_id == student.id)
    return session.scalars(query.order_by(Draft.updated_at.desc())).all()


def open_draft(session: Session, *, student: User, prompt: Prompt, now: datetime) -> Draft:
    """Return the open draft of a question, or begin one; a redraft starts from the last essay handed in.

    Raises: PromptRetired where a new draft would be needed.
    """
    draft = find_draft(session, student=student, prompt=prompt)
    if draft:
        return draft
    if prompt.retired_at is not None:
        raise PromptRetired
    last = _latest_submission(session, student, prompt)
    return _begin(session, student, prompt, _Written(last.essay if last else "", "", now))


def save_draft(
    session: Session,
    *,
    student: User,
    prompt: Prompt,
    text: str,
    plan: str,
    seen_revision: int,
    now: datetime,
) -> Draft:
    """Save what has been written; return the draft with its new revision.

    `seen_revision` is the revision that the page was loaded with or last saved as (0: none). Where the
    draft has moved on and says something else, nothing is overwritten: DraftConflict carries the stored
    one. A save that arrives after the same text was handed in changes nothing: the draft returned then
    is not stored, since the essay is.

    Raises: DraftConflict, EssayTooLong, PromptRetired.
    """
    text, plan = bounded(text), bounded(plan)
    draft = find_draft(session, student=student, prompt=prompt)
    if draft is None:
        written = _Written(text, plan, now)
        return _save_without_draft(session, student, prompt, written, seen_revision=seen_revision)
    if (draft.text, draft.plan) == (text, plan):
        return draft
    if draft.revision != seen_revision:
        raise DraftConflict(theirs=draft)
    draft.text, draft.plan, draft.updated_at = text, plan, now
    draft.revision += 1
    session.flush()
    return draft


def discard_draft(session: Session, *, student: User, prompt: Prompt) -> None:
    """Throw the open draft away; what was handed in stays. Nothing happens where there is none."""
    draft = find_draft(session, student=student, prompt=prompt)
    if draft:
        session.delete(draft)
        session.flush()


def _save_without_draft(
    session: Session, student: User, prompt: Prompt, written: _Written, *, seen_revision: int
) -> Draft:
    last = _latest_submission(session, student, prompt)
    if seen_revision and last and last.essay == written.text:
        return _new_draft(student, prompt, written, revision=seen_revision)
    if prompt.retired_at is not None and not seen_revision:
        raise PromptRetired
    return _begin(session, student, prompt, written)


def _begin(session: Session, student: User, prompt: Prompt, written: _Written) -> Draft:
    draft = _new_draft(student, prompt, written, revision=int(written.at.timestamp()))
    session.add(draft)
    session.flush()
    return draft


def _new_draft(student: User, prompt: Prompt, written: _Written, *, revision: int) -> Draft:
    return Draft(
        student_id=student.id,
        prompt_id=prompt.id,
        text=written.text,
        plan=written.plan,
        revision=revision,
        started_at=written.at,
        updated_at=written.at,
    )


def _latest_submission(session: Session, student: User, prompt: Prompt) -> Submission | None:
    query = select(Submission).where(Submission.student_id == student.id, Submission.prompt_id == prompt.id)
    return session.scalar(query.order_by(Submission.number.desc()).limit(1))
