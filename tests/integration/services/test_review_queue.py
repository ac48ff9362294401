"""The class page lists what waits, sorted as the teacher wants it."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from grader.report import Advisory, ScoreReport, Verdict
from grader.rubric import Prompt as Rubric
from models import Classroom, Prompt, PromptVersion, Submission, User
from services import classrooms, review, scoring
from services.review import QueueSort
from services.review_queue import ReviewState, queue
from services.rubrics import rubric_of
from services.scoring import Scorer
from tests.factories import make_point, make_report, make_student, make_submission, minutes_later
from tests.fakes import FixedScorer


def hand_in(
    session: Session,
    student: User,
    prompt: Prompt,
    classroom: Classroom,
    *,
    at: float,
    confidence: float = 0.8,
    advisories: int = 0,
) -> Submission:
    submission = make_submission(session, student, prompt, classroom=classroom, now=minutes_later(at))

    def scorers(version: PromptVersion) -> Scorer:
        return FixedScorer(report(rubric_of(version), confidence, advisories))

    scoring.score_submission(session, submission=submission, now=minutes_later(at), scorers=scorers)
    return submission


def report(rubric: Rubric, confidence: float, advisories: int) -> ScoreReport:
    points = {p.id: make_point(p.id, Verdict.HIT, confidence=confidence) for p in rubric.key_points}
    return make_report(
        rubric, points, advisories=(Advisory("copied", "It stands in the notes."),) * advisories
    )


@pytest.fixture
def pile(session: Session, ada: User, ben: User, prompt: Prompt, classroom: Classroom) -> dict[str, str]:
    """Three essays: Ada's first and second, and Ben's; their references by name."""
    first = hand_in(session, ada, prompt, classroom, at=1, confidence=0.9)
    ben_s = hand_in(session, ben, prompt, classroom, at=2, confidence=0.5, advisories=2)
    second = hand_in(session, ada, prompt, classroom, at=3, confidence=0.7, advisories=1)
    return {first.ref: "first", ben_s.ref: "ben", second.ref: "second"}


@pytest.mark.parametrize(
    "sort, order",
    [
        (QueueSort.DATE, ["second", "ben", "first"]),
        (QueueSort.CONFIDENCE, ["ben", "second", "first"]),
        (QueueSort.ADVISORY, ["ben", "second", "first"]),
        (QueueSort.STUDENT, ["first", "second", "ben"]),
        (QueueSort.QUESTION, ["first", "second", "ben"]),
    ],
)
def test_the_queue_is_sorted(
    session: Session, classroom: Classroom, pile: dict[str, str], sort: QueueSort, order: list[str]
) -> None:
    assert [pile[row.ref] for row in queue(session, classroom=classroom, sort=sort)] == order


def test_only_the_latest_attempts_on_request(
    session: Session, classroom: Classroom, pile: dict[str, str]
) -> None:
    rows = queue(session, classroom=classroom, latest_only=True)
    assert [(pile[row.ref], row.latest) for row in rows] == [("second", True), ("ben", True)]


def test_a_row_says_what_a_teacher_chooses_by(
    session: Session, classroom: Classroom, pile: dict[str, str]
) -> None:
    row = queue(session, classroom=classroom)[0]
    assert (row.student, row.label, row.number) == ("Ada O’Brien-Nguyễn", "Student 1", 2)
    assert (row.score, row.max_score, row.points) == (5.0, 5.0, 4)
    assert row.confidence == pytest.approx(0.7)
    assert row.advisories[0].code == "copied"


def test_the_state_follows_the_review(
    session: Session, ada: User, prompt: Prompt, classroom: Classroom, ms_cole: User
) -> None:
    submission = make_submission(session, ada, prompt, classroom=classroom)

    def state() -> ReviewState:
        return queue(session, classroom=classroom)[0].state

    assert state() is ReviewState.AWAITING
    scoring.score_submission(
        session,
        submission=submission,
        now=minutes_later(1),
        scorers=lambda version: FixedScorer(report(rubric_of(version), 0.8, 0)),
    )
    assert state() is ReviewState.TO_REVIEW
    review.decide_point(
        session,
        submission=submission,
        teacher=ms_cole,
        key="a-point",
        verdict=Verdict.HIT,
        now=minutes_later(2),
    )
    assert state() is ReviewState.BEGUN
    review.confirm_rest(session, submission=submission, teacher=ms_cole, now=minutes_later(3))
    assert state() is ReviewState.REVIEWED


def test_practice_on_ones_own_is_not_listed(
    session: Session, ada: User, prompt: Prompt, classroom: Classroom
) -> None:
    make_submission(session, ada, prompt)
    assert queue(session, classroom=classroom) == ()


def test_forty_students_are_listed_in_a_handful_of_queries(
    session: Session, prompt: Prompt, classroom: Classroom
) -> None:
    for number in range(40):
        student = make_student(session, f"student{number:02}", f"Student {number:02}")
        classrooms.join(session, student=student, code=classroom.join_code, now=minutes_later(0))
        hand_in(session, student, prompt, classroom, at=number)
    session.expire_all()
    seen: list[str] = []
    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert len(queue(session, classroom=classroom)) == 40
    assert len(seen) < 12, seen
