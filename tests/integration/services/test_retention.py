"""Guests go after a while, students when the school says so, teachers never; nobody who wrote lately."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Classroom, Prompt, User
from services import accounts, disclosure, drafts, retention
from services.retention import Expired, Rule
from tests.factories import NOON, make_submission

DAY = timedelta(days=1)
RULE = Rule(guests=180 * DAY, students=None)
SCHOOL = Rule(guests=180 * DAY, students=700 * DAY)


def later(days: float) -> datetime:
    return NOON + days * DAY


@pytest.fixture
def guest(session: Session) -> User:
    return accounts.create_guest(session, now=NOON)


def names(session: Session, rule: Rule, now: datetime) -> list[str]:
    return [each.user.username for each in retention.due(session, rule=rule, now=now)]


def test_a_guest_goes_after_the_guests_time_and_not_before(session: Session, guest: User) -> None:
    assert names(session, RULE, later(179)) == []
    assert names(session, RULE, later(181)) == [guest.username]


def test_whoever_wrote_lately_stays(session: Session, guest: User, prompt: Prompt) -> None:
    drafts.save_draft(
        session, student=guest, prompt=prompt, text="x", plan="", seen_revision=0, now=later(100)
    )
    assert names(session, RULE, later(181)) == []
    (each,) = retention.due(session, rule=RULE, now=later(281))
    assert (each.user, each.last_act, each.essays) == (guest, later(100), 0)


def test_handing_in_and_asking_for_key_points_count_too(
    session: Session, guest: User, prompt: Prompt
) -> None:
    make_submission(session, guest, prompt, now=later(50))
    assert names(session, RULE, later(200)) == []
    disclosure.reveal(session, student=guest, prompt=prompt, now=later(90))
    assert names(session, RULE, later(260)) == []
    assert names(session, RULE, later(271)) == [guest.username]


def test_students_stay_unless_the_school_says_how_long(
    session: Session, ada: User, ben: User, ms_cole: User, classroom: Classroom
) -> None:
    assert names(session, RULE, later(5000)) == []
    assert names(session, SCHOOL, later(699)) == []
    assert names(session, SCHOOL, later(701)) == ["ada", "ben"]


def test_expiring_erases_in_batches_and_says_how_much(
    session: Session, ada: User, ben: User, guest: User, prompt: Prompt
) -> None:
    make_submission(session, ada, prompt)
    batches = [retention.expire(session, rule=SCHOOL, now=later(800), limit=2) for _ in range(3)]
    assert batches == [Expired(1, 1, 1), Expired(0, 1, 0), Expired()]
    assert session.scalars(select(User)).all() == []


def test_without_rules_nothing_goes(session: Session, ada: User, guest: User) -> None:
    assert retention.expire(session, rule=Rule(None, None), now=later(9999), limit=9) == Expired()
