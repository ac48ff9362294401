"""Passwords: hashed with argon2 by Flask-Security, never logged, never sent back to a page."""

from __future__ import annotations

import unicodedata

from flask_security.utils import hash_password, verify_password

from models import User
from services import accounts
from web.extensions import db

MIN_LENGTH = 8
MAX_LENGTH = 200
"""In characters. Long enough for any phrase, short enough to cost no more to hash than another."""


def hashed(password: str) -> str:
    """Return what is stored of a password; call it before anything is changed: it ends the transaction."""
    _let_others_write()
    return hash_password(_one_form(password))


def person_with(username: str, password: str) -> User | None:
    """Return the person whom a user name and a password belong to, or None.

    An unknown name takes as long as a wrong password, so that the time of the answer tells nothing.
    """
    user = accounts.find_by_username(db.session, username=username)
    stored = user.password if user is not None and user.active else None
    if user is None or stored is None:
        hashed(password)
        return None
    _let_others_write()
    return user if verify_password(_one_form(password), stored) else None


def _let_others_write() -> None:
    """End the transaction: hashing takes long on purpose, and a class signs in all at once."""
    db.session.rollback()


def _one_form(password: str) -> str:
    """The same letters give the same password, however a keyboard composes their accents."""
    return unicodedata.normalize("NFKC", password)
