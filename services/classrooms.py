"""Classes: made by a teacher, joined with a code, closed without losing anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models import Classroom, Membership, RevealPolicy, User
from services.errors import ClassClosed, ClassNameInvalid, JoinCodeUnknown, NotAMember, NotFound
from services.refs import new_join_code, new_ref, read_join_code

MAX_CLASS_NAME = 120


def create_classroom(
    session: Session,
    *,
    teacher: User,
    name: str,
    now: datetime,
    reveal_policy: RevealPolicy = RevealPolicy.ON_REQUEST,
) -> Classroom:
    """Make a class with a join code of its own. Raises: ClassNameInvalid."""
    classroom = Classroom(
        ref=new_ref(),
        name=_class_name(name),
        teacher=teacher,
        join_code=_unused_code(session),
        reveal_policy=reveal_policy,
        created_at=now,
    )
    session.add(classroom)
    session.flush()
    return classroom


def find_classroom(session: Session, *, ref: str, teacher: User) -> Classroom:
    """Return a class by its reference, for its own teacher alone. Raises: NotFound."""
    found = session.scalar(select(Classroom).where(Classroom.ref == ref, Classroom.teacher_id == teacher.id))
    if found is None:
        raise NotFound
    return found


def classes_of(session: Session, *, teacher: User) -> Sequence[Classroom]:
    """Return a teacher's classes, open ones first, then by name."""
    query = select(Classroom).where(Classroom.teacher_id == teacher.id)
    return session.scalars(query.order_by(Classroom.closed_at.is_not(None), Classroom.name)).all()


def classes_joined(session: Session, *, student: User) -> Sequence[Classroom]:
    """Return the classes that a student is in, open ones first, then by name."""
    query = select(Classroom).join(Membership).where(_is_member(student))
    return session.scalars(query.order_by(Classroom.closed_at.is_not(None), Classroom.name)).all()


def find_joined(session: Session, *, ref: str, student: User) -> Classroom:
    """Return a class by its reference, for a student who is in it. Raises: NotAMember."""
    found = session.scalar(
        select(Classroom).join(Membership).where(Classroom.ref == ref, _is_member(student))
    )
    if found is None:
        raise NotAMember
    return found


def join(session: Session, *, student: User, code: str, now: datetime) -> Classroom:
    """Put a student into the class with this code; joining twice changes nothing.

    Raises: JoinCodeUnknown, ClassClosed.
    """
    classroom = session.scalar(select(Classroom).where(Classroom.join_code == read_join_code(code)))
    if classroom is None:
        raise JoinCodeUnknown
    if classroom.closed_at is not None:
        raise ClassClosed(classroom.name, joining=True)
    membership = _membership(session, classroom, student)
    if membership is None:
        session.add(Membership(classroom=classroom, student=student, joined_at=now))
    else:
        membership.left_at = None
    session.flush()
    return classroom


def leave(session: Session, *, student: User, classroom: Classroom, now: datetime) -> None:
    """Take a student out of a class; what was handed in stays with the class. Raises: NotAMember."""
    membership = _membership(session, classroom, student)
    if membership is None or membership.left_at is not None:
        raise NotAMember
    membership.left_at = now
    session.flush()


def is_member(session: Session, *, student: User, classroom: Classroom) -> bool:
    """Tell whether a student is in a class now."""
    membership = _membership(session, classroom, student)
    return membership is not None and membership.left_at is None


def members(session: Session, *, classroom: Classroom) -> Sequence[User]:
    """Return the students of a class by display name."""
    query = select(User).join(Membership, Membership.student_id == User.id)
    query = query.where(Membership.classroom_id == classroom.id, Membership.left_at.is_(None))
    return session.scalars(query.order_by(User.display_name, User.id)).all()


def close(session: Session, *, classroom: Classroom, now: datetime) -> None:
    """Take no new work and no new members; what is there stays readable and reviewable."""
    classroom.closed_at = classroom.closed_at or now
    session.flush()


def reopen(session: Session, *, classroom: Classroom) -> None:
    """Take new work again."""
    classroom.closed_at = None
    session.flush()


def set_reveal_policy(session: Session, *, classroom: Classroom, policy: RevealPolicy) -> None:
    """Choose when students may see the full key points; what has been seen stays visible."""
    classroom.reveal_policy = policy
    session.flush()


def rename(session: Session, *, classroom: Classroom, name: str) -> None:
    """Give a class another name. Raises: ClassNameInvalid."""
    classroom.name = _class_name(name)
    session.flush()


def new_code_for(session: Session, *, classroom: Classroom) -> str:
    """Replace the join code, so that the old one lets nobody in; members stay. Return the new one."""
    classroom.join_code = _unused_code(session)
    session.flush()
    return classroom.join_code


def _class_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= MAX_CLASS_NAME or not name.isprintable():
        raise ClassNameInvalid(limit=MAX_CLASS_NAME)
    return name


def _unused_code(session: Session) -> str:
    while True:
        code = new_join_code()
        if session.scalar(select(Classroom.id).where(Classroom.join_code == code)) is None:
            return code


def _membership(session: Session, classroom: Classroom, student: User) -> Membership | None:
    query = select(Membership).where(Membership.classroom_id == classroom.id)
    return session.scalar(query.where(Membership.student_id == student.id))


def _is_member(student: User) -> ColumnElement[bool]:
    return (Membership.student_id == student.id) & Membership.left_at.is_(None)
