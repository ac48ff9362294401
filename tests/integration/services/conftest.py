"""The personae and a small question, stored."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models import Classroom, Prompt, User
from tests.factories import make_class, make_prompt, make_student, make_teacher


@pytest.fixture
def ada(session: Session) -> User:
    return make_student(session, "ada", "Ada O’Brien-Nguyễn")


@pytest.fixture
def ben(session: Session) -> User:
    return make_student(session, "ben", "Ben Šťastný")


@pytest.fixture
def ms_cole(session: Session) -> User:
    return make_teacher(session, "ms_cole", "Ms Zoë Cole")


@pytest.fixture
def mr_drew(session: Session) -> User:
    return make_teacher(session, "mr_drew", "Mr Đặng Drew")


@pytest.fixture
def prompt(session: Session) -> Prompt:
    return make_prompt(session)


@pytest.fixture
def classroom(session: Session, ms_cole: User, ada: User, ben: User) -> Classroom:
    """Ms Cole's class, which Ada and Ben have joined."""
    return make_class(session, ms_cole, ada, ben)
