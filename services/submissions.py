"""Submissions: immutable attempts, numbered without gaps, one for each press of "hand in"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import Classroom, Prompt, Submission, User
from services import classrooms, drafts
from services.errors import ClassClosed, EssayBlank, NotAMember, NotFound, PromptRetired, VeryShort
from services.essay_text import SHORT_WORDS, bounded, count_words
from services.refs import new_ref

_TRIES = 5
"""How often a number is tried again where another transaction has just taken it (never on SQLite)."""

_COPIED = (
    "student_id", "prompt_id", "prompt_version_id", "classroom_id",
    "essay", "words", "submit_key", "submitted_at",
)  # fmt: skip


def submit(  # noqa: PLR0913 - an act of handing in has this many parts, all named
    session: Session,
    *,
    student: User,
    prompt: Prompt,
    essay: str,
    submit_key: str,
    now: datetime,
    classroom: Classroom | None = None,
    short_confirmed: bool = False,
    seen_revision: int | None = None,
) -> Submission:
    """Hand an essay in; the same `submit_key` again returns the first submission.

    The open draft is deleted, unless `seen_revision` is behind it and it says something else: then it
    holds work from another window, and stays.

    Raises: EssayBlank, EssayTooLong, VeryShort, PromptRetired, ClassClosed, NotAMember.
    """
    earlier = _by_key(session, student.id, submit_key)
    if earlier:
        return earlier
    essay = bounded(essay)
    words = count_words(essay)
    _check_essay(words, short_confirmed=short_confirmed)
    _check_prompt(session, student, prompt)
    _check_classroom(session, student, classroom)
    attempt = Submission(
        student_id=student.id,
        prompt_id=prompt.id,
        prompt_version_id=prompt.current_version.id,
        classroom_id=classroom.id if classroom else None,
        essay=essay,
        words=words,
        submit_key=submit_key,
        submitted_at=now,
    )
    submission = _store(session, attempt)
    _drop_draft(session, student, prompt, essay, seen_revision)
    return submission


def find_submission(session: Session, *, ref: str) -> Submission:
    """Return a submission by its reference; who may see it is for the caller to check. Raises: NotFound."""
    found = session.scalar(select(Submission).where(Submission.ref == ref))
    if found is None:
        raise NotFound
    return found


def attempts(session: Session, *, student: User, prompt: Prompt) -> Sequence[Submission]:
    """Return a student's attempts at a question, the first one first."""
    query = select(Submission).where(Submission.student_id == student.id, Submission.prompt_id == prompt.id)
    return session.scalars(query.order_by(Submission.number)).all()


def previous_attempt(session: Session, *, submission: Submission) -> Submission | None:
    """Return the attempt before this one, if there is one."""
    query = select(Submission).where(
        Submission.student_id == submission.student_id,
        Submission.prompt_id == submission.prompt_id,
        Submission.number < submission.number,
    )
    return session.scalar(query.order_by(Submission.number.desc()).limit(1))


def history(session: Session, *, student: User) -> Sequence[Submission]:
    """Return all attempts of a student, the newest first."""
    query = select(Submission).where(Submission.student_id == student.id)
    return session.scalars(query.order_by(Submission.submitted_at.desc(), Submission.id.desc())).all()


def _check_essay(words: int, *, short_confirmed: bool) -> None:
    if words == 0:
        raise EssayBlank
    if words < SHORT_WORDS and not short_confirmed:
        raise VeryShort(words=words)


def _check_prompt(session: Session, student: User, prompt: Prompt) -> None:
    """A question that is no longer set still takes the essay of somebody who was writing it."""
    if prompt.retired_at is not None and drafts.find_draft(session, student=student, prompt=prompt) is None:
        raise PromptRetired


def _check_classroom(session: Session, student: User, classroom: Classroom | None) -> None:
    if classroom is None:
        return
    if not classrooms.is_member(session, student=student, classroom=classroom):
        raise NotAMember
    if classroom.closed_at is not None:
        raise ClassClosed(classroom.name)


def _store(session: Session, attempt: Submission) -> Submission:
    """Store an attempt under the next free number; return the earlier one where the key is taken."""
    values = {name: getattr(attempt, name) for name in _COPIED}
    for _ in range(_TRIES):
        numbered = Submission(**values, ref=new_ref(), number=_next_number(session, attempt))
        try:
            with session.begin_nested():
                session.add(numbered)
        except IntegrityError:
            earlier = _by_key(session, attempt.student_id, attempt.submit_key)
            if earlier:
                return earlier
        else:
            return numbered
    raise RuntimeError("no free attempt number was found: too many transactions hand in for one student")


def _next_number(session: Session, attempt: Submission) -> int:
    query = select(func.max(Submission.number)).where(Submission.student_id == attempt.student_id)
    query = query.where(Submission.prompt_id == attempt.prompt_id)
    return (session.scalar(query) or 0) + 1


def _by_key(session: Session, student_id: int, submit_key: str) -> Submission | None:
    query = select(Submission).where(Submission.student_id == student_id)
    return session.scalar(query.where(Submission.submit_key == submit_key))


def _drop_draft(
    session: Session, student: User, prompt: Prompt, essay: str, seen_revision: int | None
) -> None:
    draft = drafts.find_draft(session, student=student, prompt=prompt)
    if draft is None:
        return
    holds_other_work = seen_revision is not None and draft.revision > seen_revision and draft.text != essay
    if not holds_other_work:
        session.delete(draft)
        session.flush()
