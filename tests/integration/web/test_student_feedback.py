"""The feedback page: whose it is, what it says, what a teacher's decision changes, what is revealed when."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from grader.report import Verdict
from models import AuditEvent, Draft, Reveal, RevealPolicy, Submission
from services import catalogue, disclosure, review
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from tests.integration.web.practice import (
    ESSAY,
    REDRAFT,
    SLUG,
    TRADE,
    autosave,
    handed_in,
    make_class,
    person,
    text_area,
)

ECHO = "Khrushchev’s economic reforms had a positive and a negative impact"
ACTS = ("reveal", "redraft", "rescore")


def shown(browser: Browser, address: str) -> str:
    """Return the text of a page as it is read: without tags, in one line."""
    page = browser.get(address)
    assert page.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def marks(text: str) -> list[str]:
    """Return the counts and marks that a page names."""
    return re.findall(r"[\d½.]+ of \d+ (?:marks|key points)", text)


class TestThePage:
    def test_shows_the_three_lines_and_one_next_step(self, ada: Browser) -> None:
        text = shown(ada, handed_in(ada))
        assert re.search(r"\d of 9 key points", text)
        assert "You end with a judgement" in text
        assert re.search(r"Level \d", text)
        assert "not an exam board’s mark" in text
        assert text.count("Next step") == 1

    def test_shows_the_whole_essay_with_its_evidence(self, ada: Browser) -> None:
        page = ada.get(handed_in(ada)).text
        assert "Хрущёвки" in page
        assert 'data-numbers="' in page
        assert 'href="#point-' in page

    def test_quotes_the_sentence_behind_a_point(self, ada: Browser) -> None:
        page = unescape(ada.get(handed_in(ada)).text)
        assert page.count("in 1963 the Soviet Union had to buy grain") >= 2

    def test_says_which_words_only_repeat_the_question(self, ada: Browser) -> None:
        without = shown(ada, handed_in(ada))
        address = handed_in(ada, f"{ECHO}.\n\n{ESSAY}", attempt="2")
        text, page = shown(ada, address), unescape(ada.get(address).text)
        assert f"Grey words were set aside, not marked: These words only repeat the question: {ECHO}" in text
        assert f'set-aside-echo"><span class="visually-hidden">(not marked: </span>{ECHO}<' in page
        assert "Grey words" not in without
        assert "Please note" not in text  # nothing that would alarm anybody
        assert marks(text) == marks(without)

    def test_adds_the_marks_up_visibly(self, ada: Browser) -> None:
        page = ada.get(handed_in(ada)).text
        marks = [number(cell) for cell in re.findall(r'<td class="figures">([^<]+)</td>', page)]
        assert sum(marks[:-1]) == marks[-1]

    def test_says_what_was_won_since_the_last_draft(self, ada: Browser) -> None:
        handed_in(ada)
        text = shown(ada, handed_in(ada, REDRAFT, attempt="2"))
        assert "Since draft 1: +1 −0 · won 1" in text

    def test_says_what_was_won_in_part(self, ada: Browser) -> None:
        handed_in(ada)
        half = ESSAY.replace("On balance", "Trade with foreign countries went up.\n\nOn balance")
        page = ada.get(handed_in(ada, half, attempt="2")).text
        assert 'point-change point-won">won in part<' in page

    def test_escapes_what_the_student_wrote(self, ada: Browser) -> None:
        nasty = f"{ESSAY}\n\n<script>alert('x')</script> {{{{ 7*7 }}}} <img src=x onerror=y>"
        page = ada.get(handed_in(ada, nasty)).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in page

    def test_sends_somebody_unknown_to_sign_in(self, ada: Browser, anybody: Browser) -> None:
        address = handed_in(ada)
        assert anybody.get(address).status_code == 303
        assert anybody.get(f"{address}/status", headers={"Accept": "application/json"}).status_code == 401

    def test_is_nobody_elses(self, ada: Browser, ben: Browser, ms_cole: Browser) -> None:
        address = handed_in(ada)
        for other in (ben, ms_cole):
            assert other.get(address).status_code == 404
            assert other.get(f"{address}/status").status_code == 404

    @pytest.mark.parametrize("act", ACTS)
    def test_can_be_acted_on_by_nobody_else(
        self, ada: Browser, ben: Browser, anybody: Browser, act: str
    ) -> None:
        address = handed_in(ada)
        assert ben.post(f"{address}/{act}").status_code == 404
        assert anybody.post(f"{address}/{act}").status_code == 401

    @pytest.mark.parametrize("act", ACTS)
    def test_acts_answer_to_post_alone(self, ada: Browser, act: str) -> None:
        assert ada.get(f"{handed_in(ada)}/{act}").status_code == 405

    def test_of_an_unknown_reference_is_404(self, ada: Browser) -> None:
        assert ada.get("/submissions/no-such-essay").status_code == 404


class TestRedraft:
    def test_opens_a_draft_with_the_last_essay(self, ada: Browser, database: Database) -> None:
        answer = ada.post(f"{handed_in(ada)}/redraft")
        assert answer.status_code == 303
        assert text_area(ada.get(answer.location).text, "essay") == ESSAY
        with database() as session:
            assert session.scalars(select(Draft)).one().text == ESSAY

    def test_continues_the_draft_that_is_open(self, ada: Browser) -> None:
        address = handed_in(ada)
        autosave(ada, "Already begun anew")
        answer = ada.post(f"{address}/redraft")
        assert text_area(ada.get(answer.location).text, "essay") == "Already begun anew"


class TestReveal:
    def test_shows_the_key_points_from_then_on(self, ada: Browser, database: Database) -> None:
        address = handed_in(ada)
        assert key_point_text(database) not in shown(ada, address)
        assert ada.post(f"{address}/reveal").status_code == 303
        assert key_point_text(database) in shown(ada, address)
        with database() as session:
            assert session.scalars(select(AuditEvent.action)).all() == ["reveal"]

    def test_asked_twice_changes_nothing(self, ada: Browser, database: Database) -> None:
        address = handed_in(ada)
        for _ in range(2):
            assert ada.post(f"{address}/reveal").status_code == 303
        with database() as session:
            assert len(session.scalars(select(Reveal)).all()) == 1

    def test_waits_for_the_teacher_where_the_class_says_so(self, ada: Browser, database: Database) -> None:
        with database() as session:
            ref = make_class(session, policy=RevealPolicy.ON_RELEASE).ref
        address = handed_in(ada, classroom=ref)
        text = shown(ada, address)
        assert "Your teacher will release the full key points" in text
        answer = ada.post(f"{address}/reveal")
        assert answer.status_code == 422
        assert "Your teacher will release" in answer.text

    def test_follows_the_teachers_release(self, ada: Browser, database: Database) -> None:
        with database() as session:
            ref = make_class(session, policy=RevealPolicy.ON_RELEASE).ref
        address = handed_in(ada, classroom=ref)
        with database() as session:
            submission = session.scalars(select(Submission)).one()
            assert submission.classroom
            teacher = submission.classroom.teacher
            disclosure.release(
                session, classroom=submission.classroom, prompt=submission.prompt, teacher=teacher, now=NOON
            )
        assert key_point_text(database) in shown(ada, address)


class TestATeachersDecision:
    def test_shows_who_decided_and_why(self, ada: Browser, database: Database) -> None:
        address = in_class(ada, database)
        decide(database, 1, Verdict.HIT, reason="You mean the Comecon states: enough for the point.")
        text = shown(ada, address)
        assert "Decided by Ms Zoë Cole" in text
        assert "Comecon states" in text
        assert "Markscheme had said: not found" in text

    def test_shows_the_teachers_mark_beside_the_sum(self, ada: Browser, database: Database) -> None:
        address = in_class(ada, database)
        with database() as session:
            submission = session.scalars(select(Submission)).one()
            cole = person(session, "ms_cole")
            review.give_mark(
                session, submission=submission, teacher=cole, mark=7.5, comment="Très bien", now=NOON
            )
        text = shown(ada, address)
        assert "7½ of 9 marks from Ms Zoë Cole" in text
        assert "Très bien" in text
        assert "The key points alone" in text


def in_class(browser: Browser, database: Database) -> str:
    with database() as session:
        ref = make_class(session).ref
    essay = ESSAY.replace(TRADE, "")
    return handed_in(browser, essay, classroom=ref)


def decide(database: Database, number: int, verdict: Verdict, *, reason: str) -> None:
    with database() as session:
        submission = session.scalars(select(Submission)).one()
        rubric = catalogue.rubric_of(submission.prompt_version)
        review.decide_point(
            session,
            submission=submission,
            teacher=person(session, "ms_cole"),
            key=rubric.key_points[number - 1].id,
            verdict=verdict,
            reason=reason,
            now=NOON,
        )


def key_point_text(database: Database) -> str:
    with database() as session:
        prompt = catalogue.find_prompt(session, slug=SLUG)
        return catalogue.rubric_of(prompt.current_version).key_points[0].text


def number(words: str) -> float:
    """Read marks as the page writes them: 7, 7½, ½, −1."""
    half = 0.5 if words.endswith("½") else 0.0
    whole = words.removesuffix("½").replace("−", "-")
    return float(whole or 0) + half
