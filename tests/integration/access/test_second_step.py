"""The second step: the codes of RFC 6238, good once, asked for after the password, never without it."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from services import accounts, second_step
from services.second_step import code_at, step_of
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from web import clock
from web.accounts import second_step as pages
from web.accounts.passwords import hashed

PHRASE = "drei grüne Äpfel"
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The key of the test vectors in RFC 6238, appendix B: "12345678901234567890"."""


@pytest.fixture
def ms_cole(app: Flask, database: Database, anybody: Browser) -> Browser:
    """Ms Cole, signed in with her password."""
    with app.app_context():
        password_hash = hashed(PHRASE)
    with database() as session:
        user = accounts.find_by_username(session, username="ms_cole")
        assert user is not None
        user.password = password_hash
    sign_in(anybody)
    return anybody


def sign_in(browser: Browser, **more: str) -> str:
    answer = browser.post("/login", data={"username": "ms_cole", "password": PHRASE, **more})
    return str(answer.location)


def shown_key(browser: Browser) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", browser.get("/account/second-step").text)
    assert found
    return found[1].replace(" ", "")


def present_code(key: str, beside: int = 0) -> str:
    return code_at(key, step_of(clock.now()) + beside)


@pytest.fixture
def key(ms_cole: Browser) -> str:
    """Ms Cole's key: the second step is on, and its first code used up."""
    key = shown_key(ms_cole)
    answer = ms_cole.post("/account/second-step", data={"code": present_code(key, -1)})
    assert answer.location == "/account"
    return key


@pytest.mark.parametrize(
    "seconds, code",
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
     (2000000000, "279037"), (20000000000, "353130")],
)  # fmt: skip
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(RFC_KEY, step_of(datetime.fromtimestamp(seconds, UTC))) == code


def test_the_page_shows_a_picture_without_any_request(ms_cole: Browser) -> None:
    page = ms_cole.get("/account/second-step").text
    assert "<svg" in page and 'class="qr"' in page
    assert "otpauth" not in page and "style=" not in page and "xmlns" not in page


def test_the_address_in_the_picture_is_what_apps_expect() -> None:
    assert second_step.address_of(RFC_KEY, username="zoë") == (
        f"otpauth://totp/Markscheme:zo%C3%AB?secret={RFC_KEY}&issuer=Markscheme"
    )


def test_it_is_on_only_after_a_code_that_fits(ms_cole: Browser) -> None:
    shown_key(ms_cole)
    assert ms_cole.post("/account/second-step", data={"code": "000000"}).status_code == 422
    assert "Off:" in ms_cole.get("/account").text


def test_signing_in_asks_for_the_code_and_leads_on(ms_cole: Browser, key: str) -> None:
    ms_cole.post("/logout")
    assert sign_in(ms_cole, next="/classes/new") == "/login/code"
    assert ms_cole.get("/account").status_code == 303
    answer = ms_cole.post("/login/code", data={"code": present_code(key)})
    assert answer.location == "/classes/new"
    assert ms_cole.get("/account").status_code == 200


def test_a_code_is_good_once(ms_cole: Browser, key: str) -> None:
    code = present_code(key)
    for status in (303, 422):
        ms_cole.post("/logout")
        sign_in(ms_cole)
        assert ms_cole.post("/login/code", data={"code": code}).status_code == status


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "１２３４５６", "9" * 500])
def test_another_code_is_refused_in_words(ms_cole: Browser, key: str, code: str) -> None:
    ms_cole.post("/logout")
    sign_in(ms_cole)
    answer = ms_cole.post("/login/code", data={"code": code})
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text
    assert ms_cole.get("/account").status_code == 303


def test_there_is_no_code_without_a_password(anybody: Browser, ms_cole: Browser, key: str) -> None:
    anybody.post("/logout")
    assert anybody.get("/login/code").location == "/login"
    assert anybody.post("/login/code", data={"code": present_code(key)}).location == "/login"


def test_the_password_is_forgotten_after_a_few_minutes(
    ms_cole: Browser, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ms_cole.post("/logout")
    sign_in(ms_cole)
    monkeypatch.setattr(pages, "now", lambda: clock.now() + timedelta(minutes=6))
    assert ms_cole.post("/login/code", data={"code": present_code(key)}).location == "/login"


def test_a_wrong_password_says_nothing_of_a_second_step(ms_cole: Browser, key: str) -> None:
    ms_cole.post("/logout")
    answer = ms_cole.post("/login", data={"username": "ms_cole", "password": "not this one"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.text


def test_switching_it_on_signs_other_browsers_out(ms_cole: Browser, app: Flask) -> None:
    other = Browser(app, app.response_class)
    sign_in(other)
    key = shown_key(ms_cole)
    ms_cole.post("/account/second-step", data={"code": present_code(key)})
    assert other.get("/account").status_code == 303
    assert ms_cole.get("/account").status_code == 200


def test_switching_it_off_takes_the_password(ms_cole: Browser, key: str) -> None:
    refused = ms_cole.post("/account/second-step/off", data={"password": "not this one"})
    assert refused.status_code == 422
    assert "not your present password" in html.unescape(refused.text)
    assert ms_cole.post("/account/second-step/off", data={"password": PHRASE}).location == "/account"
    ms_cole.post("/logout")
    assert sign_in(ms_cole) == "/classes"


def test_it_is_for_teachers(ada: Browser) -> None:
    assert ada.get("/account/second-step").status_code == 403
    assert ada.post("/account/second-step", data={"code": "000000"}).status_code == 403


def test_guesses_at_codes_are_limited_for_the_person(database: Database, limited: Browser) -> None:
    with database() as session:
        user = accounts.find_by_username(session, username="ms_cole")
        assert user is not None
        user.second_key, uniquifier = RFC_KEY, user.fs_uniquifier
    with limited.session_transaction() as session:
        session[pages.HALF_ENTERED] = [uniquifier, "/", int(clock.now().timestamp())]
    codes = [limited.post("/login/code", data={"code": "000000"}).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]
