"""One's own account: name, password, other browsers; nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from models import User
from services import accounts
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from web.accounts.passwords import hashed

OLD, NEW = "old socks, old shoes", "nouvelles chaussures"

POSTS = ["/account", "/account/password", "/account/sign-out-elsewhere"]


@pytest.fixture
def with_password(app: Flask, database: Database) -> None:
    """Ada has a password."""
    with app.app_context():
        password_hash = hashed(OLD)
    with database() as session:
        session.scalars(select(User).where(User.username == "ada")).one().password = password_hash


@pytest.fixture
def guest(anybody: Browser, database: Database) -> Browser:
    with database() as session:
        return anybody.enter_as(accounts.create_guest(session, now=NOON))


def test_a_student_and_a_teacher_see_their_own(ada: Browser, ms_cole: Browser) -> None:
    assert "Ada O’Brien-Nguyễn" in ada.get("/account").text
    assert "you are a teacher" in ms_cole.get("/account").text


def test_strangers_sign_in_first(anybody: Browser) -> None:
    assert anybody.get("/account").location == "/login?next=/account"


@pytest.mark.parametrize("address", POSTS)
def test_strangers_change_nothing(anybody: Browser, address: str) -> None:
    assert anybody.post(address, data={"display_name": "X"}).status_code == 401


@pytest.mark.parametrize("address", POSTS)
def test_a_guest_registers_first(guest: Browser, address: str) -> None:
    assert guest.get("/account").location == "/register"
    assert guest.post(address, data={"display_name": "X"}).status_code == 403


def test_a_new_name_is_shown(ada: Browser) -> None:
    assert ada.post("/account", data={"display_name": "  Адa   Byron "}).location == "/account"
    page = ada.get("/account").text
    assert "Адa Byron" in page
    assert "Your name is saved." in page


@pytest.mark.parametrize("name", ["", "x" * 61, "a\u0000b"])
def test_a_name_that_cannot_be_shown_is_refused(ada: Browser, name: str) -> None:
    answer = ada.post("/account", data={"display_name": name})
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text


@pytest.mark.usefixtures("with_password")
def test_a_new_password_signs_out_other_browsers(
    ada: Browser, anybody: Browser, browser_of: Callable[[str], Browser]
) -> None:
    elsewhere = browser_of("ada")
    answer = ada.post("/account/password", data={"password": OLD, "new_password": NEW})
    assert answer.location == "/account"
    assert ada.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert anybody.post("/login", data={"username": "ada", "password": OLD}).status_code == 422
    assert anybody.post("/login", data={"username": "ada", "password": NEW}).status_code == 303


@pytest.mark.usefixtures("with_password")
@pytest.mark.parametrize(
    "password, new_password, said",
    [
        ("wrong", NEW, "not your present password"),
        (OLD, "short", "8 to 200"),
        (OLD, "", "Choose a password"),
        ("", NEW, "Type your present password"),
    ],
)
def test_a_password_change_is_refused_in_words(
    ada: Browser, password: str, new_password: str, said: str
) -> None:
    answer = ada.post("/account/password", data={"password": password, "new_password": new_password})
    assert answer.status_code == 422
    assert said in answer.text


def test_other_browsers_can_be_signed_out(ada: Browser, browser_of: Callable[[str], Browser]) -> None:
    elsewhere = browser_of("ada")
    assert ada.post("/account/sign-out-elsewhere").location == "/account"
    assert elsewhere.get("/account").status_code == 303
    assert ada.get("/account").status_code == 200


def test_a_disabled_account_is_signed_out(ada: Browser, database: Database) -> None:
    with database() as session:
        session.scalars(select(User).where(User.username == "ada")).one().active = False
    assert ada.get("/account").status_code == 303


@pytest.mark.parametrize("address", POSTS[1:])
def test_other_verbs_are_refused(ada: Browser, address: str) -> None:
    assert ada.get(address).status_code == 405
