"""Guests: who practises without an account, and how the work comes along into one."""

from __future__ import annotations

from flask import flash

from models import User
from services import accounts
from web.access import current_person
from web.clock import now
from web.extensions import db


def current_guest() -> User | None:
    """Return the guest that this browser belongs to, or None."""
    person = current_person()
    return person if person is not None and person.guest else None


def bring_guest_along(user: User) -> None:
    """Move what was written in this browser as a guest to the account that is being entered."""
    guest = current_guest()
    if guest is not None:
        accounts.merge_guest(db.session, guest=guest, into=user, now=now())
        flash("What you wrote as a guest is now in your account.", "success")
