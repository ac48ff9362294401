"""The questions, and the way in: anyone may start to write at once, without an account."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services import accounts, catalogue
from web.access import current_person
from web.clock import now
from web.extensions import db, limiter
from web.limits import NEW_PEOPLE_BY_ADDRESS
from web.sessions import enter
from web.student.blueprint import blueprint


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Show the units as shelves of questions."""
    person = current_person()
    shelves = catalogue.shelves(db.session, student=person)
    started = any(card.drafts or card.open_draft for shelf in shelves for card in shelf.questions)
    return render_template("student/home.html", shelves=shelves, started=started)


@blueprint.post("/start")
@limiter.limit(NEW_PEOPLE_BY_ADDRESS, exempt_when=lambda: current_person() is not None)
def start() -> ResponseReturnValue:
    """Open a question to write on, as a new guest where nobody is signed in."""
    prompt = catalogue.find_prompt(db.session, slug=request.form.get("slug", ""))
    if current_person() is None:
        _sign_in_guest()
    return redirect(url_for("student.write", slug=prompt.slug), HTTPStatus.SEE_OTHER)


def _sign_in_guest() -> None:
    guest = accounts.create_guest(db.session, now=now())
    db.session.commit()
    enter(guest)
