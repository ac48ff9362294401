"""What the tests of the teacher's pages share: a class with an essay in it, and reviewing by HTTP."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from models import Classroom, RevealPolicy, Submission
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.practice import ESSAY, handed_in, make_class


@dataclass(frozen=True, slots=True)
class Room:
    """Ms Cole's class, with one essay that ada handed in to it."""

    ref: str
    code: str
    essay: str

    @property
    def page(self) -> str:
        """The address of the class."""
        return f"/classes/{self.ref}"

    @property
    def review(self) -> str:
        """The address of the essay's review."""
        return f"/review/{self.essay}"


def room_with(
    database: Database,
    student: Browser,
    *,
    essay: str = ESSAY,
    policy: RevealPolicy = RevealPolicy.ON_REQUEST,
    students: tuple[str, ...] = ("ada", "ben"),
) -> Room:
    """Make Ms Cole's class and hand one essay in to it."""
    with database() as session:
        classroom = make_class(session, students=students, policy=policy)
        ref, code = classroom.ref, classroom.join_code
    handed_in(student, essay, classroom=ref)
    return Room(ref, code, latest_essay(database))


def latest_essay(database: Database) -> str:
    """Return the reference of the essay that was handed in last."""
    with database() as session:
        return session.scalars(select(Submission.ref).order_by(Submission.id.desc())).first() or ""


def classroom_of(database: Database, ref: str) -> Classroom:
    """Return a class as it stands in the database."""
    with database() as session:
        found = session.scalars(select(Classroom).where(Classroom.ref == ref)).one()
        session.expunge(found)
        return found


def decide(teacher: Browser, room: Room, number: int, verdict: str, **more: object) -> TestResponse:
    """Choose a verdict for a key point, as its form does."""
    return teacher.post(f"{room.review}/points/{number}", data={"verdict": verdict, **more})


@pytest.fixture
def room(database: Database, ada: Browser) -> Room:
    """A class with one essay by ada."""
    return room_with(database, ada)
