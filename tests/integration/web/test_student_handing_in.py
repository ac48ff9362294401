"""Handing in: once, never lost; what cannot be taken comes back with its text and a clear sentence."""

from __future__ import annotations

import html
from typing import Any

import pytest
from sqlalchemy import func, select

from models import Classroom, Draft, Prompt, Submission
from prompts import load_prompt
from tests.fakes import broken_scorers
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from tests.integration.web.practice import (
    ESSAY,
    SLUG,
    autosave,
    handed_in,
    make_class,
    submit,
    text_area,
)

SUBMIT = f"/questions/{SLUG}/submit"


def stored(database: Database) -> int:
    with database() as session:
        return session.scalar(select(func.count()).select_from(Submission)) or 0


def class_ref(database: Database, **more: object) -> str:
    with database() as session:
        return make_class(session, **more).ref  # type: ignore[arg-type]  # passed on as given


def test_stores_the_essay_and_goes_to_its_feedback(ada: Browser, database: Database) -> None:
    address = handed_in(ada)
    assert address.startswith("/submissions/")
    assert ada.get(address).status_code == 200
    with database() as session:
        submission = session.scalars(select(Submission)).one()
        assert (submission.essay, submission.number) == (ESSAY, 1)


def test_removes_the_draft_that_was_handed_in(ada: Browser, database: Database) -> None:
    revision = autosave(ada, ESSAY).get_json()["revision"]
    handed_in(ada, revision=str(revision))
    with database() as session:
        assert session.scalars(select(Draft)).all() == []


def test_keeps_what_another_tab_has_saved_meanwhile(ada: Browser, database: Database) -> None:
    seen = autosave(ada, "Both tabs").get_json()["revision"]
    autosave(ada, "Written in the other tab", seen)
    handed_in(ada, revision=str(seen))
    with database() as session:
        assert session.scalars(select(Draft)).one().text == "Written in the other tab"


def test_twice_is_one_submission(ada: Browser, database: Database) -> None:
    assert handed_in(ada) == handed_in(ada)
    assert stored(database) == 1


def test_of_two_tabs_with_different_texts_keeps_both(ada: Browser, database: Database) -> None:
    assert handed_in(ada, ESSAY) != handed_in(ada, ESSAY + "\n\nOne more paragraph, from the other tab.")
    assert stored(database) == 2


def test_the_same_text_may_be_handed_in_again_as_a_redraft(ada: Browser) -> None:
    assert handed_in(ada, attempt="1") != handed_in(ada, attempt="2")


def test_by_somebody_signed_out_shows_the_text_again(anybody: Browser, database: Database) -> None:
    answer = submit(anybody)
    assert answer.status_code == 401
    assert "Хрущёвки" in answer.text
    assert "Nothing is lost" in answer.text
    assert stored(database) == 0


def test_with_an_expired_token_shows_the_text_again(ada: Browser, database: Database) -> None:
    ada.careless = True
    answer = submit(ada)
    assert answer.status_code == 400
    assert "Хрущёвки" in answer.text
    assert f'action="{SUBMIT}"' in answer.text
    assert stored(database) == 0


def test_by_get_is_405(ada: Browser) -> None:
    assert ada.get(SUBMIT).status_code == 405


def test_to_an_unknown_question_is_404(ada: Browser) -> None:
    assert submit(ada, slug="no-such-question").status_code == 404


def test_by_a_teacher_is_practice(ms_cole: Browser) -> None:
    assert ms_cole.get(handed_in(ms_cole)).status_code == 200


class TestWhatCannotBeTaken:
    @pytest.mark.parametrize("blank", ["", "   \n\t ", "\u200b\u00a0", "…!?"])
    def test_a_blank_essay(self, ada: Browser, database: Database, blank: str) -> None:
        answer = submit(ada, blank)
        assert answer.status_code == 422
        assert "There is nothing to mark yet" in answer.text
        assert stored(database) == 0

    def test_five_words_are_asked_about_once(self, ada: Browser, database: Database) -> None:
        five = "Khrushchev did quite well, really."
        asked = submit(ada, five)
        assert asked.status_code == 422
        assert "<title>Not handed in: " in asked.text
        assert 'id="problem" tabindex="-1" autofocus' in asked.text
        assert asked.text.count('aria-current="page">Questions<') == 1
        assert "5 words" in asked.text
        assert text_area(asked.text, "essay") == five
        assert stored(database) == 0
        assert submit(ada, five, send="short").status_code == 303
        assert stored(database) == 1

    def test_a_megabyte_comes_back_with_the_limit(self, ada: Browser, database: Database) -> None:
        megabyte = "Grain & “flats”. " * 61_000
        answer = submit(ada, megabyte)
        assert answer.status_code == 422
        assert "100,000" in answer.text
        assert text_area(answer.text, "essay") == megabyte
        assert stored(database) == 0

    def test_more_than_any_essay_is_refused_with_a_page(self, ada: Browser) -> None:
        answer = submit(ada, "x" * 13_000_000)
        assert answer.status_code == 413
        assert "larger than Markscheme takes" in answer.text

    def test_another_language_is_taken_with_an_advisory(self, ada: Browser) -> None:
        german = (
            "Die Wirtschaftsreformen Chruschtschows brachten den Arbeitern kürzere Arbeitszeiten und höhere "
            "Renten. Trotzdem musste die Sowjetunion 1963 Getreide aus dem Westen einführen, weil die Ernte "
            "schlecht war. Insgesamt waren die Reformen deshalb nur zum Teil ein Erfolg für das Land."
        )
        page = ada.get(handed_in(ada, german))
        assert page.status_code == 200
        assert "Please note" in page.text

    def test_a_model_answer_is_taken_and_set_aside(self, ada: Browser) -> None:
        page = html.unescape(ada.get(handed_in(ada, load_prompt(SLUG).model_answer)).text)
        assert "word for word in a model answer to this question, so they were set aside." in page
        assert "0 of 9" in page
        assert "No level" in page
        assert "needs a teacher" not in page.lower()  # nobody else sees what is practised alone
        assert "signal-found" not in page
        assert "nothing to say of its argument yet" in page
        assert "Write in your own words" in page

    def test_pasted_cards_are_taken_with_an_advisory(self, ada: Browser) -> None:
        cards = "\n".join(line for card in load_prompt(SLUG).cards for line in card.lines)
        page = html.unescape(ada.get(handed_in(ada, cards)).text)
        assert "These passages stand word for word in the notes, so they were set aside." in page
        assert "0 of 9" in page

    def test_a_closed_class_keeps_the_text(self, ada: Browser, database: Database) -> None:
        ref = class_ref(database, name="Set 3")
        with database() as session:
            session.scalars(select(Classroom)).one().closed_at = NOON
        answer = submit(ada, classroom=ref)
        assert answer.status_code == 422
        assert "“Set 3” is closed" in answer.text
        assert text_area(answer.text, "essay") == ESSAY
        assert stored(database) == 0

    @pytest.mark.parametrize("ref", ["no-such-class", "another"])
    def test_a_class_that_the_student_is_not_in(self, ben: Browser, database: Database, ref: str) -> None:
        other = class_ref(database, students=("ada",))
        answer = submit(ben, classroom=other if ref == "another" else ref)
        assert answer.status_code == 422
        assert "You are not in this class" in answer.text
        assert text_area(answer.text, "essay") == ESSAY

    def test_a_retired_question(self, ada: Browser, database: Database) -> None:
        with database() as session:
            session.scalars(select(Prompt).where(Prompt.slug == SLUG)).one().retired_at = NOON
        answer = submit(ada)
        assert answer.status_code == 422
        assert "no longer set" in answer.text
        assert text_area(answer.text, "essay") == ESSAY

    @pytest.mark.parametrize("name", ["revision", "attempt", "classroom", "send", "plan"])
    @pytest.mark.parametrize("value", ["", "-1", "9" * 400, "\u202eabc", "'; DROP TABLE user; --", "\x00"])
    def test_strange_hidden_fields_are_never_a_fault(self, ada: Browser, name: str, value: str) -> None:
        fields: dict[str, Any] = {name: value}
        assert submit(ada, **fields).status_code in {303, 422}

    def test_a_form_without_any_field(self, ada: Browser) -> None:
        assert ada.post(SUBMIT, data={}).status_code == 422


class TestAScorerThatFails:
    @pytest.fixture(autouse=True)
    def broken(self, ada: Browser) -> None:
        ada.application.extensions["scorers"] = broken_scorers

    def test_leaves_the_essay_safe_and_awaiting_marking(self, ada: Browser, database: Database) -> None:
        address = handed_in(ada)
        page = ada.get(address)
        assert page.status_code == 200
        assert "Your essay is safe" in page.text
        assert "Хрущёвки" in page.text
        assert "0 of" not in page.text
        assert ada.get(f"{address}/status").json == {"awaiting": True}
        assert stored(database) == 1

    def test_is_tried_again_on_request(self, ada: Browser) -> None:
        address = handed_in(ada)
        assert ada.post(f"{address}/rescore").status_code == 303
        assert "could not be marked this time either" in ada.get(address).text
        del ada.application.extensions["scorers"]
        ada.post(f"{address}/rescore")
        assert ada.get(f"{address}/status").json == {"awaiting": False}
        assert "Next step" in ada.get(address).text

    def test_shows_in_history_and_on_the_home_page_without_a_zero(self, ada: Browser) -> None:
        handed_in(ada)
        assert "awaiting marking" in ada.get("/history").text
        assert ada.get("/").status_code == 200
