"""Show what is kept, hand it over as a file, erase it."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from math import ceil

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models import User
from services import privacy
from services.errors import NotErasable
from web import backing_up
from web.access import current_person, current_student
from web.accounts.passwords import person_with
from web.clock import now
from web.downloads import download
from web.extensions import begin_writing, db, limiter
from web.limits import ERASING_BY_PERSON, by_person
from web.privacy.blueprint import blueprint
from web.privacy.forms import EraseForm
from web.retention import current_rule
from web.sessions import leave

FILE_NAME = "markscheme-my-data.json"
NOT_YOURS = "This is not your password. Type it again."
ERASED = "Everything that you wrote here is erased."


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Say what is kept and for how long; whoever is signed in may take it along or have it erased."""
    return _page(current_person())


@blueprint.get("/file")
def file() -> ResponseReturnValue:
    """Hand a person's own data over as a file."""
    begin_writing()  # that it was handed over is recorded
    person = current_student()
    data = privacy.personal_data(db.session, user=person)
    privacy.record_handing_over(db.session, user=person, by=person, now=now())
    db.session.commit()
    return download(json.dumps(data, ensure_ascii=False, indent=2), FILE_NAME, "application/json")


@blueprint.post("/erase")
@limiter.limit(ERASING_BY_PERSON, key_func=by_person)
def erase() -> ResponseReturnValue:
    """Erase a person with everything that was written, and sign this browser out."""
    person = current_student()
    form = EraseForm(guest=person.guest)
    if not form.validate() or not _is_really(person, form):
        return _page(person, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        privacy.erase(db.session, user=person, now=now())
    except NotErasable as refusal:
        form.sure.errors = [refusal.message]
        return _page(person, form), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    leave()
    flash(ERASED, "success")
    return redirect(url_for("student.home"), HTTPStatus.SEE_OTHER)


def _is_really(person: User, form: EraseForm) -> bool:
    """Whether it is the person, as far as a password shows; a guest has none."""
    if person.guest or person_with(person.username, form.password.data) is not None:
        return True
    form.password.errors = [NOT_YOURS]
    return False


def _page(person: User | None, form: EraseForm | None = None) -> str:
    plan = backing_up.current_plan()
    return render_template(
        "privacy/your_data.html",
        form=form or EraseForm(formdata=None, guest=person is None or person.guest),
        rule=current_rule(),
        session=current_app.extensions["session-limits"],
        backup_days=ceil(plan.every * plan.keep / timedelta(days=1)),
    )
