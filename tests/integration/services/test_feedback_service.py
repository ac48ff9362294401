"""Feedback comes at its reader's stage, and names who decided what."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from grader.feedback import Stage
from grader.report import Span, Verdict
from models import Classroom, Prompt, Submission, User
from services import disclosure, review, scoring
from services.errors import NotFound
from services.feedback import feedback_for
from services.rubrics import rubric_of
from tests.factories import NOON, make_point, make_submission
from tests.fakes import scorers_giving
from tests.leaks import Secrets


@pytest.fixture
def submission(session: Session, ada: User, prompt: Prompt, classroom: Classroom) -> Submission:
    """Ada's essay in Ms Cole's class, scored: point a made."""
    submission = make_submission(session, ada, prompt, classroom=classroom)
    scorers = scorers_giving({"a-point": make_point("a-point", Verdict.HIT, evidence=(Span(0, 11),))})
    scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers)
    return submission


def test_a_student_reads_verdicts_and_evidence_and_no_secret(
    session: Session, ada: User, submission: Submission
) -> None:
    feedback = feedback_for(session, submission=submission, viewer=ada)
    secrets = Secrets.of(rubric_of(submission.prompt_version))
    assert (feedback.stage, feedback.score, feedback.max_score) == (Stage.DRAFT, 1.0, 5.0)
    assert feedback.rows[0].made_sentence == "Chlorophyll"
    assert secrets.found_in(repr(feedback), written=submission.essay) == ()


def test_her_teacher_reads_key_points_ids_and_confidence(
    session: Session, ms_cole: User, submission: Submission
) -> None:
    row = feedback_for(session, submission=submission, viewer=ms_cole).rows[0]
    assert (row.title, row.key, row.confidence) == ("The secret statement a of the notes.", "a-point", 0.8)


def test_a_classmate_and_another_teacher_are_told_that_there_is_nothing(
    session: Session, ben: User, mr_drew: User, submission: Submission
) -> None:
    for stranger in (ben, mr_drew):
        with pytest.raises(NotFound):
            feedback_for(session, submission=submission, viewer=stranger)


def test_once_revealed_all_attempts_show_the_key_points(
    session: Session, ada: User, prompt: Prompt, submission: Submission
) -> None:
    disclosure.reveal(session, student=ada, prompt=prompt, now=NOON)
    feedback = feedback_for(session, submission=submission, viewer=ada)
    assert feedback.rows[0].title == "The secret statement a of the notes."
    assert (feedback.rows[0].key, feedback.rows[0].confidence) == ("", None)


def test_a_student_sees_who_decided_and_why_and_what_the_whole_was_given(
    session: Session, ada: User, ms_cole: User, submission: Submission
) -> None:
    review.decide_point(
        session,
        submission=submission,
        teacher=ms_cole,
        key="b-point",
        verdict=Verdict.PARTIAL,
        reason="It’s in the second paragraph.",
        now=NOON,
    )
    review.give_mark(session, submission=submission, teacher=ms_cole, mark=4, comment="Good.", now=NOON)
    feedback = feedback_for(session, submission=submission, viewer=ada)
    row = feedback.rows[1]
    assert (row.verdict, row.decided_by, row.machine_verdict) == (
        Verdict.PARTIAL,
        "Ms Zoë Cole",
        Verdict.MISS,
    )
    assert row.reason == "It’s in the second paragraph."
    assert (feedback.score, feedback.teacher_mark, feedback.mark_by) == (1.5, 4.0, "Ms Zoë Cole")
    assert feedback.comment == "Good."


def test_an_essay_that_waits_is_shown_with_its_words(session: Session, ada: User, prompt: Prompt) -> None:
    waiting = make_submission(session, ada, prompt)
    feedback = feedback_for(session, submission=waiting, viewer=ada)
    assert feedback.awaiting
    assert feedback.words == waiting.words
