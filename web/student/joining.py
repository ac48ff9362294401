"""Join a class with its code, and leave it again."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from services import classrooms
from services.errors import NotAMember, NotFound, Refused
from web.access import current_student
from web.clock import now
from web.extensions import db, limiter
from web.limits import JOIN_CODES_BY_PERSON, by_person
from web.student.blueprint import blueprint


class JoinForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is published without type information
    """The code that the teacher shows."""

    code = StringField(
        "Join code",
        validators=[
            DataRequired("Type the code that your teacher shows: six letters and digits."),
            Length(max=40),
        ],
    )


@blueprint.get("/join")
def join_form() -> ResponseReturnValue:
    """Show the form for a join code and the classes joined so far."""
    return _show(JoinForm(request.args if "code" in request.args else None))


@blueprint.post("/join")
@limiter.limit(JOIN_CODES_BY_PERSON, key_func=by_person)
def join() -> ResponseReturnValue:
    """Join the class with this code; say so, or say why not beside the field."""
    student, form = current_student(), JoinForm()
    if not form.validate():
        return _show(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        classroom = classrooms.join(db.session, student=student, code=form.code.data or "", now=now())
    except Refused as refusal:
        db.session.rollback()
        form.code.errors = [refusal.message]
        return _show(form), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    flash(f"You are in {classroom.name}, with {classroom.teacher.display_name}.", "success")
    return redirect(url_for("student.home"), HTTPStatus.SEE_OTHER)


@blueprint.post("/classes/<ref>/leave")
def leave(ref: str) -> ResponseReturnValue:
    """Leave a class; what was handed in stays with it."""
    student = current_student()
    try:
        classroom = classrooms.find_joined(db.session, ref=ref, student=student)
    except NotAMember as error:
        raise NotFound from error
    classrooms.leave(db.session, classroom=classroom, student=student, now=now())
    db.session.commit()
    flash(f"You have left {classroom.name}. What you handed in stays with the class.", "success")
    return redirect(url_for("student.join_form"), HTTPStatus.SEE_OTHER)


def _show(form: JoinForm) -> str:
    joined = classrooms.classes_joined(db.session, student=current_student())
    return render_template("student/join.html", form=form, joined=joined)
