"""The review of one essay: verdicts confirmed and overruled, the rest confirmed, a mark, every row."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import delete, select

from models import AuditEvent, Score
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.marking import Room, decide, latest_essay, room, room_with
from tests.integration.web.practice import ESSAY, REDRAFT, handed_in

__all__ = ["room"]

REASON = "Says it in other words – «по-своему»"
READ = ["", "/rows"]
WRITE = [
    "/points/1", "/points/1/withdraw", "/confirm-rest", "/mark", "/mark/withdraw", "/score",
]  # fmt: skip


def point(page: str, number: int) -> str:
    """Return one key point of the review page, as text with its tags."""
    found = re.search(rf'<li id="point-{number}".*?</form>\s*</li>', page, re.DOTALL)
    assert found, f"no key point {number}"
    return html.unescape(found[0])


def verdicts(page: str) -> list[str]:
    """Return the verdicts of the page, by number."""
    return re.findall(r'data-verdict="(\w+)"', page)


def other_than(verdict: str) -> str:
    """Return a verdict that differs from this one."""
    return "partial" if verdict != "partial" else "miss"


def test_shows_the_essay_beside_every_key_point(ms_cole: Browser, room: Room) -> None:
    page = ms_cole.get(room.review)
    assert page.status_code == 200
    assert "Crude – even shoddy – flats" in page.text
    assert len(verdicts(page.text)) == 9
    assert "Foreign trade grew considerably, two thirds of it" in point(page.text, 1)
    assert page.text.count("data-undecided") >= 9


def test_says_why_a_passage_was_not_marked(ms_cole: Browser, database: Database, ada: Browser) -> None:
    echo = "Khrushchev’s economic reforms had a positive and a negative impact."
    page = html.unescape(ms_cole.get(room_with(database, ada, essay=f"{echo}\n\n{ESSAY}").review).text)
    assert f"These words only repeat the question: <q>{echo.removesuffix('.')}</q>" in page


def test_confirms_the_machines_verdict_without_a_reason(ms_cole: Browser, room: Room) -> None:
    machine = verdicts(ms_cole.get(room.review).text)[0]
    answer = decide(ms_cole, room, 1, machine)
    assert (answer.status_code, answer.location) == (303, f"{room.review}#point-1")
    assert "Confirmed by Ms Zoë Cole" in point(ms_cole.get(room.review).text, 1)


def test_overrules_with_a_reason_that_student_and_teacher_see(
    ms_cole: Browser, ada: Browser, room: Room
) -> None:
    verdict = other_than(verdicts(ms_cole.get(room.review).text)[1])
    answer = decide(ms_cole, room, 2, verdict, reason=REASON, comment="Say who with.")
    assert answer.status_code == 303
    row = point(ms_cole.get(room.review).text, 2)
    assert f'data-verdict="{verdict}"' in row
    assert f"Ms Zoë Cole overruled: {REASON}" in row
    told = html.unescape(ada.get(f"/submissions/{room.essay}").text)
    assert "Ms Zoë Cole" in told
    assert REASON in told
    assert "Say who with." in told


def test_an_override_is_remembered_in_the_audit_log(ms_cole: Browser, room: Room, database: Database) -> None:
    decide(ms_cole, room, 1, other_than(verdicts(ms_cole.get(room.review).text)[0]), reason=REASON)
    with database() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "override")).all()
        assert [event.subject for event in events] == [f"submission {room.essay}"]


def test_reasons_can_be_picked_and_written(ms_cole: Browser, room: Room) -> None:
    verdict = other_than(verdicts(ms_cole.get(room.review).text)[0])
    decide(
        ms_cole, room, 1, verdict, quick_reason=["Too vague to count in full", "Copied"], reason="See line 2"
    )
    page = point(ms_cole.get(room.review).text, 1)
    assert "Too vague to count in full; Copied; See line 2" in page


def test_a_teachers_own_reasons_are_offered_again(ms_cole: Browser, room: Room) -> None:
    verdict = other_than(verdicts(ms_cole.get(room.review).text)[0])
    decide(ms_cole, room, 1, verdict, reason="Half a date")
    assert 'value="Half a date"' in point(ms_cole.get(room.review).text, 2)


def test_an_override_without_a_reason_is_shown_again_with_what_was_chosen(
    ms_cole: Browser, room: Room
) -> None:
    before = verdicts(ms_cole.get(room.review).text)
    answer = decide(ms_cole, room, 1, other_than(before[0]), reason="  ", comment="Nearly – “très bien”!")
    assert answer.status_code == 422
    row = point(answer.text, 1)
    assert "Say why you decide otherwise" in row
    assert 'aria-invalid="true"' in row
    assert f'value="{other_than(before[0])}" checked' in row
    assert "Nearly – “très bien”!" in row
    assert verdicts(ms_cole.get(room.review).text) == before


def test_a_refused_point_keeps_the_reasons_that_were_picked(ms_cole: Browser, room: Room) -> None:
    verdict = other_than(verdicts(ms_cole.get(room.review).text)[0])
    answer = decide(ms_cole, room, 1, verdict, reason="x" * 2000)
    assert answer.status_code == 422
    assert "x" * 2000 in answer.text


@pytest.mark.parametrize("verdict", ["", "perfect", "HIT", "hit\u0000"])
def test_an_unknown_verdict_is_refused(ms_cole: Browser, room: Room, verdict: str) -> None:
    answer = decide(ms_cole, room, 1, verdict, reason=REASON)
    assert answer.status_code == 422
    assert "Choose one of the four verdicts" in answer.text


@pytest.mark.parametrize("number", [0, 10, 99999999999])
def test_a_key_point_that_does_not_exist_is_not_found(ms_cole: Browser, room: Room, number: int) -> None:
    assert decide(ms_cole, room, number, "hit").status_code == 404
    assert ms_cole.post(f"{room.review}/points/{number}/withdraw").status_code == 404


def test_a_decision_is_taken_back_once(ms_cole: Browser, room: Room) -> None:
    before = verdicts(ms_cole.get(room.review).text)
    decide(ms_cole, room, 1, other_than(before[0]), reason=REASON)
    for _ in range(2):
        assert ms_cole.post(f"{room.review}/points/1/withdraw").status_code == 303
    assert verdicts(ms_cole.get(room.review).text) == before


def test_confirming_the_rest_leaves_what_was_decided(ms_cole: Browser, room: Room) -> None:
    verdict = other_than(verdicts(ms_cole.get(room.review).text)[2])
    decide(ms_cole, room, 3, verdict, reason=REASON)
    answer = ms_cole.post(f"{room.review}/confirm-rest")
    assert (answer.status_code, answer.location) == (303, room.page)
    page = ms_cole.get(room.review).text
    assert "9 of 9 decided" in page
    assert f'data-verdict="{verdict}"' in point(page, 3)


def test_confirming_the_rest_twice_is_harmless(ms_cole: Browser, room: Room, database: Database) -> None:
    for _ in range(2):
        assert ms_cole.post(f"{room.review}/confirm-rest").status_code == 303
    with database() as session:
        assert len(session.scalars(select(Score).where(Score.action == "verdicts")).all()) == 1


def test_confirming_the_rest_opens_the_next_essay_in_the_same_order(
    ms_cole: Browser, ben: Browser, room: Room, database: Database
) -> None:
    handed_in(ben, REDRAFT, classroom=room.ref)
    following = latest_essay(database)
    answer = ms_cole.post(f"{room.review}/confirm-rest?sort=confidence")
    assert answer.location == f"/review/{following}?sort=confidence"


def test_a_mark_for_the_whole_outranks_the_sum_and_both_are_shown(
    ms_cole: Browser, ada: Browser, room: Room
) -> None:
    answer = ms_cole.post(f"{room.review}/mark", data={"mark": "7,5", "comment": "Bien écrit"})
    assert (answer.status_code, answer.location) == (303, f"{room.review}#whole")
    page = ms_cole.get(room.review).text
    assert "7½" in page
    assert "the key points add up to" in page
    assert "Bien écrit" in ada.get(f"/submissions/{room.essay}").text


@pytest.mark.parametrize("mark", ["-1", "9.5", "nine", "", "nan", "inf", "1e400"])
def test_a_mark_out_of_bounds_is_shown_again_with_its_comment(
    ms_cole: Browser, room: Room, mark: str
) -> None:
    answer = ms_cole.post(f"{room.review}/mark", data={"mark": mark, "comment": "Good – ça va"})
    assert answer.status_code == 422
    assert "Give a mark from 0 to 9." in answer.text
    assert "Good – ça va" in answer.text


def test_a_mark_is_taken_back(ms_cole: Browser, room: Room) -> None:
    ms_cole.post(f"{room.review}/mark", data={"mark": "7", "comment": ""})
    for _ in range(2):
        assert ms_cole.post(f"{room.review}/mark/withdraw").status_code == 303
    assert "the key points add up to" not in ms_cole.get(room.review).text


def test_every_row_stays_visible(ms_cole: Browser, room: Room) -> None:
    verdict = other_than(verdicts(ms_cole.get(room.review).text)[0])
    decide(ms_cole, room, 1, verdict, reason=REASON)
    ms_cole.post(f"{room.review}/points/1/withdraw")
    ms_cole.post(f"{room.review}/mark", data={"mark": "7", "comment": "Bien"})
    page = html.unescape(ms_cole.get(f"{room.review}/rows").text)
    assert "The machine" in page
    assert REASON in page
    assert "taken back" in page
    assert "7 of 9" in page


def test_an_essay_is_shown_as_text_whatever_it_says(
    ms_cole: Browser, ben: Browser, room: Room, database: Database
) -> None:
    handed_in(ben, ESSAY + "\n\n<script>alert(1)</script> {{ 7 * 7 }}", classroom=room.ref)
    page = ms_cole.get(f"/review/{latest_essay(database)}").text
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page


def test_an_earlier_attempt_can_be_reviewed_too(ms_cole: Browser, ada: Browser, room: Room) -> None:
    handed_in(ada, REDRAFT, classroom=room.ref, attempt=2)
    page = ms_cole.get(room.review)
    assert page.status_code == 200
    assert "Essay 2 of 2" in page.text


def test_an_essay_that_awaits_marking_says_so_and_can_be_marked(
    ms_cole: Browser, room: Room, database: Database
) -> None:
    with database() as session:
        session.execute(delete(Score))
    assert "Awaiting marking" in ms_cole.get(room.review).text
    assert ms_cole.post(f"{room.review}/confirm-rest").status_code == 422
    assert ms_cole.post(f"{room.review}/score").status_code == 303
    assert len(verdicts(ms_cole.get(room.review).text)) == 9


def test_practice_of_ones_own_is_no_teachers_business(
    ms_cole: Browser, ada: Browser, room: Room, database: Database
) -> None:
    handed_in(ada, REDRAFT, attempt=2)
    assert ms_cole.get(f"/review/{latest_essay(database)}").status_code == 404


@pytest.mark.parametrize("path", READ)
def test_reading_is_for_the_classes_teacher(
    mr_drew: Browser, ada: Browser, anybody: Browser, room: Room, path: str
) -> None:
    assert mr_drew.get(room.review + path).status_code == 404
    assert ada.get(room.review + path).status_code == 404
    assert "/login" in anybody.get(room.review + path).location


@pytest.mark.parametrize("path", WRITE)
def test_deciding_is_for_the_classes_teacher(
    ms_cole: Browser, mr_drew: Browser, ada: Browser, anybody: Browser, room: Room, path: str
) -> None:
    data = {"verdict": "hit", "reason": REASON, "mark": "9"}
    assert mr_drew.post(room.review + path, data=data).status_code == 404
    assert ada.post(room.review + path, data=data).status_code == 404
    assert anybody.post(room.review + path, data=data).status_code == 401
    assert ms_cole.get(room.review + path).status_code == 405


def test_signed_out_while_writing_a_reason_nothing_is_lost(anybody: Browser, room: Room) -> None:
    answer = decide(anybody, room, 1, "partial", reason=REASON, comment="Sag, mit wem.")
    assert answer.status_code == 401
    kept = html.unescape(answer.text)
    assert REASON in kept
    assert "Sag, mit wem." in kept


def test_a_closed_class_can_still_be_reviewed(ms_cole: Browser, room: Room) -> None:
    ms_cole.post(f"{room.page}/close")
    assert ms_cole.post(f"{room.review}/confirm-rest").status_code == 303


def test_another_class_of_the_same_teacher_has_its_own_pile(
    ms_cole: Browser, ben: Browser, room: Room, database: Database
) -> None:
    room_with(database, ben)
    assert "Essay 1 of 1" in ms_cole.get(room.review).text
