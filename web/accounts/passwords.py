"""Passwords: hashed with argon2 by Flask-Security, never logged, never sent back to a page."""

from __future__ import annotations

import unicodedata

from flask_security.utils import hash_password

from models import User
from services import accounts
from web.extensions import db

MIN_LENGTH = 8
MAX_LENGTH = 200
"""In characters. Long enough for any phrase, short enough to cost no more to hash than another."""


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return hash_password(_one_form(password))


def person_with(username: str, password: str) -> User | None:
    """Return the person whom a user name and a password belong to, or None.

    An unknown name takes as long as a wrong password, so that the time of the answer tells nothing.
    """
    user = accounts.find_by_username(db.session, username=username)
    if user is None or not user.password or not user.active:
        hashed(password)
        return None
    return user if user.verify_and_update_password(_one_form(password)) else None


def _one_form(password: str) -> str:
    """The same letters give the same password, however a keyboard composes their accents."""
    return unicodedata.normalize("NFKC", password)
