"""A teacher's review appends rows, outranks the machine, and asks for reasons."""

from __future__ import annotations

import math
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import AuditEvent, Classroom, Prompt, Score, Submission, User
from services import review, scoring
from services.errors import (
    AlreadyReviewed,
    MarkOutOfBounds,
    NotFound,
    NotScoredYet,
    ReasonNeeded,
    TextTooLong,
)
from services.resolution import ResolvedScore
from services.score_log import resolved_score
from tests.factories import NOON, make_submission
from tests.fakes import scorers_giving


@pytest.fixture
def submission(session: Session, ada: User, prompt: Prompt, classroom: Classroom) -> Submission:
    """Ada's essay in Ms Cole's class; the machine found point a."""
    submission = make_submission(session, ada, prompt, classroom=classroom)
    score(session, submission, a=Verdict.HIT)
    return submission


def score(session: Session, submission: Submission, a: Verdict, signature: str = "recipe-1") -> None:
    scorers = scorers_giving({"a-point": a}, signature=signature)
    scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers)


def decide(
    session: Session, submission: Submission, teacher: User, verdict: Verdict, **values: Any
) -> Score | None:
    given = {"key": "a-point", "now": NOON, **values}
    return review.decide_point(session, submission=submission, teacher=teacher, verdict=verdict, **given)


def resolved(session: Session, submission: Submission) -> ResolvedScore:
    return resolved_score(session, submission=submission)


def test_the_same_verdict_confirms_and_needs_no_reason(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    row = decide(session, submission, ms_cole, Verdict.HIT)
    assert row is not None
    assert row.points[0].action == "confirmed"
    assert resolved(session, submission).decisions["a-point"].by == "Ms Zoë Cole"


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_another_verdict_needs_a_reason(
    session: Session, submission: Submission, ms_cole: User, reason: str
) -> None:
    with pytest.raises(ReasonNeeded, match="the student sees your reason"):
        decide(session, submission, ms_cole, Verdict.MISS, reason=reason)
    assert resolved(session, submission).decisions == {}


def test_an_override_changes_the_sum_and_is_remembered(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    decide(session, submission, ms_cole, Verdict.PARTIAL, reason="Only half of it.")
    assert resolved(session, submission).score == 0.5
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id, event.subject) == (
        "override",
        ms_cole.id,
        f"submission {submission.ref}",
    )


def test_a_later_scoring_never_changes_what_the_teacher_decided(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    decide(session, submission, ms_cole, Verdict.HIT)
    score(session, submission, Verdict.MISS, signature="recipe-2")
    assert resolved(session, submission).score == 1.0


def test_giving_the_same_decision_again_appends_nothing(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    decide(session, submission, ms_cole, Verdict.MISS, reason="It is about something else.")
    assert decide(session, submission, ms_cole, Verdict.MISS) is None
    assert decide(session, submission, ms_cole, Verdict.MISS, comment="See page 2.") is not None
    decision = resolved(session, submission).decisions["a-point"]
    assert (decision.reason, decision.comment) == ("It is about something else.", "See page 2.")


def test_withdrawing_brings_the_machines_verdict_back(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    decide(session, submission, ms_cole, Verdict.MISS, reason="No.")
    review.withdraw_point(session, submission=submission, teacher=ms_cole, key="a-point", now=NOON)
    assert resolved(session, submission).score == 1.0
    with pytest.raises(AlreadyReviewed):
        review.withdraw_point(session, submission=submission, teacher=ms_cole, key="a-point", now=NOON)


def test_confirming_the_rest_is_one_act_that_leaves_decisions_alone(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    decide(session, submission, ms_cole, Verdict.MISS, reason="No.")
    row = review.confirm_rest(session, submission=submission, teacher=ms_cole, now=NOON)
    assert sorted(point.key for point in row.points) == ["b-point", "c-point", "d-point"]
    assert resolved(session, submission).reviewed
    assert resolved(session, submission).score == 0.0
    with pytest.raises(AlreadyReviewed):
        review.confirm_rest(session, submission=submission, teacher=ms_cole, now=NOON)


def test_a_mark_for_the_whole_outranks_the_sum_and_can_be_taken_back(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    review.give_mark(session, submission=submission, teacher=ms_cole, mark=3.5, comment="Ça va.", now=NOON)
    assert (resolved(session, submission).score, resolved(session, submission).mark) == (1.0, 3.5)
    review.withdraw_mark(session, submission=submission, teacher=ms_cole, now=NOON)
    assert resolved(session, submission).mark == 1.0
    with pytest.raises(AlreadyReviewed):
        review.withdraw_mark(session, submission=submission, teacher=ms_cole, now=NOON)


@pytest.mark.parametrize("mark", [-0.5, 5.5, math.nan, math.inf])
def test_a_mark_out_of_bounds_is_refused_with_the_bounds(
    session: Session, submission: Submission, ms_cole: User, mark: float
) -> None:
    with pytest.raises(MarkOutOfBounds, match="from 0 to 5"):
        review.give_mark(session, submission=submission, teacher=ms_cole, mark=mark, now=NOON)


def test_very_long_reasons_are_refused_before_anything_is_written(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    with pytest.raises(TextTooLong, match="reason may have 1,000"):
        decide(session, submission, ms_cole, Verdict.MISS, reason="x" * 1001)
    with pytest.raises(TextTooLong, match="comment may have 5,000"):
        review.give_mark(
            session, submission=submission, teacher=ms_cole, mark=1, comment="x" * 5001, now=NOON
        )
    assert resolved(session, submission).mark == 1.0


def test_an_essay_that_waits_can_be_given_a_mark_but_no_verdicts(
    session: Session, ada: User, prompt: Prompt, classroom: Classroom, ms_cole: User
) -> None:
    waiting = make_submission(session, ada, prompt, classroom=classroom)
    with pytest.raises(NotScoredYet):
        decide(session, waiting, ms_cole, Verdict.HIT)
    review.give_mark(session, submission=waiting, teacher=ms_cole, mark=2, now=NOON)
    assert resolved(session, waiting).mark == 2.0


def test_nobody_else_reviews(
    session: Session, submission: Submission, mr_drew: User, ada: User, prompt: Prompt
) -> None:
    for stranger in (mr_drew, ada):
        with pytest.raises(NotFound):
            decide(session, submission, stranger, Verdict.HIT)
        with pytest.raises(NotFound):
            review.confirm_rest(session, submission=submission, teacher=stranger, now=NOON)
        with pytest.raises(NotFound):
            review.give_mark(session, submission=submission, teacher=stranger, mark=1, now=NOON)


def test_a_key_point_that_the_question_does_not_have_is_not_found(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    with pytest.raises(NotFound):
        decide(session, submission, ms_cole, Verdict.HIT, key="z-point")


def test_every_row_stays_visible_with_who_when_and_why(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    decide(session, submission, ms_cole, Verdict.MISS, reason="No.")
    review.give_mark(session, submission=submission, teacher=ms_cole, mark=2, comment="Fine.", now=NOON)
    machine, verdict, mark = review.rows(session, submission=submission)
    assert (machine.by, machine.action, machine.signature, machine.mark) == (
        "machine",
        "scored",
        "recipe-1",
        1.0,
    )
    assert [(p.number, p.verdict) for p in machine.points][:2] == [(1, Verdict.HIT), (2, Verdict.MISS)]
    assert (verdict.by, verdict.points[0].action, verdict.points[0].reason) == (
        "Ms Zoë Cole",
        "overridden",
        "No.",
    )
    assert (mark.action, mark.mark, mark.comment, mark.at) == ("mark", 2.0, "Fine.", NOON)
