"""How long work is kept: guests' for a while, students' as long as the school says, teachers' for good.

What counts is when a person last wrote, handed in, joined a class or asked for key points. Nothing is erased
without a rule that says so, and `due` shows beforehand whom the rule concerns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import ADMIN, TEACHER, Classroom, Draft, Membership, Reveal, Role, Submission, User
from services import privacy

_ACTS = (
    (Draft.student_id, Draft.updated_at),
    (Submission.student_id, Submission.submitted_at),
    (Membership.student_id, Membership.joined_at),
    (Reveal.student_id, Reveal.revealed_at),
)
"""What a person may have done, and when: whose it is, and its moment."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long after somebody's last act the work is erased; None: never."""

    guests: timedelta | None
    students: timedelta | None


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose time is over."""

    user: User
    last_act: datetime
    essays: int


@dataclass(frozen=True, slots=True)
class Expired:
    """What went."""

    guests: int = 0
    students: int = 0
    essays: int = 0

    def __add__(self, other: Expired) -> Expired:
        """Add up two batches."""
        return Expired(self.guests + other.guests, self.students + other.students, self.essays + other.essays)


def due(session: Session, *, rule: Rule, now: datetime, limit: int | None = None) -> Sequence[Due]:
    """Return whom the rule concerns now, guests first, the longest silent by account first."""
    found: list[User] = []
    for guest, span in ((True, rule.guests), (False, rule.students)):
        if span is not None:
            found += session.scalars(_silent(guest=guest, since=now - span).limit(limit))
    return [_described(session, user) for user in found[:limit]]


def expire(session: Session, *, rule: Rule, now: datetime, limit: int) -> Expired:
    """Erase at most `limit` of those whose time is over; call it again until nothing went."""
    went = Expired()
    for each in due(session, rule=rule, now=now, limit=limit):
        guest = each.user.guest
        erased = privacy.erase(session, user=each.user, now=now)
        went += Expired(guests=int(guest), students=int(not guest), essays=erased.essays)
    return went


def _silent(*, guest: bool, since: datetime) -> Select[User]:
    """Everybody of a kind, teachers left out, who has done nothing since."""
    teaches = User.roles.any(Role.name.in_((TEACHER, ADMIN))) | exists().where(
        Classroom.teacher_id == User.id
    )
    query = select(User).where(User.guest.is_(guest), User.created_at < since, ~teaches)
    return query.where(*(~_acted(who, at, since) for who, at in _ACTS)).order_by(User.id)


def _acted(
    who: InstrumentedAttribute[int], at: InstrumentedAttribute[datetime], since: datetime
) -> ColumnElement[bool]:
    return exists().where(who == User.id, at >= since)


def _described(session: Session, user: User) -> Due:
    moments = [session.scalar(select(func.max(at)).where(who == user.id)) for who, at in _ACTS]
    essays = session.scalar(select(func.count(Submission.id)).where(Submission.student_id == user.id)) or 0
    return Due(user, max(at for at in (user.created_at, *moments) if at is not None), essays)
