"""The questions, and the way in without an account."""

from __future__ import annotations

from sqlalchemy import func, select

from models import User
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.practice import ESSAY, SLUG, autosave, handed_in, text_area


def test_lists_the_questions_by_unit_to_anybody(anybody: Browser) -> None:
    page = anybody.get("/")
    assert page.status_code == 200
    assert "Khrushchev in power" in page.text
    assert page.text.count("<article") == 7


def test_says_on_a_first_visit_what_this_is_and_that_no_account_is_needed(anybody: Browser) -> None:
    assert "No account is needed" in anybody.get("/").text


def test_shows_what_the_student_has_done(ada: Browser) -> None:
    handed_in(ada)
    page = ada.get("/").text
    assert "No account is needed" not in page
    assert "1 draft" in page
    assert "Latest feedback" in page
    assert "Redraft" in page


def test_offers_to_continue_an_open_draft(ada: Browser) -> None:
    autosave(ada, "Begun")
    assert "Continue" in ada.get("/").text


def test_shows_nobody_elses_work(ada: Browser, ben: Browser) -> None:
    handed_in(ada)
    assert "1 draft" not in ben.get("/").text


def test_shows_the_questions_to_a_teacher_too(ms_cole: Browser) -> None:
    assert ms_cole.get("/").status_code == 200


def test_answers_other_verbs_with_405(ada: Browser) -> None:
    assert ada.post("/").status_code == 405
    assert ada.get("/start").status_code == 405


def test_start_makes_a_guest_and_opens_the_question(anybody: Browser, database: Database) -> None:
    answer = anybody.post("/start", data={"slug": SLUG})
    assert answer.status_code == 303
    assert answer.location == f"/questions/{SLUG}/write"
    assert "Practising as a guest" in anybody.get(answer.location).text
    with database() as session:
        assert session.scalar(select(func.count()).where(User.guest)) == 1


def test_start_makes_no_guest_of_somebody_signed_in(ada: Browser, database: Database) -> None:
    ada.post("/start", data={"slug": SLUG})
    with database() as session:
        assert session.scalar(select(func.count()).where(User.guest)) == 0


def test_start_with_an_unknown_question_is_404_and_makes_nobody(anybody: Browser, database: Database) -> None:
    for slug in ("no-such-question", "", "../../etc"):
        assert anybody.post("/start", data={"slug": slug}).status_code == 404
    with database() as session:
        assert session.scalar(select(func.count()).where(User.guest)) == 0


def test_two_guests_never_see_each_others_work(app: object, anybody: Browser, ben: Browser) -> None:
    anybody.post("/start", data={"slug": SLUG})
    autosave(anybody, ESSAY)
    other = anybody.application.test_client()
    assert isinstance(other, Browser)
    other.post("/start", data={"slug": SLUG})
    assert text_area(other.get(f"/questions/{SLUG}/write").text, "essay") == ""
