"""One policy decides how much of a rubric anybody sees."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.feedback import Stage
from models import AuditEvent, Classroom, Prompt, RevealPolicy, Submission, User
from services import classrooms, disclosure
from services.errors import NotFound, NothingHandedIn, RevealHeldBack
from services.feedback import feedback_for
from tests.factories import NOON, make_class, make_submission


def stage(session: Session, viewer: User, prompt: Prompt) -> Stage:
    return disclosure.stage_for_prompt(session, viewer=viewer, prompt=prompt)


def reveal(session: Session, student: User, prompt: Prompt) -> None:
    disclosure.reveal(session, student=student, prompt=prompt, now=NOON)


def release(session: Session, classroom: Classroom, prompt: Prompt, teacher: User) -> None:
    disclosure.release(session, classroom=classroom, prompt=prompt, teacher=teacher, now=NOON)


@pytest.fixture
def held(session: Session, ms_cole: User, ada: User, ben: User) -> Classroom:
    """A class whose teacher releases the key points, joined by Ada and Ben."""
    return make_class(session, ms_cole, ada, ben, policy=RevealPolicy.ON_RELEASE)


def test_before_handing_in_only_the_question_is_seen(session: Session, ada: User, prompt: Prompt) -> None:
    assert stage(session, ada, prompt) is Stage.BEFORE
    assert not disclosure.may_reveal(session, student=ada, prompt=prompt)
    with pytest.raises(NothingHandedIn):
        reveal(session, ada, prompt)


def test_practice_is_revealed_on_request(session: Session, ada: User, prompt: Prompt) -> None:
    make_submission(session, ada, prompt)
    assert stage(session, ada, prompt) is Stage.DRAFT
    assert disclosure.may_reveal(session, student=ada, prompt=prompt)
    reveal(session, ada, prompt)
    reveal(session, ada, prompt)
    assert stage(session, ada, prompt) is Stage.REVEALED


def test_a_reveal_is_the_students_own(session: Session, ada: User, ben: User, prompt: Prompt) -> None:
    for student in (ada, ben):
        make_submission(session, student, prompt)
    reveal(session, ada, prompt)
    assert stage(session, ben, prompt) is Stage.DRAFT


def test_reveals_and_releases_are_remembered(
    session: Session, ada: User, prompt: Prompt, held: Classroom, ms_cole: User
) -> None:
    release(session, held, prompt, ms_cole)
    make_submission(session, ada, prompt)
    events = session.scalars(select(AuditEvent)).all()
    assert [(e.action, e.actor_id, e.subject) for e in events] == [
        ("release", ms_cole.id, f"class {held.ref} prompt light-or-water")
    ]


def test_class_work_waits_for_the_teachers_release(
    session: Session, ada: User, ben: User, prompt: Prompt, held: Classroom, ms_cole: User
) -> None:
    make_submission(session, ada, prompt, classroom=held)
    with pytest.raises(RevealHeldBack, match="Your teacher will release"):
        reveal(session, ada, prompt)
    release(session, held, prompt, ms_cole)
    release(session, held, prompt, ms_cole)
    assert stage(session, ada, prompt) is Stage.REVEALED
    assert stage(session, ben, prompt) is Stage.BEFORE  # Ben has not handed anything in yet


def test_a_member_cannot_go_round_it_by_practising_alone_or_by_leaving(
    session: Session, ada: User, prompt: Prompt, held: Classroom
) -> None:
    make_submission(session, ada, prompt)
    assert not disclosure.may_reveal(session, student=ada, prompt=prompt)
    make_submission(session, ada, prompt, classroom=held)
    classrooms.leave(session, student=ada, classroom=held, now=NOON)
    assert not disclosure.may_reveal(session, student=ada, prompt=prompt)


def test_a_class_that_was_left_without_handing_in_holds_nothing_back(
    session: Session, ada: User, prompt: Prompt, held: Classroom
) -> None:
    make_submission(session, ada, prompt)
    classrooms.leave(session, student=ada, classroom=held, now=NOON)
    assert disclosure.may_reveal(session, student=ada, prompt=prompt)


def test_of_two_classes_the_stricter_one_counts(
    session: Session, ada: User, prompt: Prompt, held: Classroom, mr_drew: User
) -> None:
    make_submission(session, ada, prompt, classroom=make_class(session, mr_drew, ada))
    assert not disclosure.may_reveal(session, student=ada, prompt=prompt)


def test_only_the_classs_own_teacher_releases(
    session: Session, prompt: Prompt, held: Classroom, mr_drew: User
) -> None:
    with pytest.raises(NotFound):
        release(session, held, prompt, mr_drew)


def test_a_submission_is_seen_by_its_writer_and_her_teacher_alone(
    session: Session, ada: User, ben: User, prompt: Prompt, held: Classroom, ms_cole: User, mr_drew: User
) -> None:
    submission = make_submission(session, ada, prompt, classroom=held)
    seen = {
        viewer.username: disclosure.stage_for(session, viewer=viewer, submission=submission)
        for viewer in (ada, ben, ms_cole, mr_drew)
    }
    assert seen == {
        "ada": Stage.DRAFT,
        "ben": Stage.BEFORE,
        "ms_cole": Stage.REVEALED,
        "mr_drew": Stage.BEFORE,
    }


def test_practice_on_ones_own_is_hidden_from_the_teacher(
    session: Session, ada: User, prompt: Prompt, held: Classroom, ms_cole: User
) -> None:
    submission = make_submission(session, ada, prompt)
    with pytest.raises(NotFound):
        feedback_for(session, submission=submission, viewer=ms_cole)


def test_teachers_see_every_questions_key_points(session: Session, prompt: Prompt, mr_drew: User) -> None:
    assert stage(session, mr_drew, prompt) is Stage.REVEALED


def test_nobody_teaches_practice_on_ones_own(session: Session, ada: User, prompt: Prompt) -> None:
    submission: Submission = make_submission(session, ada, prompt)
    assert not disclosure.teaches(ada, submission)
