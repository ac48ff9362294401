"""The writing page keeps every word: autosave, two tabs, the Save button without JavaScript."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import Draft, Prompt
from services.essay_text import MAX_ESSAY_CHARACTERS
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from tests.integration.web.practice import ESSAY, SLUG, autosave, handed_in, make_class, text_area

WRITE = f"/questions/{SLUG}/write"
DRAFT = f"/questions/{SLUG}/draft"


def save(browser: Browser, essay: str, revision: int, plan: str = "") -> tuple[int, str]:
    answer = browser.post(DRAFT, data={"essay": essay, "plan": plan, "revision": str(revision)})
    return answer.status_code, answer.text


class TestThePage:
    def test_shows_the_question_and_an_empty_sheet(self, ada: Browser) -> None:
        page = ada.get(WRITE)
        assert page.status_code == 200
        assert "economic reforms" in page.text
        assert text_area(page.text, "essay") == ""

    def test_sends_somebody_unknown_to_sign_in_and_back(self, anybody: Browser) -> None:
        answer = anybody.get(WRITE)
        assert answer.status_code == 303
        assert answer.location.endswith(f"/login?next={WRITE}")

    def test_lets_a_teacher_try_a_question(self, ms_cole: Browser) -> None:
        assert ms_cole.get(WRITE).status_code == 200

    def test_shows_nobody_elses_draft(self, ada: Browser, ben: Browser) -> None:
        autosave(ada, "Ada’s own thoughts on the matter")
        assert "own thoughts" not in ben.get(WRITE).text

    def test_answers_other_verbs_with_405(self, ada: Browser) -> None:
        assert ada.post(WRITE).status_code == 405

    def test_of_an_unknown_question_is_404(self, ada: Browser) -> None:
        assert ada.get("/questions/no-such-question/write").status_code == 404

    def test_starts_a_redraft_from_the_last_essay(self, ada: Browser) -> None:
        handed_in(ada)
        page = ada.get(WRITE).text
        assert text_area(page, "essay") == ESSAY
        assert 'name="attempt" value="2"' in page

    def test_of_a_retired_question_is_kept_for_an_open_draft_alone(
        self, ada: Browser, ben: Browser, database: Database
    ) -> None:
        autosave(ada, "Begun before the question was retired.")
        with database() as session:
            session.scalars(select(Prompt).where(Prompt.slug == SLUG)).one().retired_at = NOON
        assert "Begun before" in ada.get(WRITE).text
        assert ben.get(WRITE).status_code == 404

    def test_offers_the_open_classes_of_the_student(self, ada: Browser, database: Database) -> None:
        with database() as session:
            make_class(session, name="12B")
            make_class(session, name="Closed one").closed_at = NOON
        page = ada.get(WRITE).text
        assert "12B, Ms Zoë Cole" in page
        assert "Closed one" not in page
        assert "Practice, for myself" in page


class TestAutosave:
    def test_saves_and_says_which_revision_it_is_now(self, ada: Browser) -> None:
        first = autosave(ada, "Krushchev", 0)
        assert first.status_code == 200
        second = autosave(ada, "Khrushchev’s «реформы»", first.get_json()["revision"])
        assert second.get_json()["revision"] > first.get_json()["revision"]
        assert text_area(ada.get(WRITE).text, "essay") == "Khrushchev’s «реформы»"

    def test_keeps_the_plan(self, ada: Browser) -> None:
        autosave(ada, "", 0, plan="Positive\n- trade")
        page = ada.get(WRITE).text
        assert text_area(page, "plan") == "Positive\n- trade"
        assert '<details class="plan" open>' in page

    def test_the_plan_starts_with_the_sides_and_opens_once_something_is_planned(self, ada: Browser) -> None:
        page = ada.get(WRITE).text
        headings = text_area(page, "plan")
        assert headings.split() == ["Positive", "Negative"]
        assert '<details class="plan">' in page
        autosave(ada, "Begun", 0, plan=headings)
        assert '<details class="plan">' in ada.get(WRITE).text
        autosave(ada, "", 0, plan="")
        assert text_area(ada.get(WRITE).text, "plan") == headings

    def test_refuses_to_overwrite_what_another_tab_saved(self, ada: Browser) -> None:
        seen = autosave(ada, "Version of both tabs").get_json()["revision"]
        autosave(ada, "Version of tab one", seen)
        late = autosave(ada, "Version of tab two", seen)
        assert late.status_code == 409
        assert late.get_json()["theirs"]["text"] == "Version of tab one"
        assert text_area(ada.get(WRITE).text, "essay") == "Version of tab one"

    def test_takes_the_same_text_again_whatever_the_revision(self, ada: Browser) -> None:
        autosave(ada, "The same")
        assert autosave(ada, "The same", 0).status_code == 200

    def test_of_somebody_signed_out_is_401_with_a_sentence(self, anybody: Browser) -> None:
        answer = autosave(anybody, "text")
        assert answer.status_code == 401
        assert "kept on this computer" in answer.get_json()["error"]["message"]

    def test_without_a_token_is_refused_and_a_fresh_token_can_be_had(self, ada: Browser) -> None:
        ada.careless = True
        assert autosave(ada, "forged").status_code == 400
        fresh = ada.get(DRAFT).get_json()["csrf_token"]
        answer = ada.put(
            DRAFT, json={"text": "honest", "plan": "", "revision": 0}, headers={"X-CSRFToken": fresh}
        )
        assert answer.status_code == 200

    def test_of_a_text_that_is_too_long_names_the_limit(self, ada: Browser) -> None:
        answer = autosave(ada, "x" * (MAX_ESSAY_CHARACTERS + 1))
        assert answer.status_code == 422
        assert "100,000" in answer.get_json()["error"]["message"]

    @pytest.mark.parametrize("body", [[], {}, {"text": 1, "plan": ""}, {"text": "x"}, "text", None])
    def test_of_anything_else_than_a_text_is_400(self, ada: Browser, body: object) -> None:
        assert ada.put(DRAFT, json=body).status_code == 400

    @pytest.mark.parametrize("revision", ["x", -1, 1.5, None, 10**30, [], True])
    def test_with_a_strange_revision_never_overwrites(self, ada: Browser, revision: object) -> None:
        autosave(ada, "What stands")
        answer = ada.put(DRAFT, json={"text": "Other", "plan": "", "revision": revision})
        assert answer.status_code == 409

    def test_stores_what_a_database_cannot_hold_without_a_fault(self, ada: Browser) -> None:
        assert autosave(ada, "nul \x00 and a lone surrogate \ud83d").status_code == 200
        assert "lone surrogate" in ada.get(WRITE).text

    def test_of_an_unknown_question_is_404(self, ada: Browser) -> None:
        assert autosave(ada, "text", slug="no-such-question").status_code == 404


class TestTheSaveButton:
    def test_saves_and_returns_to_the_page(self, ada: Browser) -> None:
        answer = ada.post(DRAFT, data={"essay": "One\r\n\r\nTwo", "plan": "", "revision": "0"})
        assert answer.status_code == 303
        assert answer.location == WRITE
        assert text_area(ada.get(WRITE).text, "essay") == "One\n\nTwo"

    def test_shows_both_versions_when_another_tab_has_saved(self, ada: Browser) -> None:
        seen = autosave(ada, "Shared beginning").get_json()["revision"]
        autosave(ada, "Shared beginning\n\nWritten at school", seen)
        status, page = save(ada, "Shared beginning\n\nWritten at home", seen)
        assert status == 409
        assert "Written at school" in page
        assert "Written at home" in page
        assert "Nothing has been overwritten" in page

    def test_keeps_the_version_that_was_chosen(self, ada: Browser, database: Database) -> None:
        seen = autosave(ada, "First").get_json()["revision"]
        stored = autosave(ada, "At school", seen).get_json()["revision"]
        assert save(ada, "At home", seen)[0] == 409
        assert save(ada, "At home", stored)[0] == 303
        with database() as session:
            assert session.scalars(select(Draft)).one().text == "At home"

    def test_escapes_both_versions(self, ada: Browser) -> None:
        seen = autosave(ada, "First").get_json()["revision"]
        autosave(ada, "<script>alert(1)</script>", seen)
        _, page = save(ada, "</textarea><img src=x onerror=alert(2)>", seen)
        assert "<script>alert" not in page
        assert "<img" not in page

    def test_shows_a_text_that_is_too_long_again(self, ada: Browser) -> None:
        long = "word " * 30_000
        status, page = save(ada, long, 0)
        assert status == 422
        assert "100,000" in page
        assert text_area(page, "essay") == long

    def test_shows_the_text_again_to_somebody_signed_out(self, anybody: Browser) -> None:
        status, page = save(anybody, "Not to be lost", 0)
        assert status == 401
        assert "Not to be lost" in page
