"""How much there is of everything, for the page of whoever looks after the service: counts, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from models import TEACHER, Classroom, Draft, Role, Submission, User

LATELY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts at one moment; `lately` is within the last day."""

    teachers: int
    students: int
    guests: int
    classes: int
    drafts: int
    essays: int
    essays_lately: int


def overview(session: Session, *, now: datetime) -> Overview:
    """Count people, classes, open drafts and essays."""
    people = select(func.count(User.id))
    essays = select(func.count(Submission.id))
    teachers = _count(session, people.where(_is_teacher()))
    guests = _count(session, people.where(User.guest))
    return Overview(
        teachers=teachers,
        students=_count(session, people) - teachers - guests,
        guests=guests,
        classes=_count(session, select(func.count(Classroom.id)).where(Classroom.closed_at.is_(None))),
        drafts=_count(session, select(func.count(Draft.id))),
        essays=_count(session, essays),
        essays_lately=_count(session, essays.where(Submission.submitted_at > now - LATELY)),
    )


def _is_teacher() -> ColumnElement[bool]:
    return User.roles.any(Role.name == TEACHER)


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0
