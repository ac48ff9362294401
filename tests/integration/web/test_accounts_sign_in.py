"""Signing in and out: by user name and password, a guest's work coming along, nothing told to strangers."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from models import Draft, Prompt
from services import accounts, drafts
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from web.accounts.passwords import hashed

PHRASE = "grüne Äpfel im März"


@pytest.fixture
def registered(app: Flask, database: Database) -> str:
    """Somebody with an account: Siân, who signs in as sian.ó."""
    with app.app_context():
        password_hash = hashed(PHRASE)
    with database() as session:
        accounts.register(
            session, username="sian.ó", display_name="Siân Ó Briain", password_hash=password_hash, now=NOON
        )
    return "sian.ó"


def test_the_form_is_open_to_anybody(anybody: Browser) -> None:
    assert anybody.get("/login").status_code == 200


def test_a_name_and_its_password_sign_in(anybody: Browser, registered: str) -> None:
    answer = anybody.post("/login", data={"username": registered, "password": PHRASE})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Siân" in anybody.get("/account").text


def test_capitals_and_composed_accents_do_not_matter(anybody: Browser, registered: str) -> None:
    decomposed = "gru\u0308ne A\u0308pfel im Ma\u0308rz"
    answer = anybody.post("/login", data={"username": " Sian.Ó ", "password": decomposed})
    assert answer.status_code == 303


def test_signing_in_leads_to_where_one_wanted_to_go(anybody: Browser, registered: str) -> None:
    data = {"username": registered, "password": PHRASE, "next": "/history?from=1"}
    assert anybody.post("/login", data=data).location == "/history?from=1"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "/a\nb"])
def test_signing_in_leads_nowhere_else(anybody: Browser, registered: str, elsewhere: str) -> None:
    data = {"username": registered, "password": PHRASE, "next": elsewhere}
    assert anybody.post("/login", data=data).location == "/"


@pytest.mark.parametrize(
    "username, password",
    [("sian.ó", "not this"), ("nobody", PHRASE), ("ada", ""), ("", "x"), ("ada", "x")],
)
def test_what_does_not_fit_together_says_the_same(
    anybody: Browser, registered: str, username: str, password: str
) -> None:
    answer = anybody.post("/login", data={"username": username, "password": password})
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text
    if username and password:
        assert "do not belong together" in answer.text
    assert PHRASE not in answer.text


def test_a_guest_who_signs_in_brings_the_work_along(
    anybody: Browser, registered: str, database: Database
) -> None:
    _write_as_guest(anybody, database, "Мой черновик: grain rose.")
    anybody.post("/login", data={"username": registered, "password": PHRASE})
    with database() as session:
        owner = accounts.find_by_username(session, username=registered)
        assert owner is not None
        assert session.scalars(select(Draft.text).where(Draft.student_id == owner.id)).all() == [
            "Мой черновик: grain rose."
        ]


def test_somebody_signed_in_is_sent_on(ada: Browser) -> None:
    assert ada.get("/login?next=/history").location == "/history"


def test_a_teacher_begins_with_the_classes(ms_cole: Browser) -> None:
    assert ms_cole.get("/login").location == "/classes"


def test_a_guest_may_sign_in(anybody: Browser, database: Database) -> None:
    _write_as_guest(anybody, database, "x")
    assert anybody.get("/login").status_code == 200


def test_other_verbs_are_refused(anybody: Browser) -> None:
    answer = anybody.put("/login")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_signing_out_asks_once_and_forgets(ada: Browser) -> None:
    assert "Sign out?" in ada.get("/logout").text
    assert ada.post("/logout").location == "/"
    assert ada.get("/account").location == "/login?next=/account"


def test_a_guest_hears_what_leaving_means(anybody: Browser, database: Database) -> None:
    _write_as_guest(anybody, database, "x")
    assert "Register and keep it" in anybody.get("/logout").text


def test_nobody_has_nothing_to_sign_out_of(anybody: Browser) -> None:
    assert anybody.get("/logout").location == "/"


def test_guesses_at_one_name_are_limited(limited: Browser) -> None:
    codes = [limited.post("/login", data={"username": "Ada", "password": ""}).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    assert "Please wait" in limited.post("/login", data={"username": "ada", "password": ""}).text
    assert limited.post("/login", data={"username": "ben", "password": ""}).status_code == 422


def test_a_guest_cannot_be_entered_by_name(anybody: Browser, database: Database) -> None:
    with database() as session:
        name = accounts.create_guest(session, now=NOON).username
    assert anybody.post("/login", data={"username": name, "password": "x"}).status_code == 422


def _write_as_guest(browser: Browser, database: Database, text: str) -> None:
    with database() as session:
        guest = accounts.create_guest(session, now=NOON)
        prompt = session.scalars(select(Prompt)).first()
        assert prompt is not None
        drafts.save_draft(
            session, student=guest, prompt=prompt, text=text, plan="", seen_revision=0, now=NOON
        )
        browser.enter_as(guest)
