"""Exports are plain cells that no spreadsheet runs."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import AuditEvent, Classroom, Prompt, User
from services import exports, review, scoring
from tests.factories import NOON, make_submission
from tests.fakes import scorers_giving


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1+1", '=HYPERLINK("https://x")']
)
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(cell: str) -> None:
    assert exports.neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Ada", "O’Brien", "a=b", "", 3, -1.5, "12B"])
def test_other_cells_stay_as_they_are(cell: exports.Cell) -> None:
    assert exports.neutral(cell) == cell


def test_marks_are_one_row_a_submission(
    session: Session, ada: User, ben: User, prompt: Prompt, classroom: Classroom, ms_cole: User
) -> None:
    ada.display_name = "=Ada"
    submission = make_submission(session, ada, prompt, classroom=classroom)
    make_submission(session, ben, prompt, classroom=classroom)
    scoring.score_submission(
        session, submission=submission, now=NOON, scorers=scorers_giving({"a-point": Verdict.HIT})
    )
    review.give_mark(session, submission=submission, teacher=ms_cole, mark=3, now=NOON)
    header, first, second = exports.marks_rows(session, classroom=classroom, prompt=prompt)
    row = dict(zip(header, first, strict=True))
    assert row["student"] == "'=Ada"
    assert (row["score"], row["teacher's mark"], row["out of"], row["made"]) == (1.0, 3.0, 5.0, 1)
    assert (row["handed in (UTC)"], row["review"]) == ("2026-03-02 12:00", "reviewed")
    waiting = dict(zip(header, second, strict=True))
    assert (waiting["score"], waiting["review"]) == ("", "awaiting")


def test_verdicts_are_one_row_a_key_point_with_who_decided(
    session: Session, ada: User, prompt: Prompt, classroom: Classroom, ms_cole: User
) -> None:
    submission = make_submission(session, ada, prompt, classroom=classroom)
    scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers_giving())
    review.decide_point(
        session,
        submission=submission,
        teacher=ms_cole,
        key="b-point",
        verdict=Verdict.HIT,
        reason="@home",
        now=NOON,
    )
    header, *rows = exports.verdict_rows(session, classroom=classroom)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["key point"] for row in found] == ["a-point", "b-point", "c-point", "d-point"]
    decided = found[1]
    assert (decided["verdict"], decided["machine's verdict"]) == ("hit", "miss")
    assert (decided["decided by"], decided["reason"]) == ("Ms Zoë Cole", "'@home")
    assert found[0]["decided by"] == "machine"


def test_an_export_is_remembered(session: Session, classroom: Classroom, ms_cole: User) -> None:
    exports.record_export(session, classroom=classroom, teacher=ms_cole, what="marks", now=NOON)
    assert session.scalars(select(AuditEvent.subject)).one() == f"class {classroom.ref} marks"
