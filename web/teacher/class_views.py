"""Classes: what waits in each, making one, its join code for the projector, its settings."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import Classroom, RevealPolicy
from services import catalogue, classrooms, disclosure
from services.errors import ClassNameInvalid
from web.access import class_of_teacher, current_teacher, require_teacher
from web.clock import now
from web.extensions import db
from web.teacher.blueprint import blueprint
from web.teacher.class_page import class_cards, class_page, waiting_ref
from web.teacher.forms import ClassForm
from web.teacher.names import show_names
from web.teacher.order import read_order


@blueprint.get("/classes")
@require_teacher
def classes() -> ResponseReturnValue:
    """Show the teacher's classes and what waits in each."""
    return render_template("teacher/classes.html", classes=class_cards(current_teacher()))


@blueprint.get("/classes/new")
@require_teacher
def new_class() -> ResponseReturnValue:
    """Show the form of a new class."""
    return render_template("teacher/class_new.html", form=ClassForm())


@blueprint.post("/classes/new")
@require_teacher
def make_class() -> ResponseReturnValue:
    """Make a class and show its join code; a name that cannot be is said beside its field."""
    form = ClassForm()
    if not form.validate():
        return _shown_again("teacher/class_new.html", form=form)
    try:
        classroom = classrooms.create_classroom(
            db.session,
            teacher=current_teacher(),
            name=form.name.data or "",
            reveal_policy=RevealPolicy(form.reveal_policy.data),
            now=now(),
        )
    except ClassNameInvalid as refused:
        form.name.errors = [refused.message]
        return _shown_again("teacher/class_new.html", form=form)
    db.session.commit()
    return redirect(url_for(".classroom", ref=classroom.ref), HTTPStatus.SEE_OTHER)


@blueprint.get("/classes/<ref>")
@require_teacher
def classroom(ref: str) -> ResponseReturnValue:
    """Show the essays of a class and its questions."""
    found = class_of_teacher(ref)
    return render_template("teacher/classroom.html", **class_page(found, ClassForm(obj=found)))


@blueprint.get("/classes/<ref>/next")
@require_teacher
def review_next(ref: str) -> ResponseReturnValue:
    """Open the first essay of a class that waits for review, or the class where none does."""
    waiting, order = waiting_ref(class_of_teacher(ref)), read_order()
    endpoint, target = (".review", waiting) if waiting else (".classroom", ref)
    return redirect(url_for(endpoint, ref=target, **order.query), HTTPStatus.SEE_OTHER)


@blueprint.get("/classes/<ref>/code")
@require_teacher
def code(ref: str) -> ResponseReturnValue:
    """Show the join code as large as a projector wants it."""
    join_address = request.host_url.split("://", 1)[1] + "join"
    return render_template("teacher/code.html", classroom=class_of_teacher(ref), join_address=join_address)


@blueprint.post("/classes/<ref>/code")
@require_teacher
def new_code(ref: str) -> ResponseReturnValue:
    """Replace the join code."""
    found = class_of_teacher(ref)
    classrooms.new_code_for(db.session, classroom=found)
    return _done(found, "The class has a new join code; the old one lets nobody in any more.")


@blueprint.post("/classes/<ref>/settings")
@require_teacher
def settings(ref: str) -> ResponseReturnValue:
    """Rename a class and choose when its students see the full key points."""
    found = class_of_teacher(ref)
    form = ClassForm()
    if not form.validate():
        return _shown_again("teacher/classroom.html", **class_page(found, form))
    try:
        classrooms.rename(db.session, classroom=found, name=form.name.data or "")
    except ClassNameInvalid as refused:
        form.name.errors = [refused.message]
        return _shown_again("teacher/classroom.html", **class_page(found, form))
    policy = RevealPolicy(form.reveal_policy.data)
    classrooms.set_reveal_policy(db.session, classroom=found, policy=policy)
    return _done(found, "Settings saved.")


@blueprint.post("/classes/<ref>/close")
@require_teacher
def close(ref: str) -> ResponseReturnValue:
    """Take no new work; everything stays readable."""
    found = class_of_teacher(ref)
    classrooms.close(db.session, classroom=found, now=now())
    return _done(found, "The class is closed: it takes no new work. You can reopen it in its settings.")


@blueprint.post("/classes/<ref>/reopen")
@require_teacher
def reopen(ref: str) -> ResponseReturnValue:
    """Take new work again."""
    found = class_of_teacher(ref)
    classrooms.reopen(db.session, classroom=found)
    return _done(found, "The class is open again.")


@blueprint.post("/classes/<ref>/release")
@require_teacher
def release(ref: str) -> ResponseReturnValue:
    """Show the class the full key points of one question."""
    found = class_of_teacher(ref)
    prompt = catalogue.find_prompt(db.session, slug=request.form.get("prompt", ""))
    disclosure.release(db.session, classroom=found, prompt=prompt, teacher=current_teacher(), now=now())
    return _done(found, "Released: students who have handed in this question see its full key points.")


@blueprint.post("/classes/names")
@require_teacher
def names() -> ResponseReturnValue:
    """Show or hide students' names from now on, and go back to where that was asked for."""
    show_names(request.form.get("show") == "1")
    return redirect(_own_path(request.form.get("back", "")), HTTPStatus.SEE_OTHER)


def _own_path(path: str) -> str:
    """Return a path of the teacher's pages; anything else leads to the classes, never to another site."""
    inside = path.startswith(("/classes/", "/review/")) and not any(c in path for c in "\\\r\n")
    return path.rstrip("?") if inside else url_for(".classes")


def _done(classroom: Classroom, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".classroom", ref=classroom.ref), HTTPStatus.SEE_OTHER)


def _shown_again(template: str, **context: object) -> ResponseReturnValue:
    return render_template(template, **context), HTTPStatus.UNPROCESSABLE_ENTITY
