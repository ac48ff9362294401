"""Classes: what waits, making one, the join code, settings, release; strangers find nothing there."""

from __future__ import annotations

import pytest

from models import RevealPolicy
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.marking import Room, classroom_of, room, room_with
from tests.integration.web.practice import ESSAY, REDRAFT, SLUG, handed_in

__all__ = ["room"]

READ = ["", "/code", "/next", f"/map?prompt={SLUG}", "/marks.csv", "/verdicts.csv"]
WRITE = ["/settings", "/close", "/reopen", "/release", "/code"]


def test_a_teacher_without_a_class_is_told_what_to_do(ms_cole: Browser) -> None:
    page = ms_cole.get("/classes")
    assert page.status_code == 200
    assert "Make a class" in page.text


def test_the_classes_show_what_waits_and_the_join_code(ms_cole: Browser, room: Room) -> None:
    page = ms_cole.get("/classes").text
    assert "12B Histoire &amp; Géo" in page
    assert room.code in page
    assert "2 students · 1 essay" in page
    assert "Review next" in page


def test_a_class_is_made_and_shown(ms_cole: Browser, database: Database) -> None:
    answer = ms_cole.post("/classes/new", data={"name": " Año 12 — L’Été ", "reveal_policy": "on-release"})
    assert answer.status_code == 303
    made = classroom_of(database, answer.location.rsplit("/", 1)[1])
    assert made.name == "Año 12 — L’Été"
    assert made.reveal_policy == RevealPolicy.ON_RELEASE
    assert "Show the join code large" in ms_cole.get(answer.location).text


@pytest.mark.parametrize("name", ["", "   ", "x" * 200, "a\u0000b"])
def test_a_name_that_cannot_be_is_said_beside_its_field_and_kept(ms_cole: Browser, name: str) -> None:
    answer = ms_cole.post("/classes/new", data={"name": name, "reveal_policy": "on-request"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "Give the class a name" in answer.text


def test_an_unknown_policy_is_refused(ms_cole: Browser) -> None:
    answer = ms_cole.post("/classes/new", data={"name": "12B", "reveal_policy": "never"})
    assert answer.status_code == 422


def test_the_class_page_lists_its_essays_without_names(ms_cole: Browser, room: Room) -> None:
    page = ms_cole.get(room.page).text
    assert room.review in page
    assert "Student 1" in page
    assert "Ada O’Brien" not in page


def test_names_are_shown_on_request_and_hidden_again(ms_cole: Browser, room: Room) -> None:
    answer = ms_cole.post("/classes/names", data={"show": "1", "back": room.page})
    assert (answer.status_code, answer.location) == (303, room.page)
    assert "Ada O’Brien-Nguyễn" in ms_cole.get(room.page).text
    assert "Ada O’Brien-Nguyễn" in ms_cole.get(room.review).text
    ms_cole.post("/classes/names", data={"show": "0", "back": room.page})
    assert "Ada O’Brien" not in ms_cole.get(room.review).text


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org", "/review/\\example", "javascript:alert(1)", ""]
)
def test_showing_names_never_leads_to_another_site(ms_cole: Browser, back: str) -> None:
    assert ms_cole.post("/classes/names", data={"show": "1", "back": back}).location == "/classes"


@pytest.mark.parametrize("sort", ["question", "date", "confidence", "advisory"])
def test_the_list_is_sorted_by_its_heads(ms_cole: Browser, room: Room, sort: str) -> None:
    page = ms_cole.get(f"{room.page}?sort={sort}")
    assert page.status_code == 200
    assert page.text.count("aria-sort=") == 1


def test_sorting_by_student_needs_the_names(ms_cole: Browser, room: Room) -> None:
    assert 'aria-sort="descending"' in ms_cole.get(f"{room.page}?sort=student").text
    ms_cole.post("/classes/names", data={"show": "1"})
    assert 'aria-sort="ascending"' in ms_cole.get(f"{room.page}?sort=student").text


@pytest.mark.parametrize("query", ["sort=nonsense", "attempts=42", "prompt=no-such", "sort=%00"])
def test_an_odd_query_shows_the_page_all_the_same(ms_cole: Browser, room: Room, query: str) -> None:
    assert ms_cole.get(f"{room.page}?{query}").status_code == 200


def test_earlier_attempts_are_listed_on_request(ms_cole: Browser, ada: Browser, room: Room) -> None:
    handed_in(ada, REDRAFT, classroom=room.ref, attempt=2)
    assert room.review not in ms_cole.get(room.page).text
    every = ms_cole.get(f"{room.page}?attempts=all").text
    assert room.review in every
    assert every.count('<span class="attempt">attempt 2</span></th>') == 1


def test_a_question_can_be_picked(ms_cole: Browser, ada: Browser, room: Room) -> None:
    handed_in(ada, ESSAY, classroom=room.ref, slug="reform-motives")
    assert room.review in ms_cole.get(f"{room.page}?prompt={SLUG}").text
    assert room.review not in ms_cole.get(f"{room.page}?prompt=reform-motives").text


def test_review_next_opens_the_first_essay_that_waits(ms_cole: Browser, room: Room) -> None:
    assert ms_cole.get(f"{room.page}/next").location == room.review
    ms_cole.post(f"{room.review}/confirm-rest")
    assert ms_cole.get(f"{room.page}/next").location == room.page


def test_the_projector_shows_where_to_type_the_code(ms_cole: Browser, room: Room) -> None:
    page = ms_cole.get(f"{room.page}/code").text
    assert room.code in page
    assert "localhost/join" in page


def test_a_new_code_replaces_the_old_one(ms_cole: Browser, room: Room, database: Database) -> None:
    assert ms_cole.post(f"{room.page}/code").status_code == 303
    assert classroom_of(database, room.ref).join_code != room.code


def test_a_class_is_renamed_and_its_policy_chosen(ms_cole: Browser, room: Room, database: Database) -> None:
    data = {"name": "13A", "reveal_policy": "on-release"}
    assert ms_cole.post(f"{room.page}/settings", data=data).status_code == 303
    saved = classroom_of(database, room.ref)
    assert (saved.name, saved.reveal_policy) == ("13A", RevealPolicy.ON_RELEASE)


def test_a_blank_new_name_changes_nothing(ms_cole: Browser, room: Room, database: Database) -> None:
    data = {"name": " ", "reveal_policy": "on-release"}
    answer = ms_cole.post(f"{room.page}/settings", data=data)
    assert answer.status_code == 422
    assert "Give the class a name" in answer.text
    assert classroom_of(database, room.ref).reveal_policy == RevealPolicy.ON_REQUEST


def test_a_class_is_closed_and_reopened(ms_cole: Browser, room: Room, database: Database) -> None:
    ms_cole.post(f"{room.page}/close")
    assert classroom_of(database, room.ref).closed_at
    assert room.review in ms_cole.get(room.page).text
    assert "takes no new students" in ms_cole.get(f"{room.page}/code").text
    ms_cole.post(f"{room.page}/reopen")
    assert classroom_of(database, room.ref).closed_at is None


def test_key_points_are_released_question_by_question(
    ms_cole: Browser, ada: Browser, database: Database
) -> None:
    room = room_with(database, ada, policy=RevealPolicy.ON_RELEASE)
    point = "Foreign trade grew considerably"
    assert point not in ada.get(f"/submissions/{room.essay}").text
    assert "Release the key points" in ms_cole.get(room.page).text
    assert ms_cole.post(f"{room.page}/release", data={"prompt": SLUG}).status_code == 303
    assert "Key points released" in ms_cole.get(room.page).text
    assert point in ada.get(f"/submissions/{room.essay}").text


def test_an_unknown_question_cannot_be_released(ms_cole: Browser, room: Room) -> None:
    assert ms_cole.post(f"{room.page}/release", data={"prompt": "no-such"}).status_code == 404


@pytest.mark.parametrize("path", ["/classes", "/classes/new"])
def test_the_classes_are_for_teachers(anybody: Browser, ada: Browser, path: str) -> None:
    assert anybody.get(path).status_code == 303
    assert ada.get(path).status_code == 403
    assert ada.post("/classes/new", data={"name": "Mine"}).status_code == 403


@pytest.mark.parametrize("path", READ)
def test_reading_a_class_is_for_its_teacher(
    ms_cole: Browser, mr_drew: Browser, ada: Browser, anybody: Browser, room: Room, path: str
) -> None:
    assert ms_cole.get(room.page + path).status_code in {200, 303}
    assert mr_drew.get(room.page + path).status_code == 404
    assert ada.get(room.page + path).status_code == 404
    assert "/login" in anybody.get(room.page + path).location


@pytest.mark.parametrize("path", WRITE)
def test_changing_a_class_is_for_its_teacher(
    mr_drew: Browser, ada: Browser, anybody: Browser, room: Room, path: str
) -> None:
    assert mr_drew.post(room.page + path, data={"name": "Mine"}).status_code == 404
    assert ada.post(room.page + path).status_code == 404
    assert anybody.post(room.page + path).status_code == 401


@pytest.mark.parametrize("path", ["/close", "/reopen", "/release", "/settings"])
def test_changes_are_not_made_by_following_a_link(ms_cole: Browser, room: Room, path: str) -> None:
    assert ms_cole.get(room.page + path).status_code == 405


def test_a_forged_form_changes_nothing(ms_cole: Browser, room: Room, database: Database) -> None:
    ms_cole.careless = True
    assert ms_cole.post(f"{room.page}/close").status_code == 400
    assert classroom_of(database, room.ref).closed_at is None


def test_a_class_that_does_not_exist_is_not_found(ms_cole: Browser) -> None:
    assert ms_cole.get("/classes/nosuchclass").status_code == 404
