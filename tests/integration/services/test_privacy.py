"""A person's data is handed over in full and no further, and erased down to counts that are nobody's."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import (
    AuditEvent,
    Classroom,
    Draft,
    MarkCount,
    Membership,
    PointScore,
    Prompt,
    Reveal,
    RevealPolicy,
    Score,
    Submission,
    User,
)
from services import accounts, disclosure, drafts, privacy, review, scoring
from services.errors import NotErasable
from services.rubrics import rubric_of
from tests.factories import ESSAY, NOON, make_class, make_submission
from tests.fakes import scorers_giving
from tests.leaks import Secrets

PLAN = "Ada’s plan: light first, 然后水."


@pytest.fixture
def work(
    session: Session, ada: User, ben: User, prompt: Prompt, ms_cole: User, classroom: Classroom
) -> Submission:
    """An essay of ada's, marked and overruled, and a draft; ben has an essay too."""
    essay = make_submission(session, ada, prompt, classroom=classroom)
    others = make_submission(session, ben, prompt, essay=ESSAY + " Ben’s own words.", classroom=classroom)
    for each in (essay, others):
        scoring.score_submission(
            session, submission=each, now=NOON, scorers=scorers_giving({"a-point": Verdict.HIT})
        )
        review.decide_point(
            session,
            submission=each,
            teacher=ms_cole,
            key="d-point",
            verdict=Verdict.HIT,
            reason="You say so.",
            now=NOON,
        )
    drafts.save_draft(session, student=ada, prompt=prompt, text=ESSAY, plan=PLAN, seen_revision=0, now=NOON)
    session.flush()
    return essay


def test_all_that_a_person_wrote_and_was_told_is_handed_over(
    session: Session, ada: User, work: Submission
) -> None:
    data = privacy.personal_data(session, user=ada)
    assert data["account"]["name"] == ada.display_name
    assert [each["class"] for each in data["classes"]] == ["12B History"]
    assert [each["plan"] for each in data["drafts"]] == [PLAN]
    (essay,) = data["essays"]
    assert essay["essay"] == ESSAY
    assert essay["feedback"]["score"] == 3
    assert {row.get("reason") for row in essay["feedback"]["key points"]} == {None, "You say so."}


def test_nobody_elses_words_are_handed_over(session: Session, ada: User, work: Submission) -> None:
    told = json.dumps(privacy.personal_data(session, user=ada), ensure_ascii=False)
    assert "Ben" not in told


def test_no_key_point_is_handed_over_before_it_is_revealed(
    session: Session, ada: User, work: Submission
) -> None:
    secrets = Secrets.of(rubric_of(work.prompt_version))
    told = json.dumps(privacy.personal_data(session, user=ada), ensure_ascii=False)
    assert secrets.found_in(told, written=ESSAY) == ()
    disclosure.reveal(session, student=ada, prompt=work.prompt, now=NOON)
    revealed = json.dumps(privacy.personal_data(session, user=ada), ensure_ascii=False)
    assert "The secret statement a of the notes." in revealed
    assert not [key for key in secrets.ids if key in revealed]


def test_a_teacher_gets_her_own_data_and_no_students(
    session: Session, ms_cole: User, work: Submission
) -> None:
    data = privacy.personal_data(session, user=ms_cole)
    assert [each["class"] for each in data["classes taught"]] == ["12B History"]
    assert ESSAY not in json.dumps(data, ensure_ascii=False)


def test_nothing_of_an_erased_person_stays_but_a_count(session: Session, ada: User, work: Submission) -> None:
    disclosure.reveal(session, student=ada, prompt=work.prompt, now=NOON)
    number, ada_id = work.id, ada.id
    assert privacy.erase(session, user=ada, now=NOON) == privacy.Erased(essays=1, drafts=1)
    for model, whose in (
        (Submission, Submission.student_id),
        (Draft, Draft.student_id),
        (Reveal, Reveal.student_id),
    ):
        assert session.scalars(select(model).where(whose == ada_id)).all() == []
    assert session.scalars(select(Membership).where(Membership.student_id == ada_id)).all() == []
    assert session.scalars(select(Score).where(Score.submission_id == number)).all() == []
    assert session.get(User, ada_id) is None
    assert session.execute(select(MarkCount.mark, MarkCount.essays)).all() == [(3, 1)]


def test_the_work_of_others_stays(session: Session, ada: User, ben: User, work: Submission) -> None:
    points = session.scalar(select(func.count(PointScore.id))) or 0
    privacy.erase(session, user=ada, now=NOON)
    assert session.scalars(select(Submission.student_id)).all() == [ben.id]
    assert session.scalar(select(func.count(PointScore.id))) == points / 2


def test_equal_marks_are_counted_together(session: Session, ada: User, ben: User, work: Submission) -> None:
    privacy.erase(session, user=ada, now=NOON)
    privacy.erase(session, user=ben, now=NOON)
    assert session.execute(select(MarkCount.mark, MarkCount.essays)).all() == [(3, 2)]


def test_the_log_says_that_somebody_was_erased_and_not_who(
    session: Session, ada: User, work: Submission
) -> None:
    privacy.erase(session, user=ada, now=NOON)
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.action, last.actor_id) == ("erase", None)
    subjects = session.scalars(select(AuditEvent.subject)).all()
    assert not [subject for subject in subjects if "ada" in subject]


def test_an_essay_that_was_never_marked_leaves_no_count(session: Session, ada: User, prompt: Prompt) -> None:
    make_submission(session, ada, prompt)
    privacy.erase(session, user=ada, now=NOON)
    assert session.scalars(select(MarkCount)).all() == []


def test_a_teachers_mark_is_the_one_that_is_counted(
    session: Session, ada: User, ms_cole: User, work: Submission
) -> None:
    review.give_mark(session, submission=work, teacher=ms_cole, mark=4.5, now=NOON)
    privacy.erase(session, user=ada, now=NOON)
    assert session.scalars(select(MarkCount.mark)).all() == [4]


def test_a_teacher_is_not_erased(session: Session, ms_cole: User, classroom: Classroom) -> None:
    with pytest.raises(NotErasable, match="marks and reasons"):
        privacy.erase(session, user=ms_cole, now=NOON)


def test_a_guest_is_erased(session: Session, prompt: Prompt) -> None:
    guest = accounts.create_guest(session, now=NOON)
    make_submission(session, guest, prompt)
    assert privacy.erase(session, user=guest, now=NOON).essays == 1


def test_what_is_held_back_stays_held_back_after_leaving_the_page(
    session: Session, ada: User, ms_cole: User, prompt: Prompt
) -> None:
    held = make_class(session, ms_cole, ada, name="Held", policy=RevealPolicy.ON_RELEASE)
    make_submission(session, ada, prompt, classroom=held)
    told = json.dumps(privacy.personal_data(session, user=ada), ensure_ascii=False)
    assert "The secret statement" not in told


def test_no_file_holds_an_erased_essay_any_more(
    engine: Engine, session: Session, ada: User, work: Submission
) -> None:
    session.commit()
    file = Path(str(engine.url.database))
    marker = "крохмаль, 淀粉".encode()
    assert marker in _bytes_of(file)
    ben = session.scalars(select(User).where(User.username == "ben")).one()
    for each in (ada, ben):
        privacy.erase(session, user=each, now=NOON)
    session.commit()
    assert marker not in _bytes_of(file)


def _bytes_of(file: Path) -> bytes:
    """What stands in the database's file once its log has been worked into it."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file.read_bytes()
