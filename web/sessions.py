"""Who this browser is signed in as: entering, leaving, and the end of a session that was left open.

The session is a signed cookie. It says since when somebody is signed in and when the browser was last seen;
what is too old on either count is nobody's any more. No text is lost by it: drafts are on the server, the
writing page keeps what is not, and a form that was sent is shown again to be sent once more.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app, flash, request, session
from flask_security.utils import login_user, logout_user

from models import User
from web.clock import now
from web.config import Settings

_PERSON, _TOKEN = "_user_id", "csrf_token"
_ENTERED, _SEEN, _RAN_OUT = "entered-at", "seen-at", "ran-out"

NOTED_EVERY = timedelta(minutes=2)
"""How often a browser's presence is written into its cookie: not with every request."""

RAN_OUT = "You were signed out because this browser was left alone, or signed in for long. Nothing is lost."


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long an account stays signed in without a request, and at the longest."""

    idle: timedelta
    longest: timedelta


def init_sessions(app: Flask, settings: Settings) -> None:
    """End sessions that ran out, before anything else asks who is signed in."""
    app.extensions["session-limits"] = SessionLimits(
        idle=timedelta(minutes=settings.idle_minutes), longest=timedelta(hours=settings.session_hours)
    )
    app.before_request(_end_what_ran_out)


def enter(user: User) -> None:
    """Sign a person in, with nothing left over from whoever used this browser before.

    A guest's work can be reached through this browser alone, so that the cookie stays when the browser is
    closed; that of an account goes with it, since the next pupil may use the same computer. The token of
    forms is new, unless somebody goes on who was here already: then forms that are open in other tabs stay
    valid, and a text in one of them is not lost.
    """
    goes_on = _PERSON in session or _RAN_OUT in session
    token = session.get(_TOKEN) if goes_on else None
    session.clear()
    session[_TOKEN] = token or secrets.token_hex(20)
    login_user(user, remember=False)
    session.permanent = user.guest
    session[_ENTERED] = session[_SEEN] = int(now().timestamp())


def leave() -> None:
    """Sign out, and forget all that this browser's session held."""
    logout_user()
    session.clear()


def _end_what_ran_out() -> None:
    if request.endpoint in {"static", "bootstrap.static"} or _PERSON not in session or session.permanent:
        return  # a guest stays: the cookie is the only way to the guest's work
    limits: SessionLimits = current_app.extensions["session-limits"]
    present = now()
    entered, seen = _moment(_ENTERED, present), _moment(_SEEN, present)
    if present - seen > limits.idle or present - entered > limits.longest:
        _run_out()
    elif present - seen >= NOTED_EVERY or _SEEN not in session:
        session[_ENTERED], session[_SEEN] = int(entered.timestamp()), int(present.timestamp())


def _run_out() -> None:
    token = session.get(_TOKEN)
    session.clear()
    session[_RAN_OUT] = True
    if token is not None:
        session[_TOKEN] = token
    flash(RAN_OUT, "warning")


def _moment(name: str, otherwise: datetime) -> datetime:
    """Return a moment of the session; one that was never noted counts as the present one."""
    noted = session.get(name)
    return datetime.fromtimestamp(noted, otherwise.tzinfo) if isinstance(noted, int) else otherwise
