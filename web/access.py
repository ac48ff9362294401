"""Who may load what: every view reaches a person's work through these functions, and no other way.

A stranger's object answers exactly like one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, TypeVar, cast

from flask import abort
from flask_security import current_user

from models import Classroom, Submission, User
from services import classrooms, submissions
from services.errors import NotFound
from web.errors import SignInNeeded
from web.extensions import db

P = ParamSpec("P")
R = TypeVar("R")


def current_person() -> User | None:
    """Return whoever this browser is signed in as, a guest included, or None."""
    return cast(User, current_user._get_current_object()) if current_user.is_authenticated else None


def current_student() -> User:
    """Return the person who practises: a student, a guest, or a teacher who tries a question out."""
    person = current_person()
    if person is None:
        raise SignInNeeded
    return person


def current_teacher() -> User:
    """Return the signed-in teacher; answer 403 to anybody else who is signed in."""
    person = current_student()
    if not person.is_teacher:
        abort(HTTPStatus.FORBIDDEN)
    return person


def current_admin() -> User:
    """Return the signed-in admin; for anybody else there is nothing here."""
    person = current_person()
    if person is None or not person.is_admin:
        raise NotFound
    return person


def require_student(view: Callable[P, R]) -> Callable[P, R]:
    """Open a view to signed-in people only, guests included."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        current_student()
        return view(*args, **kwargs)

    return guarded


def require_teacher(view: Callable[P, R]) -> Callable[P, R]:
    """Open a view to teachers only. To others a class or an essay named in the address does not exist."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if "ref" in kwargs and not current_student().is_teacher:
            raise NotFound
        current_teacher()
        return view(*args, **kwargs)

    return guarded


def own_submission(ref: str) -> Submission:
    """Return the signed-in person's own submission, or NotFound."""
    student = current_student()
    submission = submissions.find_submission(db.session, ref=ref)
    if submission.student_id != student.id:
        raise NotFound
    return submission


def class_of_teacher(ref: str) -> Classroom:
    """Return a class of the signed-in teacher, or NotFound."""
    return classrooms.find_classroom(db.session, ref=ref, teacher=current_teacher())


def submission_for_review(ref: str) -> Submission:
    """Return a submission that was handed in to a class of the signed-in teacher, or NotFound."""
    teacher = current_teacher()
    submission = submissions.find_submission(db.session, ref=ref)
    if submission.classroom is None or submission.classroom.teacher_id != teacher.id:
        raise NotFound
    return submission
