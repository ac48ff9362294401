"""Becoming a teacher: by a one-time link, once, and by nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Draft, Prompt
from services import accounts, drafts
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from web.clock import now

COLE = {"display_name": "Dr Søren Cole", "username": "dr.cole", "password": "chalk and slate"}


@pytest.fixture
def link(database: Database) -> str:
    with database() as session:
        return "/first-teacher/" + accounts.invite_teacher(session, now=now(), from_console=True)


def test_the_link_makes_a_teacher(anybody: Browser, link: str) -> None:
    assert "It works once" in anybody.get(link).text
    assert anybody.post(link, data=COLE).location == "/classes"
    assert anybody.get("/classes").status_code == 200


def test_the_link_works_once(anybody: Browser, ada: Browser, link: str) -> None:
    anybody.post(link, data=COLE)
    for answer in (ada.get(link), ada.post(link, data=COLE | {"username": "second"})):
        assert answer.status_code == 410
        assert "Ask whoever runs Markscheme" in answer.text
    assert ada.get("/classes").status_code == 403


def test_a_link_that_was_never_given_makes_nothing(anybody: Browser) -> None:
    assert anybody.get("/first-teacher/made-up").status_code == 410
    assert anybody.post("/first-teacher/made-up", data=COLE).status_code == 410
    assert anybody.get("/account").location == "/login?next=/account"


def test_a_link_runs_out(anybody: Browser, database: Database) -> None:
    with database() as session:
        token = accounts.invite_teacher(session, now=now() - timedelta(days=15), from_console=True)
    assert anybody.get(f"/first-teacher/{token}").status_code == 410


def test_a_refused_form_leaves_the_link_alone(anybody: Browser, link: str) -> None:
    answer = anybody.post(link, data=COLE | {"username": "ada"})
    assert answer.status_code == 422
    assert "taken" in answer.text
    assert anybody.post(link, data=COLE).status_code == 303


def test_other_verbs_are_refused(anybody: Browser, link: str) -> None:
    assert anybody.put(link).status_code == 405


def test_a_guest_who_becomes_a_teacher_keeps_the_work(
    anybody: Browser, database: Database, link: str
) -> None:
    with database() as session:
        guest = accounts.create_guest(session, now=NOON)
        prompt = session.scalars(select(Prompt)).first()
        assert prompt is not None
        drafts.save_draft(
            session, student=guest, prompt=prompt, text="Tried out.", plan="", seen_revision=0, now=NOON
        )
        anybody.enter_as(guest)
    anybody.post(link, data=COLE)
    with database() as session:
        teacher = accounts.find_by_username(session, username=COLE["username"])
        assert teacher is not None
        assert session.scalars(select(Draft.text).where(Draft.student_id == teacher.id)).all() == [
            "Tried out."
        ]
