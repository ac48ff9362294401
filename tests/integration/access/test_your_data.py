"""Your data: shown to everybody, handed over to its owner, erased for its owner, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from models import AuditEvent, MarkCount, Submission, User
from services import accounts
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.practice import ESSAY, SLUG, autosave, handed_in
from web import clock, retention
from web.accounts.passwords import hashed

PHRASE = "drei grüne Äpfel"


@pytest.fixture
def with_password(app: Flask, database: Database) -> None:
    with app.app_context():
        password_hash = hashed(PHRASE)
    with database() as session:
        for user in session.scalars(select(User)):
            user.password = password_hash


@pytest.fixture
def ada(with_password: None, browser_of: Callable[[str], Browser]) -> Browser:
    """Ada, with a password, an essay and a draft."""
    ada = browser_of("ada")
    handed_in(ada, ESSAY)
    autosave(ada, f"{ESSAY} Redrafted, ça va.", plan="A plan of Ada’s.")
    return ada


@pytest.mark.parametrize("who", ["", "ada", "ms_cole"])
def test_what_is_kept_is_said_to_everybody(
    anybody: Browser, browser_of: Callable[[str], Browser], who: str
) -> None:
    page = (browser_of(who) if who else anybody).get("/your-data")
    assert page.status_code == 200
    assert "180 days after the last thing that was written" in page.text
    assert ("Download my data" in page.text) == bool(who)
    assert ("Erase everything" in page.text) == (who == "ada")


def test_the_file_holds_what_was_written(ada: Browser, database: Database) -> None:
    answer = ada.get("/your-data/file")
    assert answer.headers["Content-Disposition"] == "attachment; filename=markscheme-my-data.json"
    data = json.loads(answer.data)
    assert data["essays"][0]["essay"] == ESSAY
    assert data["drafts"][0]["plan"] == "A plan of Ada’s."
    assert "Ada O’Brien-Nguyễn" in answer.text
    with database() as session:
        assert session.scalars(select(AuditEvent.action)).all() == ["hand-over"]


def test_erasing_takes_a_tick_and_the_password(ada: Browser, database: Database) -> None:
    for data in ({}, {"sure": "y"}, {"password": PHRASE}, {"sure": "y", "password": "not this one"}):
        assert ada.post("/your-data/erase", data=data).status_code == 422
    with database() as session:
        assert session.scalars(select(Submission.essay)).all() == [ESSAY]


def test_erasing_leaves_a_count_and_signs_out(ada: Browser, database: Database) -> None:
    answer = ada.post("/your-data/erase", data={"sure": "y", "password": PHRASE})
    assert answer.location == "/"
    assert "is erased" in ada.get("/").text
    assert ada.get("/history").status_code == 303
    with database() as session:
        assert session.scalars(select(Submission)).all() == []
        assert accounts.find_by_username(session, username="ada") is None
        assert session.scalars(select(MarkCount.essays)).all() == [1]


def test_the_name_is_free_again(ada: Browser) -> None:
    ada.post("/your-data/erase", data={"sure": "y", "password": PHRASE})
    data = {"username": "ada", "display_name": "Another Ada", "password": PHRASE}
    assert ada.post("/register", data=data).status_code == 303
    assert ESSAY not in ada.get("/your-data/file").text


def test_a_guest_is_erased_without_a_password(anybody: Browser, database: Database) -> None:
    anybody.post("/start", data={"slug": SLUG})
    handed_in(anybody, ESSAY)
    assert "Your password" not in anybody.get("/your-data").text
    assert anybody.post("/your-data/erase", data={}).status_code == 422
    assert anybody.post("/your-data/erase", data={"sure": "y"}).location == "/"
    with database() as session:
        assert session.scalars(select(User).where(User.guest)).all() == []


def test_a_teacher_is_told_why_not(with_password: None, ms_cole: Browser) -> None:
    answer = ms_cole.post("/your-data/erase", data={"sure": "y", "password": PHRASE})
    assert answer.status_code == 422
    assert "marks and reasons" in answer.text


def test_a_guest_who_leaves_hears_of_it(anybody: Browser) -> None:
    anybody.post("/start", data={"slug": SLUG})
    assert 'href="/your-data#erase"' in anybody.get("/logout").text


def test_nobody_signed_in_has_nothing_to_take_or_erase(anybody: Browser) -> None:
    assert anybody.get("/your-data/file").location == "/login?next=/your-data/file"
    assert anybody.post("/your-data/erase", data={"sure": "y"}).status_code == 401


def test_the_caretaker_takes_away_what_is_kept_no_longer(app: Flask, database: Database) -> None:
    with database() as session:
        accounts.create_guest(session, now=clock.now() - timedelta(days=181))
        accounts.create_guest(session, now=clock.now() - timedelta(days=179))
    with app.app_context():
        retention.expire_if_due(app)
        assert _guests(database) == 2
        app.extensions["next-expiry"] = clock.now()
        retention.expire_if_due(app)
    assert _guests(database) == 1


def _guests(database: Database) -> int:
    with database() as session:
        return len(session.scalars(select(User).where(User.guest)).all())
