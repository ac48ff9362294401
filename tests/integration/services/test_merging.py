"""A guest who signs in loses nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from grader.feedback import Stage
from models import Classroom, Prompt, User
from services import accounts, classrooms, disclosure, drafts, submissions
from services.errors import NotFound
from services.merging import BETWEEN
from tests.factories import NOON, make_prompt, make_rubric, make_submission, minutes_later


@pytest.fixture
def guest(session: Session) -> User:
    return accounts.create_guest(session, now=NOON)


def merge(session: Session, guest: User, into: User) -> None:
    accounts.merge_guest(session, guest=guest, into=into, now=minutes_later(9))


def write(session: Session, student: User, prompt: Prompt, text: str, plan: str = "") -> None:
    drafts.save_draft(
        session, student=student, prompt=prompt, text=text, plan=plan, seen_revision=0, now=NOON
    )


def test_attempts_are_numbered_on_after_the_accounts_own(
    session: Session, guest: User, ada: User, prompt: Prompt
) -> None:
    mine = [make_submission(session, ada, prompt) for _ in range(3)]
    theirs = [make_submission(session, guest, prompt) for _ in range(2)]
    merge(session, guest, ada)
    assert list(submissions.attempts(session, student=ada, prompt=prompt)) == mine + theirs
    assert [submission.number for submission in mine + theirs] == [1, 2, 3, 4, 5]


def test_a_key_that_both_used_is_no_obstacle(
    session: Session, guest: User, ada: User, prompt: Prompt
) -> None:
    for student in (guest, ada):
        submissions.submit(
            session,
            student=student,
            prompt=prompt,
            essay="word " * 40,
            submit_key="the same",
            now=NOON,
        )
    merge(session, guest, ada)
    assert len(submissions.history(session, student=ada)) == 2


def test_a_draft_moves(session: Session, guest: User, ada: User, prompt: Prompt) -> None:
    write(session, guest, prompt, "half an essay")
    merge(session, guest, ada)
    draft = drafts.find_draft(session, student=ada, prompt=prompt)
    assert draft is not None
    assert draft.text == "half an essay"


def test_two_drafts_of_one_question_are_joined(
    session: Session, guest: User, ada: User, prompt: Prompt
) -> None:
    write(session, ada, prompt, "Ada’s text", plan="plan")
    write(session, guest, prompt, "the guest’s text", plan="plan")
    seen = drafts.open_draft(session, student=ada, prompt=prompt, now=NOON).revision
    merge(session, guest, ada)
    draft = drafts.open_draft(session, student=ada, prompt=prompt, now=NOON)
    assert draft.text == f"Ada’s text{BETWEEN}the guest’s text"
    assert draft.plan == "plan"
    assert draft.revision > seen  # a page that is still open notices


@pytest.mark.parametrize(
    "own, other, joined", [("", "text", "text"), ("text", "", "text"), ("a b", "b", "a b")]
)
def test_nothing_is_said_twice(
    session: Session, guest: User, ada: User, prompt: Prompt, own: str, other: str, joined: str
) -> None:
    write(session, ada, prompt, own)
    write(session, guest, prompt, other)
    merge(session, guest, ada)
    assert drafts.open_draft(session, student=ada, prompt=prompt, now=NOON).text == joined


def test_classes_come_along(session: Session, guest: User, ada: User, classroom: Classroom) -> None:
    classrooms.join(session, student=guest, code=classroom.join_code, now=NOON)
    classrooms.leave(session, student=ada, classroom=classroom, now=NOON)
    merge(session, guest, ada)
    assert list(classrooms.classes_joined(session, student=ada)) == [classroom]


def test_a_class_that_only_the_guest_had_joined_comes_along(
    session: Session, guest: User, classroom: Classroom, mr_drew: User
) -> None:
    newcomer = accounts.register(
        session, username="newcomer", display_name="New Comer", password_hash="hash", now=NOON
    )
    classrooms.join(session, student=guest, code=classroom.join_code, now=NOON)
    merge(session, guest, newcomer)
    assert list(classrooms.classes_joined(session, student=newcomer)) == [classroom]


def test_what_was_revealed_stays_revealed(session: Session, guest: User, ada: User) -> None:
    first = make_prompt(session, make_rubric(slug="first"))
    for student in (guest, ada):
        make_submission(session, student, first)
    disclosure.reveal(session, student=guest, prompt=first, now=NOON)
    merge(session, guest, ada)
    assert disclosure.stage_for_prompt(session, viewer=ada, prompt=first) is Stage.REVEALED


def test_a_reveal_of_both_is_one(session: Session, guest: User, ada: User, prompt: Prompt) -> None:
    for student in (guest, ada):
        make_submission(session, student, prompt)
        disclosure.reveal(session, student=student, prompt=prompt, now=NOON)
    merge(session, guest, ada)
    assert disclosure.stage_for_prompt(session, viewer=ada, prompt=prompt) is Stage.REVEALED


def test_the_guest_is_gone_and_the_work_is_not(
    session: Session, guest: User, ada: User, prompt: Prompt
) -> None:
    number, submission = guest.id, make_submission(session, guest, prompt)
    merge(session, guest, ada)
    session.expire_all()
    assert session.get(User, number) is None
    assert submissions.find_submission(session, ref=submission.ref).student is ada


def test_only_a_guest_is_merged(session: Session, guest: User, ada: User, ben: User) -> None:
    with pytest.raises(NotFound):
        merge(session, ben, ada)
    with pytest.raises(NotFound):
        merge(session, guest, guest)
