"""Join a class with its code, and leave it again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import Classroom
from services import classrooms
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from tests.integration.web.practice import SLUG, make_class, person


@pytest.fixture
def code(database: Database) -> str:
    """The join code of Ms Cole's class, in which nobody is yet."""
    with database() as session:
        return make_class(session, students=(), name="12B Histoire & Géo").join_code


def members(database: Database) -> list[str]:
    with database() as session:
        classroom = session.scalars(select(Classroom)).one()
        return [user.username for user in classrooms.members(session, classroom=classroom)]


def test_joins_whatever_the_case_and_spacing(ada: Browser, database: Database, code: str) -> None:
    answer = ada.post("/join", data={"code": f" {code[:3].lower()} {code[3:].lower()} "})
    assert answer.status_code == 303
    assert members(database) == ["ada"]
    assert "You are in 12B Histoire &amp; Géo, with Ms Zoë Cole" in ada.get(answer.location).text


def test_lets_a_guest_join(anybody: Browser, database: Database, code: str) -> None:
    anybody.post("/start", data={"slug": SLUG})
    assert anybody.post("/join", data={"code": code}).status_code == 303
    assert len(members(database)) == 1


def test_joining_twice_changes_nothing(ada: Browser, database: Database, code: str) -> None:
    for _ in range(2):
        assert ada.post("/join", data={"code": code}).status_code == 303
    assert members(database) == ["ada"]


@pytest.mark.parametrize("wrong", ["ZZZZZZ", "1", "' OR 1=1 --", "коды", "\x00", "a" * 39])
def test_says_beside_the_field_that_no_class_has_a_code(ada: Browser, code: str, wrong: str) -> None:
    answer = ada.post("/join", data={"code": wrong})
    assert answer.status_code == 422
    assert "No class has this code" in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("wrong", ["", "   ", "a" * 41])
def test_refuses_what_cannot_be_a_code(ada: Browser, wrong: str) -> None:
    assert ada.post("/join", data={"code": wrong}).status_code == 422


def test_refuses_a_closed_class(ada: Browser, database: Database, code: str) -> None:
    with database() as session:
        session.scalars(select(Classroom)).one().closed_at = NOON
    answer = ada.post("/join", data={"code": code})
    assert answer.status_code == 422
    assert "is closed" in answer.text


def test_shows_the_form_and_the_classes_joined(ada: Browser, database: Database) -> None:
    with database() as session:
        make_class(session, name="Set 2")
    page = ada.get("/join")
    assert page.status_code == 200
    assert "Set 2" in page.text


def test_sends_somebody_unknown_to_sign_in(anybody: Browser) -> None:
    assert anybody.get("/join").status_code == 303
    assert anybody.post("/join", data={"code": "ABCDEF"}).status_code == 401


def test_answers_other_verbs_with_405(ada: Browser) -> None:
    assert ada.delete("/join").status_code == 405
    assert ada.get("/classes/some-class/leave").status_code in {404, 405}


def test_leaves_a_class_and_may_come_back(ada: Browser, database: Database, code: str) -> None:
    ada.post("/join", data={"code": code})
    with database() as session:
        ref = session.scalars(select(Classroom)).one().ref
    assert ada.post(f"/classes/{ref}/leave").status_code == 303
    assert members(database) == []
    ada.post("/join", data={"code": code})
    assert members(database) == ["ada"]


def test_nobody_leaves_a_class_that_is_not_theirs(ben: Browser, anybody: Browser, database: Database) -> None:
    with database() as session:
        classroom = make_class(session)
        ref, _ = classroom.ref, person(session, "ada")
    assert ben.post(f"/classes/{ref}/leave").status_code == 404
    assert anybody.post(f"/classes/{ref}/leave").status_code == 401
    assert members(database) == ["ada"]
