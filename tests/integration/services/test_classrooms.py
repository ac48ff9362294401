"""Classes are joined with a code that is easy to read off a projector."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models import Classroom, RevealPolicy, User
from services import classrooms
from services.errors import ClassClosed, ClassNameInvalid, JoinCodeUnknown, NotAMember, NotFound
from services.refs import ALPHABET
from tests.factories import NOON, make_class


def join(session: Session, student: User, code: str) -> Classroom:
    return classrooms.join(session, student=student, code=code, now=NOON)


def test_a_code_has_six_letters_and_digits_that_nobody_mistakes(session: Session, ms_cole: User) -> None:
    code = make_class(session, ms_cole).join_code
    assert len(code) == 6
    assert set(code.lower()) <= set(ALPHABET)
    assert not set("il01o") & set(ALPHABET)


def test_case_spaces_and_hyphens_do_not_matter(session: Session, ms_cole: User, ada: User) -> None:
    classroom = make_class(session, ms_cole)
    code = classroom.join_code
    assert join(session, ada, f"  {code[:3].lower()}-{code[3:]} ") is classroom


def test_joining_twice_changes_nothing_and_leaving_can_be_undone(
    session: Session, classroom: Classroom, ada: User
) -> None:
    join(session, ada, classroom.join_code)
    assert len(classroom.memberships) == 2
    classrooms.leave(session, student=ada, classroom=classroom, now=NOON)
    assert not classrooms.is_member(session, student=ada, classroom=classroom)
    join(session, ada, classroom.join_code)
    assert classrooms.is_member(session, student=ada, classroom=classroom)


@pytest.mark.parametrize("code", ["", "ABC", "ZZZZZZ", "'; DROP TABLE", "\x00"])
def test_a_code_that_no_class_has_is_refused(session: Session, ada: User, code: str) -> None:
    with pytest.raises(JoinCodeUnknown):
        join(session, ada, code)


def test_a_new_code_lets_nobody_in_with_the_old_one(
    session: Session, classroom: Classroom, ada: User, mr_drew: User
) -> None:
    old = classroom.join_code
    new = classrooms.new_code_for(session, classroom=classroom)
    with pytest.raises(JoinCodeUnknown):
        join(session, mr_drew, old)
    assert join(session, mr_drew, new) is classroom
    assert classrooms.is_member(session, student=ada, classroom=classroom)


def test_a_closed_class_takes_nobody_until_it_is_reopened(
    session: Session, classroom: Classroom, mr_drew: User
) -> None:
    classrooms.close(session, classroom=classroom, now=NOON)
    with pytest.raises(ClassClosed, match="“12B History” is closed and takes no new students"):
        join(session, mr_drew, classroom.join_code)
    classrooms.reopen(session, classroom=classroom)
    join(session, mr_drew, classroom.join_code)


def test_only_its_teacher_finds_a_class(
    session: Session, classroom: Classroom, ms_cole: User, mr_drew: User
) -> None:
    assert classrooms.find_classroom(session, ref=classroom.ref, teacher=ms_cole) is classroom
    with pytest.raises(NotFound):
        classrooms.find_classroom(session, ref=classroom.ref, teacher=mr_drew)


def test_only_its_members_find_a_class_to_hand_in_to(
    session: Session, classroom: Classroom, ada: User, mr_drew: User
) -> None:
    assert classrooms.find_joined(session, ref=classroom.ref, student=ada) is classroom
    with pytest.raises(NotAMember):
        classrooms.find_joined(session, ref=classroom.ref, student=mr_drew)
    with pytest.raises(NotAMember):
        classrooms.leave(session, student=mr_drew, classroom=classroom, now=NOON)


def test_open_classes_come_first(session: Session, ms_cole: User, ada: User) -> None:
    first, second = make_class(session, ms_cole, ada, name="A"), make_class(session, ms_cole, ada, name="B")
    classrooms.close(session, classroom=first, now=NOON)
    assert list(classrooms.classes_of(session, teacher=ms_cole)) == [second, first]
    assert list(classrooms.classes_joined(session, student=ada)) == [second, first]


def test_members_are_listed_by_name(session: Session, classroom: Classroom, ada: User, ben: User) -> None:
    assert list(classrooms.members(session, classroom=classroom)) == [ada, ben]


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x07b"])
def test_a_class_needs_a_name(session: Session, ms_cole: User, classroom: Classroom, name: str) -> None:
    with pytest.raises(ClassNameInvalid):
        make_class(session, ms_cole, name=name)
    with pytest.raises(ClassNameInvalid):
        classrooms.rename(session, classroom=classroom, name=name)


def test_a_class_can_be_renamed_and_its_policy_changed(session: Session, classroom: Classroom) -> None:
    classrooms.rename(session, classroom=classroom, name=" 13C  Geschichte ")
    classrooms.set_reveal_policy(session, classroom=classroom, policy=RevealPolicy.ON_RELEASE)
    assert (classroom.name, classroom.reveal_policy) == ("13C Geschichte", "on-release")
