"""Registering: no email address, a guest keeps the work, what is refused is said beside its field."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import Prompt, User
from services import accounts, drafts
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database

NGUYEN = {"display_name": "Nguyễn Thị O’Hara", "username": "nguyen.o-hara", "password": "three wet socks"}


def test_the_form_is_open_to_anybody(anybody: Browser) -> None:
    assert "No email address is needed" in anybody.get("/register").text


def test_registering_signs_in(anybody: Browser) -> None:
    answer = anybody.post("/register", data=NGUYEN)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Nguyễn Thị O’Hara" in anybody.get("/account").text


def test_a_guest_keeps_the_work(anybody: Browser, database: Database) -> None:
    with database() as session:
        guest = accounts.create_guest(session, now=NOON)
        prompt = session.scalars(select(Prompt)).first()
        assert prompt is not None
        drafts.save_draft(
            session, student=guest, prompt=prompt, text="Kept.", plan="", seen_revision=0, now=NOON
        )
        anybody.enter_as(guest)
        guest_id, slug = guest.id, prompt.slug
    assert "stays yours" in anybody.get("/register").text
    anybody.post("/register", data=NGUYEN)
    with database() as session:
        person = session.get_one(User, guest_id)
        assert (person.username, person.guest) == ("nguyen.o-hara", False)
        prompt = session.scalars(select(Prompt).where(Prompt.slug == slug)).one()
        draft = drafts.find_draft(session, student=person, prompt=prompt)
        assert draft is not None
        assert draft.text == "Kept."


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"username": "ADA"}, "taken"),
        ({"username": "guest-x1"}, "taken"),
        ({"username": "a b c d"}, "no spaces"),
        ({"username": ""}, "Choose a user name"),
        ({"password": "short"}, "8 to 200 characters"),
        ({"password": "x" * 201}, "8 to 200 characters"),
        ({"password": "Nguyen.O-Hara"}, "not your user name"),
        ({"display_name": "\u202eevil"}, "Give a name"),
        ({"display_name": ""}, "the name that your teacher knows you by"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(
    anybody: Browser, changed: dict[str, str], said: str
) -> None:
    answer = anybody.post("/register", data=NGUYEN | changed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "three wet socks" not in answer.text
    assert anybody.get("/account").status_code == 303


def test_somebody_with_an_account_needs_no_second_one(ada: Browser) -> None:
    assert ada.get("/register").location == "/account"
    assert ada.post("/register", data=NGUYEN).location == "/account"


def test_other_verbs_are_refused(anybody: Browser) -> None:
    assert anybody.delete("/register").status_code == 405
