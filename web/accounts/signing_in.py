"""Sign in and out. A guest who signs in to an account brings the guest's work along."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import User
from web.access import current_person
from web.accounts.blueprint import blueprint
from web.accounts.forms import SignInForm
from web.accounts.guests import bring_guest_along
from web.accounts.passwords import person_with
from web.accounts.second_step import ask_for_code
from web.extensions import db, limiter
from web.limits import SIGN_IN_BY_ADDRESS, SIGN_IN_BY_NAME, by_name
from web.redirects import own_address
from web.sessions import enter, leave

REFUSED = "This user name and password do not belong together. Check both and try again."


@blueprint.get("/login")
def login() -> ResponseReturnValue:
    """Show the form; somebody who is signed in to an account goes on at once."""
    wanted = own_address(request.args.get("next"), "")
    person = current_person()
    if person is not None and not person.guest:
        return redirect(wanted or _first_page(person), HTTPStatus.SEE_OTHER)
    return render_template("accounts/login.html", form=SignInForm(next=wanted))


@blueprint.post("/login")
@limiter.limit(SIGN_IN_BY_ADDRESS)
@limiter.limit(SIGN_IN_BY_NAME, key_func=by_name)
def sign_in() -> ResponseReturnValue:
    """Sign in with a user name and a password."""
    form = SignInForm()
    user = person_with(form.username.data, form.password.data) if form.validate_on_submit() else None
    if user is None:
        if not form.errors:
            form.password.errors = [REFUSED]
        return render_template("accounts/login.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = own_address(form.next.data, _first_page(user))
    if user.second_key is not None:
        return ask_for_code(user, wanted)
    bring_guest_along(user)
    db.session.commit()
    enter(user)
    return redirect(wanted, HTTPStatus.SEE_OTHER)


@blueprint.get("/logout")
def leaving() -> ResponseReturnValue:
    """Ask once before signing out, and tell a guest what that would mean."""
    if current_person() is None:
        return redirect(url_for("student.home"), HTTPStatus.SEE_OTHER)
    return render_template("accounts/logout.html")


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out of this browser."""
    leave()
    flash("You are signed out.", "success")
    return redirect(url_for("student.home"), HTTPStatus.SEE_OTHER)


def _first_page(person: User) -> str:
    """Return where somebody begins who asked for no page: what waits for a teacher, the questions."""
    return url_for("teacher.classes" if person.is_teacher else "student.home")
