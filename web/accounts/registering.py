"""Register as a student, or become a teacher with the one-time link of an invitation."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import User
from services import accounts
from services.errors import InvitationInvalid, Refused
from web.access import current_person
from web.accounts.blueprint import blueprint
from web.accounts.forms import RegisterForm
from web.accounts.guests import bring_guest_along, current_guest
from web.accounts.passwords import hashed
from web.clock import now
from web.extensions import db, limiter
from web.limits import INVITATIONS_BY_ADDRESS, NEW_PEOPLE_BY_ADDRESS
from web.redirects import own_address
from web.sessions import enter


@blueprint.get("/register")
def register() -> ResponseReturnValue:
    """Show the form; somebody with an account has no use for a second one."""
    if current_guest() is None and current_person() is not None:
        return redirect(url_for("accounts.account"), HTTPStatus.SEE_OTHER)
    wanted = own_address(request.args.get("next"), "")
    return render_template("accounts/register.html", form=RegisterForm(next=wanted))


@blueprint.post("/register")
@limiter.limit(NEW_PEOPLE_BY_ADDRESS)
def create_account() -> ResponseReturnValue:
    """Make an account; a guest keeps the work under it."""
    if current_guest() is None and current_person() is not None:
        return redirect(url_for("accounts.account"), HTTPStatus.SEE_OTHER)
    form = RegisterForm()
    user = _registered(form) if form.validate_on_submit() else None
    if user is None:
        return render_template("accounts/register.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    enter(user)
    flash(f"Welcome, {user.display_name}. Your work is kept under the user name {user.username}.", "success")
    return redirect(own_address(form.next.data, url_for("student.home")), HTTPStatus.SEE_OTHER)


@blueprint.get("/first-teacher/<token>")
@limiter.limit(INVITATIONS_BY_ADDRESS)
def first_teacher(token: str) -> ResponseReturnValue:
    """Show the form that creates a teacher."""
    try:
        accounts.find_invitation(db.session, token=token, now=now())
    except InvitationInvalid as refusal:
        return _link_spent(refusal)
    return _teacher_page(RegisterForm())


@blueprint.post("/first-teacher/<token>")
@limiter.limit(INVITATIONS_BY_ADDRESS)
def accept_invitation(token: str) -> ResponseReturnValue:
    """Create a teacher; the link is spent by it."""
    form = RegisterForm()
    try:
        accounts.find_invitation(db.session, token=token, now=now())
        teacher = _teacher(form, token) if form.validate_on_submit() else None
    except InvitationInvalid as refusal:
        return _link_spent(refusal)
    if teacher is None:
        return _teacher_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    enter(teacher)
    flash(f"Welcome, {teacher.display_name}. Make a class, and give its code to your students.", "success")
    return redirect(url_for("teacher.classes"), HTTPStatus.SEE_OTHER)


def _teacher_page(form: RegisterForm) -> str:
    first = not accounts.has_teacher(db.session)
    return render_template("accounts/first_teacher.html", form=form, first=first)


def _registered(form: RegisterForm) -> User | None:
    try:
        user = accounts.register(
            db.session,
            guest=current_guest(),
            username=form.username.data,
            display_name=form.display_name.data,
            password_hash=hashed(form.password.data),
            now=now(),
        )
    except Refused as refusal:
        _refused(form, refusal)
        return None
    db.session.commit()
    return user


def _teacher(form: RegisterForm, token: str) -> User | None:
    try:
        teacher = accounts.accept_invitation(
            db.session,
            token=token,
            username=form.username.data,
            display_name=form.display_name.data,
            password_hash=hashed(form.password.data),
            now=now(),
        )
    except InvitationInvalid:
        raise
    except Refused as refusal:
        _refused(form, refusal)
        return None
    bring_guest_along(teacher)
    db.session.commit()
    return teacher


def _refused(form: RegisterForm, refusal: Refused) -> None:
    db.session.rollback()
    form.refuse(refusal)


def _link_spent(refusal: InvitationInvalid) -> ResponseReturnValue:
    return render_template("accounts/link_spent.html", message=refusal.message), HTTPStatus.GONE
