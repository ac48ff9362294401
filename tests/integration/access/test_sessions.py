"""Sessions: out of reach of scripts, new at each sign-in, ended in time, and never at the cost of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from models import User
from services import accounts
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.practice import ESSAY, SLUG, autosave, submit
from web import clock, sessions
from web.accounts.passwords import hashed
from web.config import Settings
from web.extensions import db

PHRASE = "grüne Äpfel im März"

Clock = Callable[..., None]


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let time pass for sessions: `passes(hours=3)`."""
    ahead = [timedelta(0)]

    def now() -> datetime:
        return clock.now() + ahead[0]

    def let_pass(**span: float) -> None:
        ahead[0] += timedelta(**span)

    monkeypatch.setattr(sessions, "now", now)
    return let_pass


@pytest.fixture
def with_password(app: Flask, database: Database) -> None:
    """Ada and Ms Cole sign in with the same phrase."""
    with app.app_context():
        password_hash = hashed(PHRASE)
    with database() as session:
        for username in ("ada", "ms_cole"):
            user = accounts.find_by_username(session, username=username)
            assert user is not None
            user.password = password_hash


def sign_in(browser: Browser, username: str = "ada") -> None:
    answer = browser.post("/login", data={"username": username, "password": PHRASE})
    assert answer.status_code == 303


def held(browser: Browser) -> dict[str, Any]:
    with browser.session_transaction() as session:
        return dict(session)


@pytest.fixture
def ada(with_password: None, anybody: Browser) -> Browser:
    sign_in(anybody)
    return anybody


@pytest.fixture
def behind_tls(settings: Settings) -> Iterator[Browser]:
    app = create_app(settings.model_copy(update={"https": True}))
    yield Browser(app, app.response_class)
    with app.app_context():
        db.engine.dispose()


def test_behind_tls_the_cookie_is_secure_and_bound_to_this_host(behind_tls: Browser) -> None:
    cookie = behind_tls.get("/login", base_url="https://marks.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-markscheme=")
    for part in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie


def test_an_accounts_cookie_goes_with_the_browser_and_a_guests_stays(
    ada: Browser, anybody: Browser, app: Flask
) -> None:
    other = Browser(app, app.response_class)
    other.post("/start", data={"slug": SLUG})
    cookies = {
        name: browser.get_cookie("markscheme") for name, browser in (("account", ada), ("guest", other))
    }
    assert cookies["account"] is not None and cookies["account"].expires is None
    assert cookies["guest"] is not None and cookies["guest"].expires is not None


def test_signing_in_begins_a_new_session(with_password: None, anybody: Browser) -> None:
    anybody.get("/login")
    with anybody.session_transaction() as session:
        session["planted"] = "by whoever sat here before"
    before = held(anybody)
    sign_in(anybody)
    after = held(anybody)
    assert "planted" not in after
    assert after["csrf_token"] != before["csrf_token"]


def test_a_guest_who_registers_keeps_the_token_of_open_forms(anybody: Browser) -> None:
    anybody.post("/start", data={"slug": SLUG})
    before = held(anybody)["csrf_token"]
    data = {"username": "nowy", "display_name": "Nový", "password": PHRASE}
    assert anybody.post("/register", data=data).status_code == 303
    assert held(anybody)["csrf_token"] == before


def test_a_browser_left_alone_is_signed_out_and_told_so(ada: Browser, passes: Clock) -> None:
    passes(minutes=119)
    assert ada.get("/history").status_code == 200
    passes(minutes=121)
    assert ada.get("/history").location == "/login?next=/history"
    assert "Nothing is lost" in ada.get("/login").text


def test_whoever_goes_on_writing_stays_signed_in(ada: Browser, passes: Clock) -> None:
    revision = 0
    for minute in range(5):
        passes(minutes=100)
        revision = autosave(ada, f"{ESSAY} {minute}", revision).get_json()["revision"]


def test_at_the_end_of_the_day_everybody_is_signed_out(ada: Browser, passes: Clock) -> None:
    for _ in range(7):
        passes(minutes=100)
        assert ada.get("/history").status_code == 200
    passes(minutes=100)
    assert ada.get("/history").status_code == 303


def test_a_session_that_ran_out_costs_no_text(ada: Browser, passes: Clock) -> None:
    passes(hours=3)
    saved = autosave(ada, ESSAY)
    assert (saved.status_code, saved.get_json()["error"]["code"]) == (401, "sign-in-needed")
    refused = submit(ada, ESSAY)
    assert refused.status_code == 401
    assert "On balance the reforms were a success" in refused.text
    sign_in(ada)
    assert submit(ada, ESSAY).status_code == 303


def test_a_form_that_was_open_meanwhile_needs_no_second_click(ada: Browser, passes: Clock) -> None:
    token = held(ada)["csrf_token"]
    passes(hours=3)
    assert submit(ada, ESSAY).status_code == 401
    sign_in(ada)
    assert held(ada)["csrf_token"] == token


def test_a_guest_stays_since_the_cookie_is_the_only_way_to_the_work(anybody: Browser, passes: Clock) -> None:
    anybody.post("/start", data={"slug": SLUG})
    passes(days=100)
    assert anybody.get("/history").status_code == 200


def test_a_cookie_from_before_is_worth_nothing_once_all_are_signed_out(
    ada: Browser, with_password: None, app: Flask
) -> None:
    stolen = ada.get_cookie("markscheme")
    assert stolen is not None
    thief = Browser(app, app.response_class)
    thief.set_cookie("markscheme", stolen.value)
    assert thief.get("/history").status_code == 200
    ada.post("/account/sign-out-elsewhere")
    assert thief.get("/history").status_code == 303
    assert ada.get("/history").status_code == 200


def test_a_cookie_that_was_tampered_with_is_nobodys(ada: Browser, app: Flask) -> None:
    cookie = ada.get_cookie("markscheme")
    assert cookie is not None
    payload, _, rest = cookie.value.partition(".")
    forger = Browser(app, app.response_class)
    for value in (f"{payload}x.{rest}", f"{payload}.{rest[:-2]}xx", "x", "", "é" * 99):
        forger.set_cookie("markscheme", value.encode().decode("latin-1"))
        assert forger.get("/history").status_code == 303


def test_passwords_are_stored_as_argon2id_alone(anybody: Browser, database: Database) -> None:
    data = {"username": "nowy", "display_name": "Nový", "password": PHRASE}
    anybody.post("/register", data=data)
    with database() as session:
        stored = session.scalars(select(User.password).where(User.username == "nowy")).one()
    assert stored is not None and stored.startswith("$argon2id$")


def test_guesses_at_join_codes_are_limited(limited: Browser) -> None:
    limited.post("/start", data={"slug": SLUG})
    codes = [limited.post("/join", data={"code": f"AAAA{number:02}"}).status_code for number in range(21)]
    assert codes == [422] * 20 + [429]


def test_new_guests_and_accounts_are_limited(limited: Browser) -> None:
    for _ in range(300):
        limited.post("/start", data={"slug": SLUG})
        with limited.session_transaction() as session:
            session.clear()
    assert limited.post("/start", data={"slug": SLUG}).status_code == 429
