"""The questions, and the way in: anyone may start to write at once, without an account."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from models import User
from services import accounts, catalogue
from web.access import current_person
from web.clock import now
from web.extensions import db, limiter
from web.student.blueprint import blueprint


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Show the units as shelves of questions."""
    person = current_person()
    shelves = catalogue.shelves(db.session, student=person)
    return render_template("student/home.html", shelves=shelves)


@blueprint.post("/start")
@limiter.limit("30 per hour", exempt_when=lambda: current_person() is not None)
def start() -> ResponseReturnValue:
    """Open a question to write on, as a new guest where nobody is signed in."""
    prompt = catalogue.find_prompt(db.session, slug=request.form.get("slug", ""))
    if current_person() is None:
        _sign_in_guest()
    return redirect(url_for("student.write", slug=prompt.slug), HTTPStatus.SEE_OTHER)


def _sign_in_guest() -> User:
    guest = accounts.create_guest(db.session, now=now())
    db.session.commit()
    login_user(guest, remember=True)
    return guest
