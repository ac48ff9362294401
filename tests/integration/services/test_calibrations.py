"""Teachers' decisions teach the scorer: fitted, kept, and brought into force as an act of its own."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import AuditEvent, Calibration, Classroom, Prompt, Submission, User
from services import calibrations, review, scoring
from services.errors import CalibrationRefused
from services.score_log import resolved_score
from tests.factories import NOON, make_class, make_student, make_submission, minutes_later
from tests.fakes import scorers_giving

SAID = "As Zoë’s teacher puts it, the leaf is a kitchen that only cooks while a lamp is held over it."
UNSAID = "Plants are found on every continent, and people have long wondered what it is that they live on."
BOTH = f"{SAID} {UNSAID}"
KEYS = ("a-point", "b-point", "c-point", "d-point")


def hand_in(session: Session, prompt: Prompt, classroom: Classroom, number: int) -> Submission:
    """Return a marked synthetic essay of a student: odd numbers make point a in words of their own."""
    student = make_student(session, f"student-{number}")
    submission = make_submission(session, student, prompt, essay=SAID if number % 2 else UNSAID)
    submission.classroom_id = classroom.id
    scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers_giving())
    return submission


def decide(session: Session, submission: Submission, teacher: User, **verdicts: Verdict) -> None:
    for letter, verdict in verdicts.items():
        review.decide_point(
            session, submission=submission, teacher=teacher, key=f"{letter}-point", verdict=verdict,
            reason="So it is.", now=minutes_later(5),
        )  # fmt: skip


def review_all(session: Session, submission: Submission, teacher: User, a: Verdict) -> None:
    decide(session, submission, teacher, a=a, b=Verdict.MISS, c=Verdict.MISS, d=Verdict.MISS)


@pytest.fixture
def classroom(session: Session, ms_cole: User) -> Classroom:
    return make_class(session, ms_cole)


@pytest.fixture
def pile(session: Session, prompt: Prompt, classroom: Classroom, ms_cole: User) -> list[Submission]:
    """Ten essays that Ms Cole reviewed in full: she sees point a where the scorer does not."""
    handed_in = [hand_in(session, prompt, classroom, number) for number in range(10)]
    for number, submission in enumerate(handed_in):
        review_all(session, submission, ms_cole, Verdict.HIT if number % 2 else Verdict.MISS)
    return handed_in


def test_a_fit_is_kept_with_its_figures_and_marks_nothing_yet(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    row = calibrations.fit(session, prompt=prompt, creator=ms_cole, now=NOON)
    assert row.agreement["essays"] == 10
    assert row.agreement["after"]["verdict_kappa"]["value"] == 1.0
    assert row.agreement["refusal"] == ""
    assert (row.activated_at, row.created_by_id) == (None, ms_cole.id)
    assert calibrations.active(session, structure_hash=row.structure_hash) is None
    assert list(calibrations.history(session, prompt=prompt)) == [row]


def test_in_force_it_marks_what_is_handed_in_next(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission], ada: User
) -> None:
    before = scoring.scorer_for(prompt.current_version).score(SAID)
    row = calibrations.fit(session, prompt=prompt, creator=ms_cole, now=NOON)
    calibrations.activate(session, calibration=row, actor=ms_cole, now=NOON)
    after = scoring.scorer_for(prompt.current_version).score(SAID)
    assert (before.point("a-point").verdict, after.point("a-point").verdict) == (Verdict.MISS, Verdict.HIT)
    assert before.signature != after.signature
    calibrations.retire(session, calibration=row, actor=ms_cole, now=NOON)
    assert scoring.scorer_for(prompt.current_version).score(SAID) == before


def test_a_mark_that_was_given_stays(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    decided = [point.verdict for point in resolved_score(session, submission=pile[1]).points]
    row = calibrations.fit(session, prompt=prompt, creator=ms_cole, now=NOON)
    calibrations.activate(session, calibration=row, actor=ms_cole, now=NOON)
    scoring.score_submission(session, submission=pile[1], now=NOON)
    assert [point.verdict for point in resolved_score(session, submission=pile[1]).points] == decided


def test_bringing_into_force_and_retiring_is_on_record(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    row = calibrations.fit(session, prompt=prompt, creator=ms_cole, now=NOON)
    calibrations.activate(session, calibration=row, actor=ms_cole, now=NOON)
    calibrations.retire(session, calibration=row, actor=ms_cole, now=NOON)
    acts = session.scalars(select(AuditEvent).where(AuditEvent.subject == f"calibration {row.id}")).all()
    assert [act.actor_id for act in acts] == [ms_cole.id, ms_cole.id]


def test_essays_reviewed_in_part_do_not_count(
    session: Session, prompt: Prompt, classroom: Classroom, ms_cole: User, pile: list[Submission]
) -> None:
    partly = hand_in(session, prompt, classroom, 99)
    decide(session, partly, ms_cole, a=Verdict.HIT)
    assert list(calibrations.decided_submissions(session, prompt=prompt)) == pile


def test_a_decision_that_was_taken_back_does_not_count(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    review.withdraw_point(session, submission=pile[0], teacher=ms_cole, key="a-point", now=minutes_later(9))
    assert pile[0] not in calibrations.decided_submissions(session, prompt=prompt)


def test_too_few_reviews_are_refused_in_a_sentence(session: Session, prompt: Prompt, ms_cole: User) -> None:
    with pytest.raises(CalibrationRefused, match="takes at least 5"):
        calibrations.fit(session, prompt=prompt, creator=ms_cole, now=NOON)


def test_one_that_agrees_no_better_is_kept_and_cannot_come_into_force(
    session: Session, prompt: Prompt, classroom: Classroom, ms_cole: User
) -> None:
    for number in range(8):
        review_all(session, hand_in(session, prompt, classroom, 2 * number), ms_cole, Verdict.MISS)
    row = calibrations.fit(session, prompt=prompt, creator=ms_cole, now=NOON)
    with pytest.raises(CalibrationRefused, match="no better"):
        calibrations.activate(session, calibration=row, actor=ms_cole, now=NOON)
    assert calibrations.active(session, structure_hash=row.structure_hash) is None


def test_the_one_before_is_retired(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    first = calibrations.fit(session, prompt=prompt, creator=ms_cole, now=NOON)
    calibrations.activate(session, calibration=first, actor=ms_cole, now=NOON)
    second = calibrations.fit(session, prompt=prompt, creator=ms_cole, now=minutes_later(1))
    calibrations.activate(session, calibration=second, actor=ms_cole, now=minutes_later(2))
    assert (first.retired_at, second.retired_at) == (minutes_later(2), None)
    assert calibrations.active(session, structure_hash=first.structure_hash) is second


def test_one_fitted_beside_another_that_came_into_force_since_is_refused(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    first, second = (calibrations.fit(session, prompt=prompt, creator=None, now=NOON) for _ in range(2))
    calibrations.activate(session, calibration=first, actor=None, now=NOON)
    with pytest.raises(CalibrationRefused, match="Fit it again"):
        calibrations.activate(session, calibration=second, actor=None, now=NOON)


def test_one_in_force_can_be_brought_into_force_again_to_no_effect(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    row = calibrations.fit(session, prompt=prompt, creator=None, now=NOON)
    calibrations.activate(session, calibration=row, actor=None, now=NOON)
    calibrations.activate(session, calibration=row, actor=None, now=minutes_later(5))
    assert (row.activated_at, row.retired_at) == (NOON, None)


def test_what_is_not_in_force_cannot_be_retired(
    session: Session, prompt: Prompt, ms_cole: User, pile: list[Submission]
) -> None:
    row = calibrations.fit(session, prompt=prompt, creator=None, now=NOON)
    with pytest.raises(CalibrationRefused, match="not in force"):
        calibrations.retire(session, calibration=row, actor=None, now=NOON)


def test_one_of_an_earlier_scorer_leaves_the_scorer_as_shipped(session: Session, prompt: Prompt) -> None:
    shipped = scoring.scorer_for(prompt.current_version).score(BOTH)
    old = Calibration(
        structure_hash=prompt.current_version.structure_hash, parameters={"format": 0}, agreement={},
        created_at=NOON, activated_at=NOON,
    )  # fmt: skip
    session.add(old)
    session.flush()
    assert scoring.scorer_for(prompt.current_version).score(BOTH) == shipped
