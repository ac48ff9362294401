"""Another transaction is a moment quicker, as it can be on a database without SQLite's one-writer rule.

The rival's row is slipped in just before the savepoint under which ours is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, event, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.report_json import report_to_json
from models import Prompt, Score, Submission, User
from services import scoring, submissions
from services.rubrics import rubric_of
from tests.factories import ESSAY, NOON, make_report, make_submission
from tests.fakes import scorers_giving

Slip = Callable[[Callable[[Connection], object]], None]


@pytest.fixture
def quicker(engine: Engine) -> Iterator[Slip]:
    """Let a rival write once, just before the next savepoint."""
    rivals: list[Callable[[Connection], object]] = []

    def before_savepoint(connection: Connection, _name: str) -> None:
        if rivals:
            rivals.pop()(connection)

    event.listen(engine, "savepoint", before_savepoint)
    yield rivals.append
    event.remove(engine, "savepoint", before_savepoint)


def hand_in(session: Session, student: User, prompt: Prompt, key: str) -> Submission:
    return submissions.submit(session, student=student, prompt=prompt, essay=ESSAY, submit_key=key, now=NOON)


def rival_of(student: User, prompt: Prompt, key: str) -> Callable[[Connection], object]:
    values = {
        "ref": "rival",
        "student_id": student.id,
        "prompt_id": prompt.id,
        "prompt_version_id": prompt.current_version.id,
        "number": 1,
        "essay": ESSAY,
        "words": 60,
        "submit_key": key,
        "submitted_at": NOON,
    }
    return lambda connection: connection.execute(insert(Submission).values(values))


def test_a_number_that_was_just_taken_is_passed_over(
    session: Session, ada: User, prompt: Prompt, quicker: Slip
) -> None:
    quicker(rival_of(ada, prompt, "another key"))
    assert hand_in(session, ada, prompt, "key").number == 2


def test_an_essay_that_was_just_stored_is_not_stored_again(
    session: Session, ada: User, prompt: Prompt, quicker: Slip
) -> None:
    quicker(rival_of(ada, prompt, "key"))
    assert hand_in(session, ada, prompt, "key").ref == "rival"
    assert len(submissions.attempts(session, student=ada, prompt=prompt)) == 1


def test_a_score_that_was_just_stored_is_not_stored_again(
    session: Session, ada: User, prompt: Prompt, quicker: Slip
) -> None:
    submission = make_submission(session, ada, prompt)
    report = make_report(rubric_of(submission.prompt_version))
    values = {
        "submission_id": submission.id,
        "action": "scored",
        "signature": report.signature,
        "mark": 0.0,
        "max_score": 5.0,
        "comment": "the rival’s",
        "report": report_to_json(report),
        "created_at": NOON,
    }
    quicker(lambda connection: connection.execute(insert(Score).values(values)))
    row = scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers_giving())
    assert row.comment == "the rival’s"


def test_a_row_that_breaks_another_rule_is_not_taken_for_a_rivals(
    session: Session, ada: User, prompt: Prompt
) -> None:
    submission = make_submission(session, ada, prompt)
    assert submission.prompt_version.body  # read before it is put apart
    session.expunge(submission)
    submission.id += 1  # a submission that is not there
    with pytest.raises(IntegrityError):
        scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers_giving())
