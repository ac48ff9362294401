"""Handing in: once for each press, numbered without gaps, refused only with a sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Classroom, Prompt, Submission, User
from services import classrooms, drafts, submissions
from services.errors import (
    ClassClosed,
    EssayBlank,
    EssayTooLong,
    NotAMember,
    NotFound,
    PromptRetired,
    Refused,
    VeryShort,
)
from tests.factories import ESSAY, NOON, make_class, make_submission, minutes_later


def hand_in(session: Session, student: User, prompt: Prompt, key: str = "key-1", **values: Any) -> Submission:
    given = {"essay": ESSAY, "now": NOON, **values}
    return submissions.submit(session, student=student, prompt=prompt, submit_key=key, **given)


def test_an_essay_is_stored_as_it_was_written(session: Session, ada: User, prompt: Prompt) -> None:
    submission = hand_in(session, ada, prompt)
    session.expire_all()
    assert submission.essay == ESSAY
    assert (submission.number, submission.words, submission.classroom) == (1, 60, None)
    assert submission.prompt_version is prompt.current_version


def test_the_same_key_again_is_the_same_submission(session: Session, ada: User, prompt: Prompt) -> None:
    first = hand_in(session, ada, prompt)
    assert hand_in(session, ada, prompt, essay="") is first
    assert len(submissions.attempts(session, student=ada, prompt=prompt)) == 1


def test_the_same_key_of_a_classmate_is_another_submission(
    session: Session, ada: User, ben: User, prompt: Prompt
) -> None:
    assert hand_in(session, ada, prompt) is not hand_in(session, ben, prompt)


def test_attempts_count_from_one_for_each_student_and_question(
    session: Session, ada: User, ben: User, prompt: Prompt
) -> None:
    numbers = [hand_in(session, ada, prompt, f"key-{n}").number for n in range(3)]
    assert (numbers, hand_in(session, ben, prompt).number) == ([1, 2, 3], 1)


def test_handing_in_uses_the_draft_up(session: Session, ada: User, prompt: Prompt) -> None:
    drafts.open_draft(session, student=ada, prompt=prompt, now=NOON)
    hand_in(session, ada, prompt)
    assert drafts.find_draft(session, student=ada, prompt=prompt) is None


def test_a_draft_that_was_changed_in_another_window_stays(
    session: Session, ada: User, prompt: Prompt
) -> None:
    seen = drafts.open_draft(session, student=ada, prompt=prompt, now=NOON).revision
    drafts.save_draft(
        session, student=ada, prompt=prompt, text="another thought", plan="", seen_revision=seen, now=NOON
    )
    hand_in(session, ada, prompt, seen_revision=seen)
    kept = drafts.find_draft(session, student=ada, prompt=prompt)
    assert kept is not None
    assert kept.text == "another thought"


@pytest.mark.parametrize("essay", ["", " \n\t ", "… — !", "\u200b\u200b"])
def test_nothing_to_mark_is_refused(session: Session, ada: User, prompt: Prompt, essay: str) -> None:
    with pytest.raises(EssayBlank):
        hand_in(session, ada, prompt, essay=essay)


def test_five_words_are_asked_about_first(session: Session, ada: User, prompt: Prompt) -> None:
    with pytest.raises(VeryShort, match=r"very short \(5 words\)"):
        hand_in(session, ada, prompt, essay="Plants need light and water.")
    hand_in(session, ada, prompt, essay="Plants need light and water.", short_confirmed=True)


def test_a_megabyte_is_refused_with_the_limit(session: Session, ada: User, prompt: Prompt) -> None:
    with pytest.raises(EssayTooLong, match="an essay may have 100,000"):
        hand_in(session, ada, prompt, essay="word " * 200_000)


def test_a_closed_class_takes_no_work_and_the_sentence_says_what_to_do(
    session: Session, ada: User, prompt: Prompt, classroom: Classroom
) -> None:
    classrooms.close(session, classroom=classroom, now=NOON)
    with pytest.raises(ClassClosed, match="hand it in as practice for yourself"):
        hand_in(session, ada, prompt, classroom=classroom)


def test_only_members_hand_in_to_a_class(
    session: Session, ada: User, prompt: Prompt, mr_drew: User, classroom: Classroom
) -> None:
    with pytest.raises(NotAMember):
        hand_in(session, ada, prompt, classroom=make_class(session, mr_drew))
    classrooms.leave(session, student=ada, classroom=classroom, now=NOON)
    with pytest.raises(NotAMember):
        hand_in(session, ada, prompt, classroom=classroom)


def test_a_retired_question_still_takes_the_essay_of_somebody_who_was_writing(
    session: Session, ada: User, ben: User, prompt: Prompt
) -> None:
    drafts.open_draft(session, student=ada, prompt=prompt, now=NOON)
    prompt.retired_at = NOON
    assert hand_in(session, ada, prompt).number == 1
    with pytest.raises(PromptRetired):
        hand_in(session, ben, prompt)


def test_a_refusal_changes_nothing(session: Session, ada: User, prompt: Prompt, classroom: Classroom) -> None:
    drafts.open_draft(session, student=ada, prompt=prompt, now=NOON)
    classrooms.close(session, classroom=classroom, now=NOON)
    with pytest.raises(Refused):
        hand_in(session, ada, prompt, classroom=classroom)
    assert drafts.find_draft(session, student=ada, prompt=prompt) is not None
    assert submissions.history(session, student=ada) == []


def test_a_submission_is_found_by_its_reference(session: Session, ada: User, prompt: Prompt) -> None:
    submission = make_submission(session, ada, prompt)
    assert submissions.find_submission(session, ref=submission.ref) is submission
    with pytest.raises(NotFound):
        submissions.find_submission(session, ref="nothing")


def test_history_has_the_newest_first_and_attempts_the_oldest(
    session: Session, ada: User, prompt: Prompt
) -> None:
    first = make_submission(session, ada, prompt, now=NOON)
    second = make_submission(session, ada, prompt, now=minutes_later(5))
    assert list(submissions.history(session, student=ada)) == [second, first]
    assert list(submissions.attempts(session, student=ada, prompt=prompt)) == [first, second]
    assert submissions.previous_attempt(session, submission=second) is first
    assert submissions.previous_attempt(session, submission=first) is None


def hand_in_at_once(engine: Engine, student_id: int, prompt_id: int, keys: list[str]) -> list[str]:
    """Hand in from eight threads, each with a session of its own; return the references."""

    def one(key: str) -> str:
        with Session(engine) as session, session.begin():
            student, prompt = session.get_one(User, student_id), session.get_one(Prompt, prompt_id)
            return hand_in(session, student, prompt, key).ref

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, keys))


def test_eight_clicks_at_once_are_one_submission(
    engine: Engine, session: Session, ada: User, prompt: Prompt
) -> None:
    ids = ada.id, prompt.id
    session.commit()
    assert len(set(hand_in_at_once(engine, *ids, ["the same key"] * 8))) == 1


def test_many_at_once_are_numbered_without_gaps(
    engine: Engine, session: Session, ada: User, prompt: Prompt
) -> None:
    ids = ada.id, prompt.id
    session.commit()
    hand_in_at_once(engine, *ids, [f"key-{n}" for n in range(24)])
    numbers = session.scalars(select(Submission.number).order_by(Submission.number)).all()
    assert list(numbers) == list(range(1, 25))
