"""Who this browser is signed in as: entering and leaving, for guests and accounts alike."""

from __future__ import annotations

from flask import session
from flask_security.utils import login_user, logout_user

from models import User


def enter(user: User) -> None:
    """Sign a person in, with nothing left over from whoever used this browser before.

    A guest's work can be reached through this browser alone, so that the cookie stays when the browser is
    closed; that of an account goes with it, since the next pupil may use the same computer.
    """
    token = session.get("csrf_token")
    session.clear()
    if token is not None:  # forms that are open in other tabs stay valid: a text in one of them is not lost
        session["csrf_token"] = token
    login_user(user, remember=False)
    session.permanent = user.guest


def leave() -> None:
    """Sign out, and forget all that this browser's session held."""
    logout_user()
    session.clear()
