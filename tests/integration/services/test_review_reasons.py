"""The reasons that a teacher gave lately, to be picked again."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import Classroom, Prompt, Submission, User
from services import review, scoring
from services.review_reasons import LONGEST_REASON, MOST_REASONS, recent_reasons
from tests.factories import NOON, make_submission
from tests.fakes import scorers_giving


@pytest.fixture
def submission(session: Session, ada: User, prompt: Prompt, classroom: Classroom) -> Submission:
    """Ada's essay in Ms Cole's class, in which the machine found point a."""
    submission = make_submission(session, ada, prompt, classroom=classroom)
    scorers = scorers_giving({"a-point": Verdict.HIT})
    scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers)
    return submission


def overrule(session: Session, submission: Submission, teacher: User, verdict: Verdict, reason: str) -> None:
    review.decide_point(
        session,
        submission=submission,
        teacher=teacher,
        key="a-point",
        verdict=verdict,
        reason=reason,
        now=NOON,
    )


def test_a_new_teacher_has_none(session: Session, ms_cole: User) -> None:
    assert recent_reasons(session, teacher=ms_cole) == ()


def test_the_latest_comes_first_and_each_once(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    for verdict, reason in [
        (Verdict.MISS, "Copié"),
        (Verdict.PARTIAL, "Half of it"),
        (Verdict.MISS, "Copié"),
    ]:
        overrule(session, submission, ms_cole, verdict, reason)
    found = recent_reasons(session, teacher=ms_cole)
    assert found == (("Copié", Verdict.MISS), ("Half of it", Verdict.PARTIAL))


def test_long_reasons_and_confirmations_are_left_out(
    session: Session, submission: Submission, ms_cole: User
) -> None:
    overrule(session, submission, ms_cole, Verdict.MISS, "x" * (LONGEST_REASON + 1))
    overrule(session, submission, ms_cole, Verdict.HIT, "The machine is right")
    assert recent_reasons(session, teacher=ms_cole) == ()


def test_there_are_never_too_many(session: Session, submission: Submission, ms_cole: User) -> None:
    for number in range(MOST_REASONS + 3):
        overrule(session, submission, ms_cole, Verdict.MISS, f"Reason {number}")
    assert len(recent_reasons(session, teacher=ms_cole)) == MOST_REASONS


def test_another_teachers_reasons_are_her_own(
    session: Session, submission: Submission, ms_cole: User, mr_drew: User
) -> None:
    overrule(session, submission, ms_cole, Verdict.MISS, "Half of it")
    assert recent_reasons(session, teacher=mr_drew) == ()
