"""The class map shows every student's latest attempt against every key point."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from grader.report import Span, Verdict
from models import Classroom, Prompt, User
from services import review, scoring
from services.class_map import ClassMap, PointSort, StudentSort, class_map
from tests.factories import NOON, make_point, make_submission, minutes_later
from tests.fakes import scorers_giving


@pytest.fixture
def drawn(session: Session, ada: User, ben: User, prompt: Prompt, classroom: Classroom) -> ClassMap:
    """Ada made a and half of b in her second attempt; Ben made b, c and d."""
    make_submission(session, ada, prompt, classroom=classroom)
    second = make_submission(session, ada, prompt, classroom=classroom, now=minutes_later(1))
    ben_s = make_submission(session, ben, prompt, classroom=classroom)
    made = make_point("a-point", Verdict.HIT, evidence=(Span(0, 11),))
    given = {
        second: scorers_giving({"a-point": made, "b-point": Verdict.PARTIAL}),
        ben_s: scorers_giving(dict.fromkeys(["b-point", "c-point", "d-point"], Verdict.HIT)),
    }
    for submission, scorers in given.items():
        scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers)
    return class_map(session, classroom=classroom, prompt=prompt)


def test_key_points_run_down_and_students_across(drawn: ClassMap) -> None:
    assert [student.name for student in drawn.students] == ["Ada O’Brien-Nguyễn", "Ben Šťastný"]
    assert [row.number for row in drawn.rows] == [1, 2, 3, 4]
    signs = [[cell.verdict for cell in row.cells] for row in drawn.rows]
    assert signs[0] == [Verdict.HIT, Verdict.MISS]
    assert signs[1] == [Verdict.PARTIAL, Verdict.HIT]


def test_a_cell_opens_the_sentence(drawn: ClassMap) -> None:
    assert drawn.rows[0].cells[0].quote == "Chlorophyll"


def test_totals_stand_on_both_edges(drawn: ClassMap) -> None:
    assert [(row.hits, row.partials, row.misses, row.contradicted) for row in drawn.rows] == [
        (1, 0, 1, 0),
        (1, 1, 0, 0),
        (1, 0, 1, 0),
        (1, 0, 1, 0),
    ]
    assert [(s.score, s.hits, s.partials, s.number) for s in drawn.students] == [
        (1.5, 1, 1, 2),
        (4.0, 3, 0, 1),
    ]
    assert drawn.mean_score == 2.75


def test_columns_and_rows_can_be_sorted(
    session: Session, drawn: ClassMap, prompt: Prompt, classroom: Classroom
) -> None:
    found = class_map(
        session,
        classroom=classroom,
        prompt=prompt,
        students=StudentSort.SCORE,
        points=PointSort.OPEN,
    )
    assert [student.name for student in found.students] == ["Ben Šťastný", "Ada O’Brien-Nguyễn"]
    assert [row.number for row in found.rows] == [1, 3, 4, 2]
    assert found.rows[0].cells[0].verdict is Verdict.MISS


def test_an_essay_that_waits_has_no_verdicts_and_no_total(
    session: Session, ada: User, prompt: Prompt, classroom: Classroom
) -> None:
    make_submission(session, ada, prompt, classroom=classroom)
    found = class_map(session, classroom=classroom, prompt=prompt)
    assert [row.cells[0].verdict for row in found.rows] == [None] * 4
    assert (found.students[0].score, found.mean_score) == (None, None)


def test_a_teachers_decision_is_marked(
    session: Session, ada: User, prompt: Prompt, classroom: Classroom, ms_cole: User
) -> None:
    submission = make_submission(session, ada, prompt, classroom=classroom)
    scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers_giving())
    review.decide_point(
        session,
        submission=submission,
        teacher=ms_cole,
        key="c-point",
        verdict=Verdict.HIT,
        reason="In the margin.",
        now=NOON,
    )
    cells = [row.cells[0] for row in class_map(session, classroom=classroom, prompt=prompt).rows]
    assert [cell.decided for cell in cells] == [False, False, True, False]


def test_an_empty_class_has_key_points_and_no_columns(
    session: Session, prompt: Prompt, classroom: Classroom
) -> None:
    found = class_map(session, classroom=classroom, prompt=prompt)
    assert (len(found.rows), found.students) == (4, ())
