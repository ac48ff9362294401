"""The demonstration class: synthetic people and essays, made once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import prompts
from models import Submission, User
from services import catalogue, demonstration, drafts
from services.demonstration import Demonstration
from services.review_queue import ReviewState, queue
from services.scoring import ScorerSource
from tests.factories import NOON
from tests.fakes import broken_scorers, scorers_giving

NOTHING_FOUND = scorers_giving()


def create(
    session: Session, password_hash: str = "hash", scorers: ScorerSource = NOTHING_FOUND
) -> Demonstration:
    catalogue.sync_prompts(session, units=prompts.load_all(), now=NOON)
    return demonstration.create_demonstration(
        session, units=prompts.load_all(), now=NOON, password_hash=password_hash, scorers=scorers
    )


@pytest.fixture
def shown(session: Session) -> Demonstration:
    return create(session)


def test_forty_synthetic_essays_are_handed_in_and_some_are_reviewed(
    session: Session, shown: Demonstration
) -> None:
    rows = queue(session, classroom=shown.classroom)
    states = {row.state for row in rows}
    assert len(rows) == 40
    assert {ReviewState.TO_REVIEW, ReviewState.REVIEWED} <= states
    assert ReviewState.AWAITING not in states
    assert max(row.submitted_at for row in rows) <= NOON


def test_some_students_have_redrafted_and_one_is_writing(session: Session, shown: Demonstration) -> None:
    assert max(row.number for row in queue(session, classroom=shown.classroom)) == 2
    first = session.scalars(select(User).where(User.username == shown.students[0])).one()
    assert len(drafts.open_drafts(session, student=first)) == 1


def test_its_people_are_plainly_synthetic(session: Session, shown: Demonstration) -> None:
    assert {row.student[:8] for row in queue(session, classroom=shown.classroom)} == {"Student "}
    assert shown.classroom.name == "12B (demonstration)"


def test_a_second_start_changes_the_password_and_nothing_else(session: Session, shown: Demonstration) -> None:
    again = create(session, "another hash")
    assert (again.created, again.classroom, again.students) == (False, shown.classroom, shown.students)
    assert session.scalar(select(func.count()).select_from(Submission)) == 40
    assert set(session.scalars(select(User.password))) == {"another hash"}


def test_a_scorer_that_fails_leaves_its_essays_awaiting(session: Session) -> None:
    rows = queue(session, classroom=create(session, scorers=broken_scorers).classroom)
    assert {row.state for row in rows} == {ReviewState.AWAITING}
