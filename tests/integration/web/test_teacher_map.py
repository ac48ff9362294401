"""The class map and the spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select
from werkzeug.http import parse_options_header

from models import AuditEvent
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.marking import Room, room
from tests.integration.web.practice import REDRAFT, SLUG, handed_in, person

__all__ = ["room"]


def table(text: str) -> list[list[str]]:
    """Read a spreadsheet as a spreadsheet program does."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_map_has_a_row_for_each_key_point_and_a_column_for_each_student(
    ms_cole: Browser, ben: Browser, room: Room
) -> None:
    handed_in(ben, REDRAFT, classroom=room.ref)
    page = ms_cole.get(f"{room.page}/map?prompt={SLUG}")
    assert page.status_code == 200
    assert page.text.count('class="map-point"') == 9
    assert page.text.count('class="map-student"') == 2
    assert page.text.count("data-cell") >= 18


def test_a_cell_opens_the_sentence(ms_cole: Browser, room: Room) -> None:
    page = ms_cole.get(f"{room.page}/map?prompt={SLUG}").text
    assert "had to buy grain from the capitalist West" in page
    assert f"{room.review}?prompt={SLUG}#point-8" in page


def test_names_are_hidden_until_shown(ms_cole: Browser, room: Room) -> None:
    address = f"{room.page}/map?prompt={SLUG}"
    assert "Ada O’Brien" not in ms_cole.get(address).text
    ms_cole.post("/classes/names", data={"show": "1"})
    assert "Ada O’Brien-Nguyễn" in ms_cole.get(address).text


@pytest.mark.parametrize(
    "query", ["students=name", "students=score", "points=open", "points=%00", "students=x"]
)
def test_the_map_can_be_sorted(ms_cole: Browser, room: Room, query: str) -> None:
    assert ms_cole.get(f"{room.page}/map?prompt={SLUG}&{query}").status_code == 200


def test_a_question_that_nobody_has_answered_says_so(ms_cole: Browser, room: Room) -> None:
    page = ms_cole.get(f"{room.page}/map?prompt=reform-motives")
    assert "Nobody has handed this question in yet" in page.text


@pytest.mark.parametrize("query", ["", "?prompt=", "?prompt=no-such"])
def test_a_map_needs_a_question(ms_cole: Browser, room: Room, query: str) -> None:
    assert ms_cole.get(f"{room.page}/map{query}").status_code == 404


def test_marks_have_a_line_for_each_essay(ms_cole: Browser, ben: Browser, room: Room) -> None:
    handed_in(ben, REDRAFT, classroom=room.ref)
    answer = ms_cole.get(f"{room.page}/marks.csv")
    assert answer.mimetype == "text/csv"
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    head, *rows = table(answer.text)
    assert [row[0] for row in rows] == ["Ada O’Brien-Nguyễn", "Ben Šťastný"]
    assert float(rows[0][head.index("out of")]) == 9


def test_verdicts_have_a_line_for_each_key_point(ms_cole: Browser, room: Room) -> None:
    head, *rows = table(ms_cole.get(f"{room.page}/verdicts.csv").text)
    assert len(rows) == 9
    assert {row[head.index("verdict")] for row in rows} <= {"hit", "partial", "contradicted", "miss"}


def test_a_spreadsheet_of_one_question_leaves_the_others_out(ms_cole: Browser, room: Room) -> None:
    assert len(table(ms_cole.get(f"{room.page}/marks.csv?prompt={SLUG}").text)) == 2
    assert len(table(ms_cole.get(f"{room.page}/marks.csv?prompt=reform-motives").text)) == 1
    assert ms_cole.get(f"{room.page}/marks.csv?prompt=no-such").status_code == 404


@pytest.mark.parametrize(
    "name, begins",
    [
        ("Français 12B, Mme Lefèvre", "français-12b-mme-lefèvre-marks-"),
        ("历史 十二年级", "历史-十二年级-marks-"),
        ("तेरहवीं कक्षा", "तेरहवीं-कक्षा-marks-"),
        ('../"12B"\\; Ünï; filename=x', "12b-ünï-filename-x-marks-"),
        ("12B\r\nSet-Cookie: a=b", "12b-set-cookie-a-b-marks-"),
    ],
)
def test_a_file_is_named_after_its_class(ms_cole: Browser, room: Room, name: str, begins: str) -> None:
    ms_cole.post(f"{room.page}/settings", data={"name": name, "reveal_policy": "on-request"})
    headers = ms_cole.get(f"{room.page}/marks.csv").headers
    kind, named = parse_options_header(headers["Content-Disposition"])
    assert kind == "attachment"
    assert named["filename"].startswith(begins)
    assert named["filename"].endswith(".csv")
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie: a=b" not in str(headers)


def test_a_name_is_no_formula(ms_cole: Browser, room: Room, database: Database) -> None:
    with database() as session:
        person(session, "ada").display_name = "=HYPERLINK(1)"
    assert table(ms_cole.get(f"{room.page}/marks.csv").text)[1][0] == "'=HYPERLINK(1)"


def test_an_export_is_remembered(ms_cole: Browser, room: Room, database: Database) -> None:
    ms_cole.get(f"{room.page}/marks.csv")
    with database() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "export")).all()
        assert [event.subject for event in events] == [f"class {room.ref} marks"]


@pytest.mark.parametrize("path", [f"/map?prompt={SLUG}", "/marks.csv", "/verdicts.csv"])
def test_nothing_is_changed_by_posting(ms_cole: Browser, room: Room, path: str) -> None:
    assert ms_cole.post(room.page + path).status_code == 405
