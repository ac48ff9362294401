"""One's own account: the name that teachers see, the password, and signing out everywhere else."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models import User
from services import accounts
from services.errors import Refused
from web.access import current_student
from web.accounts.blueprint import blueprint
from web.accounts.forms import NameForm, PasswordForm
from web.accounts.passwords import hashed, person_with
from web.extensions import db, limiter
from web.limits import SIGN_IN_BY_NAME, by_person
from web.sessions import enter

NOT_YOURS = "This is not your present password. Type it again."


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """Show one's own account; a guest is asked to register instead."""
    person = current_student()
    if person.guest:
        return redirect(url_for("accounts.register"), HTTPStatus.SEE_OTHER)
    return _page(person)


@blueprint.post("/account")
def rename() -> ResponseReturnValue:
    """Change the name that teachers see."""
    person, form = _account_holder(), NameForm()
    if not form.validate_on_submit():
        return _page(person, naming=form)
    try:
        accounts.change_display_name(db.session, user=person, display_name=form.display_name.data)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(person, naming=form)
    db.session.commit()
    return _done("Your name is saved.")


@blueprint.post("/account/password")
@limiter.limit(SIGN_IN_BY_NAME, key_func=by_person)
def change_password() -> ResponseReturnValue:
    """Change the password, which signs out every other browser."""
    person = _account_holder()
    form = PasswordForm(username=person.username)
    if not form.validate_on_submit():
        return _page(person, locking=form)
    if person_with(person.username, form.password.data) is None:
        form.password.errors = [NOT_YOURS]
        return _page(person, locking=form)
    accounts.change_password(db.session, user=person, password_hash=hashed(form.new_password.data))
    db.session.commit()
    enter(person)
    return _done("Your password is changed. Other browsers are signed out.")


@blueprint.post("/account/sign-out-elsewhere")
def sign_out_elsewhere() -> ResponseReturnValue:
    """Sign out every other browser that this person is signed in with."""
    person = _account_holder()
    accounts.sign_out_everywhere(db.session, user=person)
    db.session.commit()
    enter(person)
    return _done("Every other browser is signed out.")


def _account_holder() -> User:
    person = current_student()
    if person.guest:
        abort(HTTPStatus.FORBIDDEN)
    return person


def _page(
    person: User, naming: NameForm | None = None, locking: PasswordForm | None = None
) -> ResponseReturnValue:
    """Show both forms; one that was refused says why and keeps what was typed."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if naming or locking else HTTPStatus.OK
    page = render_template(
        "accounts/account.html",
        naming=naming or NameForm(formdata=None, display_name=person.display_name),
        locking=locking or PasswordForm(formdata=None),
    )
    return page, status


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("accounts.account"), HTTPStatus.SEE_OTHER)
