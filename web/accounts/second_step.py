"""The second step: asked for after the password, switched on and off by a teacher on the account page.

Between the password and the code the browser's session says who is half way in, for a few minutes; nobody is
signed in by it. A telephone that is lost: `markscheme new-password` switches the second step off.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from io import BytesIO

import segno
from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from models import User
from services import accounts, second_step
from services.errors import CodeRefused
from web.access import current_teacher
from web.accounts.blueprint import blueprint
from web.accounts.forms import CodeForm, PresentPasswordForm
from web.accounts.guests import bring_guest_along
from web.accounts.passwords import person_with
from web.clock import now
from web.extensions import db, limiter
from web.limits import CODES_BY_PERSON, SIGN_IN_BY_NAME, by_half_entered, by_person
from web.sessions import enter

HALF_ENTERED, NEW_KEY = "half-entered", "new-second-key"
PATIENCE = timedelta(minutes=5)
NOT_YOURS = "This is not your present password. Type it again."


def ask_for_code(user: User, wanted: str) -> ResponseReturnValue:
    """Remember that the password was right, and go on to the code."""
    session[HALF_ENTERED] = [user.fs_uniquifier, wanted, int(now().timestamp())]
    return redirect(url_for("accounts.code"), HTTPStatus.SEE_OTHER)


@blueprint.get("/login/code")
def code() -> ResponseReturnValue:
    """Ask for the code; somebody whose password is not known begins at the beginning."""
    return _code_page(CodeForm()) if _half_entered() else _from_the_beginning()


@blueprint.post("/login/code")
@limiter.limit(CODES_BY_PERSON, key_func=by_half_entered)
def take_code() -> ResponseReturnValue:
    """Sign in, once the code fits."""
    user, form = _half_entered(), CodeForm()
    if user is None:
        return _from_the_beginning()
    try:
        if not form.validate():
            return _code_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
        second_step.take(db.session, user=user, code=form.code.data, now=now())
    except CodeRefused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _code_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = session[HALF_ENTERED][1]
    bring_guest_along(user)
    db.session.commit()
    enter(user)
    return redirect(wanted, HTTPStatus.SEE_OTHER)


@blueprint.get("/account/second-step")
def second_step_page() -> ResponseReturnValue:
    """Show how to switch it on, or off again."""
    return _page(current_teacher(), CodeForm(formdata=None), PresentPasswordForm(formdata=None))


@blueprint.post("/account/second-step")
@limiter.limit(CODES_BY_PERSON, key_func=by_person)
def switch_on() -> ResponseReturnValue:
    """Ask for a code at every sign-in from now on."""
    teacher, form = current_teacher(), CodeForm()
    key = session.get(NEW_KEY, "")
    try:
        if not form.validate():
            return _refused(teacher, coding=form)
        second_step.switch_on(db.session, user=teacher, key=key, code=form.code.data, now=now())
    except CodeRefused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _refused(teacher, coding=form)
    accounts.sign_out_everywhere(db.session, user=teacher)
    db.session.commit()
    enter(teacher)
    return _done("From now on signing in asks for a code as well. Other browsers are signed out.")


@blueprint.post("/account/second-step/off")
@limiter.limit(SIGN_IN_BY_NAME, key_func=by_person)
def switch_off() -> ResponseReturnValue:
    """Ask for the password alone again; it takes the password, not only a browser that was left open."""
    teacher, form = current_teacher(), PresentPasswordForm()
    if not form.validate():
        return _refused(teacher, locking=form)
    if person_with(teacher.username, form.password.data) is None:
        form.password.errors = [NOT_YOURS]
        return _refused(teacher, locking=form)
    second_step.switch_off(db.session, user=teacher)
    db.session.commit()
    return _done("Signing in asks for the password alone again.")


def _half_entered() -> User | None:
    """Return whose password was right in this browser a moment ago, or None."""
    uniquifier, _, at = session.get(HALF_ENTERED, ("", "", 0))
    if now().timestamp() - at > PATIENCE.total_seconds():
        return None
    return accounts.find_by_uniquifier(db.session, uniquifier=uniquifier)


def _from_the_beginning() -> ResponseReturnValue:
    session.pop(HALF_ENTERED, None)
    return redirect(url_for("accounts.login"), HTTPStatus.SEE_OTHER)


def _code_page(form: CodeForm) -> str:
    return render_template("accounts/login_code.html", form=form)


def _refused(
    teacher: User, coding: CodeForm | None = None, locking: PresentPasswordForm | None = None
) -> ResponseReturnValue:
    coding, locking = coding or CodeForm(formdata=None), locking or PresentPasswordForm(formdata=None)
    return _page(teacher, coding, locking), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(teacher: User, coding: CodeForm, locking: PresentPasswordForm) -> str:
    if teacher.second_key is not None:
        return render_template("accounts/second_step.html", is_on=True, locking=locking)
    key = session.setdefault(NEW_KEY, second_step.new_key())
    return render_template(
        "accounts/second_step.html",
        is_on=False,
        coding=coding,
        key=" ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        picture=_picture(second_step.address_of(key, username=teacher.username)),
    )


def _picture(address: str) -> Markup:
    """Draw a QR code as SVG without a style, a script or a request: nobody else learns the key."""
    drawn = BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, scale=5, border=3, light="#fff", dark="#000",
        svgclass="qr", lineclass=None, title="QR code for an authenticator app",
    )  # fmt: skip
    return Markup(drawn.getvalue().decode("utf-8"))  # noqa: S704 - drawn by us; the title alone is text


def _done(sentence: str) -> ResponseReturnValue:
    session.pop(NEW_KEY, None)
    flash(sentence, "success")
    return redirect(url_for("accounts.account"), HTTPStatus.SEE_OTHER)
