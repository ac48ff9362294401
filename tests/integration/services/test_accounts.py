"""People: guests become students, teachers come by invitation, names are what they say they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Invitation, Prompt, User
from services import accounts, submissions
from services.errors import (
    DisplayNameInvalid,
    InvitationInvalid,
    NotFound,
    UsernameInvalid,
    UsernameTaken,
)
from tests.factories import NOON, make_submission


def register(session: Session, username: str, name: str = "Zoë", guest: User | None = None) -> User:
    return accounts.register(
        session, username=username, display_name=name, password_hash="hash", now=NOON, guest=guest
    )


def accept(session: Session, token: str, username: str = "ms_cole") -> User:
    return accounts.accept_invitation(
        session,
        token=token,
        username=username,
        display_name="Ms Zoë Cole",
        password_hash="hash",
        now=NOON,
    )


def test_a_guest_can_start_at_once_and_is_no_teacher(session: Session) -> None:
    guest = accounts.create_guest(session, now=NOON)
    assert guest.guest
    assert guest.password is None
    assert not guest.is_teacher
    assert accounts.find_by_username(session, username=guest.username) is None


def test_a_guest_who_registers_keeps_the_work(session: Session, prompt: Prompt) -> None:
    guest = accounts.create_guest(session, now=NOON)
    submission = make_submission(session, guest, prompt)
    cookie = guest.fs_uniquifier
    user = register(session, "zoe", guest=guest)
    assert list(submissions.history(session, student=user)) == [submission]
    assert not user.guest
    assert user.fs_uniquifier != cookie  # the guest's session ends with the guest


def test_somebody_who_has_an_account_registers_another_one_apart(session: Session) -> None:
    first = register(session, "zoe")
    assert register(session, "zoe2", guest=first) is not first


@pytest.mark.parametrize("typed", ["Zoe", "ZOE", " zoe ", "ｚｏｅ"])
def test_one_name_is_one_person_however_it_is_typed(session: Session, typed: str) -> None:
    user = register(session, "zoe")
    assert accounts.find_by_username(session, username=typed) is user
    with pytest.raises(UsernameTaken):
        register(session, typed)


@pytest.mark.parametrize("typed", ["", "ab", "a b c", "x" * 41, "zoe@school", "<zoe>", "a\nb\nc"])
def test_a_name_that_nobody_could_sign_in_with_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(UsernameInvalid, match="3 to 40 letters"):
        register(session, typed)


def test_nobody_takes_a_name_that_guests_have(session: Session) -> None:
    with pytest.raises(UsernameTaken):
        register(session, "guest-abc")


@pytest.mark.parametrize("name", ["Ada O’Brien-Nguyễn", "Дарья", "陳大文", "María José", "Ŵ. Ng", "می‌خواهم"])
def test_names_of_any_script_are_shown_as_they_are(session: Session, name: str) -> None:
    assert register(session, "somebody", name).display_name == name


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\u202eb", "a\x07b", "a\ud800b"])
def test_a_name_that_cannot_be_shown_is_refused(session: Session, name: str) -> None:
    with pytest.raises(DisplayNameInvalid):
        register(session, "somebody", name)


def test_a_name_stands_on_one_line(session: Session) -> None:
    user = register(session, "somebody")
    accounts.change_display_name(session, user=user, display_name=" Ada \n Obi ")
    assert user.display_name == "Ada Obi"


def test_a_new_password_ends_every_session(session: Session) -> None:
    user = register(session, "zoe")
    cookie = user.fs_uniquifier
    accounts.change_password(session, user=user, password_hash="another")
    assert (user.password, user.fs_uniquifier == cookie) == ("another", False)


def test_the_first_teacher_comes_by_a_link_that_works_once(session: Session) -> None:
    assert not accounts.has_teacher(session)
    token = accounts.invite_teacher(session, now=NOON)
    teacher = accept(session, token)
    assert teacher.is_teacher
    assert accounts.has_teacher(session)
    with pytest.raises(InvitationInvalid):
        accept(session, token, "another")


def test_the_database_holds_no_token(session: Session) -> None:
    token = accounts.invite_teacher(session, now=NOON)
    assert token not in session.scalars(select(Invitation.token_digest)).one()


def test_a_refused_name_leaves_the_link_unused(session: Session) -> None:
    token = accounts.invite_teacher(session, now=NOON)
    with pytest.raises(UsernameInvalid):
        accept(session, token, "x")
    assert accept(session, token).is_teacher


def test_a_link_runs_out(session: Session) -> None:
    token = accounts.invite_teacher(session, now=NOON - accounts.INVITATION_LASTS - timedelta(seconds=1))
    with pytest.raises(InvitationInvalid):
        accept(session, token)


def test_once_there_is_a_teacher_only_teachers_and_the_console_invite(
    session: Session, ms_cole: User, ada: User
) -> None:
    for nobody in (None, ada):
        with pytest.raises(NotFound):
            accounts.invite_teacher(session, now=NOON, invited_by=nobody)
    assert accounts.invite_teacher(session, now=NOON, invited_by=ms_cole)
    assert accounts.invite_teacher(session, now=NOON, from_console=True)


def test_the_demonstrations_teacher_is_not_the_first_one(session: Session) -> None:
    accounts.create_teacher(
        session,
        username=accounts.DEMONSTRATION_TEACHER,
        display_name="Demonstration teacher",
        password_hash="hash",
        now=NOON,
    )
    assert not accounts.has_teacher(session)
