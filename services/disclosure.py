"""The one policy of who sees how much of a rubric. Key points are the answer key.

- Before a student has handed anything in: the question and its sides.
- After: verdicts, evidence, hints and the card to revise.
- Revealed: the full key points, on request for practice and in classes that allow it; in classes whose
  teacher releases them, only after the release. A student who is in such a class cannot go round it by
  practising alone. What has been revealed once stays visible: it has been seen.
- Teachers see everything of their classes' work, and every question's key points.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from grader.feedback import Stage
from models import Classroom, Membership, Prompt, Release, Reveal, RevealPolicy, Submission, User
from services import audit
from services.errors import NotFound, NothingHandedIn, RevealHeldBack


def stage_for(session: Session, *, viewer: User, submission: Submission) -> Stage:
    """Return how much a person may see of a submission's rubric; a stranger may see nothing of it."""
    if teaches(viewer, submission):
        return Stage.REVEALED
    if viewer.id != submission.student_id:
        return Stage.BEFORE
    return stage_for_prompt(session, viewer=viewer, prompt=submission.prompt)


def stage_for_prompt(session: Session, *, viewer: User, prompt: Prompt) -> Stage:
    """Return how much a person may see of a question's rubric."""
    if viewer.is_teacher:
        return Stage.REVEALED
    if not _has_handed_in(session, viewer, prompt):
        return Stage.BEFORE
    if _is_revealed(session, viewer, prompt) or _is_released(session, viewer, prompt):
        return Stage.REVEALED
    return Stage.DRAFT


def may_reveal(session: Session, *, student: User, prompt: Prompt) -> bool:
    """Tell whether a student may ask for the full key points now."""
    return _has_handed_in(session, student, prompt) and not _is_held_back(session, student, prompt)


def reveal(session: Session, *, student: User, prompt: Prompt, now: datetime) -> None:
    """Show a student the full key points from now on; asking twice changes nothing.

    Raises: NothingHandedIn, RevealHeldBack.
    """
    if stage_for_prompt(session, viewer=student, prompt=prompt) is Stage.REVEALED:
        return
    if not _has_handed_in(session, student, prompt):
        raise NothingHandedIn
    if _is_held_back(session, student, prompt):
        raise RevealHeldBack
    session.add(Reveal(student_id=student.id, prompt_id=prompt.id, revealed_at=now))
    audit.record(session, actor=student, action=audit.Act.REVEAL, subject=f"prompt {prompt.slug}", now=now)


def release(session: Session, *, classroom: Classroom, prompt: Prompt, teacher: User, now: datetime) -> None:
    """Show a class the full key points of a question, to each student once they have handed in.

    Raises: NotFound where the class is another teacher's.
    """
    if classroom.teacher_id != teacher.id:
        raise NotFound
    if is_released(session, classroom=classroom, prompt=prompt):
        return
    session.add(
        Release(classroom_id=classroom.id, prompt_id=prompt.id, released_at=now, released_by_id=teacher.id)
    )
    subject = f"class {classroom.ref} prompt {prompt.slug}"
    audit.record(session, actor=teacher, action=audit.Act.RELEASE, subject=subject, now=now)


def is_released(session: Session, *, classroom: Classroom, prompt: Prompt) -> bool:
    """Tell whether a question's key points have been released to a class."""
    query = select(Release.id).where(Release.classroom_id == classroom.id, Release.prompt_id == prompt.id)
    return session.scalar(query) is not None


def teaches(viewer: User, submission: Submission) -> bool:
    """Tell whether a submission was handed in to a class of this person."""
    return submission.classroom is not None and submission.classroom.teacher_id == viewer.id


def _has_handed_in(session: Session, student: User, prompt: Prompt) -> bool:
    return _any(session, Submission.student_id == student.id, Submission.prompt_id == prompt.id)


def _is_revealed(session: Session, student: User, prompt: Prompt) -> bool:
    return _any(session, Reveal.student_id == student.id, Reveal.prompt_id == prompt.id)


def _is_released(session: Session, student: User, prompt: Prompt) -> bool:
    of_prompt = (Release.classroom_id == Classroom.id) & (Release.prompt_id == prompt.id)
    return _any_class(session, exists().where(of_prompt), _concerns(student, prompt))


def _is_held_back(session: Session, student: User, prompt: Prompt) -> bool:
    """Whether one of the student's classes waits for its teacher's release of this question."""
    of_prompt = (Release.classroom_id == Classroom.id) & (Release.prompt_id == prompt.id)
    return _any_class(
        session,
        Classroom.reveal_policy == RevealPolicy.ON_RELEASE,
        ~exists().where(of_prompt),
        _concerns(student, prompt),
    )


def _concerns(student: User, prompt: Prompt) -> ColumnElement[bool]:
    """A class that the student is in, or handed work on this question in to."""
    is_member = exists().where(
        Membership.classroom_id == Classroom.id,
        Membership.student_id == student.id,
        Membership.left_at.is_(None),
        Classroom.closed_at.is_(None),
    )
    handed_in = exists().where(
        Submission.classroom_id == Classroom.id,
        Submission.student_id == student.id,
        Submission.prompt_id == prompt.id,
    )
    return or_(is_member, handed_in)


def _any_class(session: Session, *conditions: ColumnElement[bool]) -> bool:
    """Whether a class meets the conditions, which may name its table in subqueries alone."""
    return session.scalar(select(Classroom.id).where(*conditions).limit(1)) is not None


def _any(session: Session, *conditions: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(*conditions))))
