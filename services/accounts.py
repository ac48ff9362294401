"""People: guests who practise at once, students who register, teachers who come by invitation.

Passwords arrive hashed: hashing is the web's business, as is signing in.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models import ADMIN, STUDENT, TEACHER, Invitation, Role, User
from services import audit
from services.errors import (
    DisplayNameInvalid,
    InvitationInvalid,
    NotFound,
    UsernameInvalid,
    UsernameTaken,
)
from services.merging import merge_guest
from services.refs import digest, new_ref, new_token

__all__ = [
    "DEMONSTRATION_TEACHER", "MAX_DISPLAY_NAME", "USERNAME_LENGTH", "accept_invitation",
    "change_display_name", "change_password", "create_guest", "create_teacher", "find_by_uniquifier",
    "find_by_username", "find_invitation", "find_role", "has_teacher", "invite_teacher", "make_admin",
    "merge_guest", "read_display_name", "read_username", "register", "sign_out_everywhere",
]  # fmt: skip

MAX_DISPLAY_NAME = 60
USERNAME_LENGTH = (3, 40)
DEMONSTRATION_TEACHER = "demo.teacher"
INVITATION_LASTS = timedelta(days=14)

_USERNAME = re.compile(r"[\w.\-]+")
_GUEST_PREFIX = "guest-"


def create_guest(session: Session, *, now: datetime) -> User:
    """Create a student without a password, known by this browser's session alone."""
    guest = _new_user(session, username=_GUEST_PREFIX + new_ref(), display_name="Guest", now=now)
    guest.guest = True
    session.flush()
    return guest


def register(
    session: Session,
    *,
    username: str,
    display_name: str,
    password_hash: str,
    now: datetime,
    guest: User | None = None,
) -> User:
    """Create a student's account; a guest becomes the account and so keeps the work.

    Raises: UsernameInvalid, UsernameTaken, DisplayNameInvalid.
    """
    username, display_name = read_username(username), read_display_name(display_name)
    _check_free(session, username)
    user = guest if guest and guest.guest else _new_user(session, username, display_name, now)
    user.username, user.display_name, user.password = username, display_name, password_hash
    user.guest, user.fs_uniquifier = False, uuid4().hex
    session.flush()
    return user


def find_by_username(session: Session, *, username: str) -> User | None:
    """Return the person who signs in with this name, however it is capitalised; guests have none."""
    query = select(User).where(User.username == _fold(username), User.guest.is_(False))
    return session.scalar(query)


def find_by_uniquifier(session: Session, *, uniquifier: str) -> User | None:
    """Return the person whose sessions carry this mark, if the account is open."""
    return session.scalar(select(User).where(User.fs_uniquifier == uniquifier, User.active.is_(True)))


def change_display_name(session: Session, *, user: User, display_name: str) -> None:
    """Change what teachers see. Raises: DisplayNameInvalid."""
    user.display_name = read_display_name(display_name)
    session.flush()


def change_password(session: Session, *, user: User, password_hash: str) -> None:
    """Change the password, and sign the person out everywhere else."""
    user.password = password_hash
    sign_out_everywhere(session, user=user)


def sign_out_everywhere(session: Session, *, user: User) -> None:
    """End every session that this person has in any browser, the present one included."""
    user.fs_uniquifier = uuid4().hex
    session.flush()


def has_teacher(session: Session) -> bool:
    """Tell whether there is anybody who may have classes, besides the teacher of the demonstration."""
    query = select(User.id).join(User.roles).where(Role.name.in_((TEACHER, ADMIN)))
    return session.scalar(query.where(User.username != DEMONSTRATION_TEACHER).limit(1)) is not None


def invite_teacher(
    session: Session, *, now: datetime, invited_by: User | None = None, from_console: bool = False
) -> str:
    """Return the token of a one-time link that creates a teacher; only its digest is stored.

    Allowed while there is no teacher, to a teacher, and to whoever runs the service (`from_console`).

    Raises: NotFound for anybody else.
    """
    by_teacher = invited_by is not None and invited_by.is_teacher
    if not (by_teacher or from_console or not has_teacher(session)):
        raise NotFound
    token = new_token()
    session.add(Invitation(token_digest=digest(token), created_at=now))
    audit.record(session, actor=invited_by, action=audit.Act.INVITE, subject="teacher", now=now)
    return token


def find_invitation(session: Session, *, token: str, now: datetime) -> Invitation:
    """Return an invitation that can still be accepted. Raises: InvitationInvalid."""
    query = select(Invitation).where(Invitation.token_digest == digest(token)).with_for_update()
    invitation = session.scalar(query)
    if invitation is None or invitation.used_at or now - invitation.created_at > INVITATION_LASTS:
        raise InvitationInvalid
    return invitation


def accept_invitation(
    session: Session, *, token: str, username: str, display_name: str, password_hash: str, now: datetime
) -> User:
    """Create a teacher and use the link up; the first teacher of all also looks after the service.

    Raises: InvitationInvalid, UsernameInvalid, UsernameTaken, DisplayNameInvalid.
    """
    invitation = find_invitation(session, token=token, now=now)
    first = not has_teacher(session)
    teacher = create_teacher(
        session, username=username, display_name=display_name, password_hash=password_hash, now=now
    )
    invitation.used_at, invitation.used_by_id = now, teacher.id
    if first:
        make_admin(session, user=teacher)
    session.flush()
    return teacher


def create_teacher(
    session: Session, *, username: str, display_name: str, password_hash: str, now: datetime
) -> User:
    """Create a teacher without an invitation; pages go through `accept_invitation`.

    Raises: UsernameInvalid, UsernameTaken, DisplayNameInvalid.
    """
    username, display_name = read_username(username), read_display_name(display_name)
    _check_free(session, username)
    teacher = _new_user(session, username, display_name, now, role=TEACHER)
    teacher.password = password_hash
    session.flush()
    return teacher


def make_admin(session: Session, *, user: User) -> None:
    """Let somebody look after the service as well: its standing and its backups, nobody's work."""
    if not user.is_admin:
        user.roles.append(find_role(session, ADMIN))
        session.flush()


def read_username(typed: str) -> str:
    """Return a user name as it is stored: one form for look-alike spellings and capitals.

    Raises: UsernameInvalid.
    """
    username, (low, high) = _fold(typed), USERNAME_LENGTH
    if not low <= len(username) <= high or not _USERNAME.fullmatch(username):
        raise UsernameInvalid(low=low, high=high)
    if username.startswith(_GUEST_PREFIX):
        raise UsernameTaken
    return username


def read_display_name(typed: str) -> str:
    """Return a name as it is shown: any script, on one line. Raises: DisplayNameInvalid."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 1 <= len(name) <= MAX_DISPLAY_NAME or not _showable(name):
        raise DisplayNameInvalid(limit=MAX_DISPLAY_NAME)
    return name


def find_role(session: Session, name: str) -> Role:
    """Return a role by its name, made where it is not there yet."""
    found = session.scalar(select(Role).where(Role.name == name))
    if found is None:
        found = Role(name=name)
        session.add(found)
        session.flush()
    return found


def _new_user(
    session: Session, username: str, display_name: str, now: datetime, *, role: str = STUDENT
) -> User:
    user = User(
        username=username,
        display_name=display_name,
        active=True,
        guest=False,
        fs_uniquifier=uuid4().hex,
        created_at=now,
        roles=[find_role(session, role)],
    )
    session.add(user)
    session.flush()
    return user


def _check_free(session: Session, username: str) -> None:
    if session.scalar(select(exists().where(User.username == username))):
        raise UsernameTaken


def _fold(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _showable(name: str) -> bool:
    """Letters of any script, marks, punctuation; no control or direction characters, no lone surrogates.

    Joiners (zero-width) are letters' business in several scripts and are let through.
    """
    joiners = "\u200c\u200d"
    return all(c in joiners or unicodedata.category(c)[0] != "C" for c in name)
