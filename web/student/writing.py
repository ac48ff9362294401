"""The writing page and its draft: shown, saved by itself, saved by hand, merged after a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from models import Draft, Prompt
from services import catalogue, drafts
from services.errors import DraftConflict, NotFound, Refused, VeryShort
from services.essay_text import MAX_ESSAY_CHARACTERS
from web.access import current_student
from web.clock import now
from web.extensions import db
from web.presentation import machine_time
from web.student.blueprint import blueprint
from web.student.merging import show_versions
from web.student.sheet import Sent, Sheet, load_sheet, next_attempt, open_classes, read_sent, shown_again


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an essay was not taken; `can_confirm` offers to hand it in all the same."""

    message: str
    can_confirm: bool


@blueprint.get("/questions/<slug>/write")
def write(slug: str) -> ResponseReturnValue:
    """Show the question and the sheet to write on."""
    student = current_student()
    prompt = catalogue.find_prompt(db.session, slug=slug)
    sheet = load_sheet(db.session, student=student, prompt=prompt)
    if prompt.retired_at is not None and not sheet.revision:
        raise NotFound("This question is no longer set. Your earlier work on it stays in your history.")
    return show_sheet(prompt, sheet)


def show_sheet(prompt: Prompt, sheet: Sheet, problem: Problem | None = None) -> str:
    """Render the writing page."""
    rubric = catalogue.rubric_of(prompt.current_version)
    sides = [side.name for side in rubric.sides]
    return render_template(
        "student/write.html",
        prompt=prompt,
        sides=sides,
        minutes=rubric.minutes,
        sheet=sheet,
        problem=problem,
        destinations=open_classes(db.session, student=current_student()),
        limit=MAX_ESSAY_CHARACTERS,
    )


def show_refused(prompt: Prompt, sent: Sent, refusal: Refused) -> ResponseReturnValue:
    """Render the writing page with the text that could not be taken, and why."""
    db.session.rollback()
    sheet = load_sheet(db.session, student=current_student(), prompt=prompt)
    problem = Problem(refusal.message, can_confirm=isinstance(refusal, VeryShort))
    return show_sheet(prompt, shown_again(sheet, sent), problem), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/questions/<slug>/draft")
def draft_state(slug: str) -> ResponseReturnValue:
    """Tell the writing page which save the server has, and give it a fresh token."""
    student = current_student()
    prompt = catalogue.find_prompt(db.session, slug=slug)
    draft = drafts.find_draft(db.session, student=student, prompt=prompt)
    return jsonify(revision=draft.revision if draft else 0, csrf_token=generate_csrf())


@blueprint.put("/questions/<slug>/draft")
def autosave(slug: str) -> ResponseReturnValue:
    """Save what the page sends; 409 with the stored text where it moved on elsewhere."""
    student = current_student()
    prompt = catalogue.find_prompt(db.session, slug=slug)
    sent = _read_json()
    if sent is None:
        return _unreadable()
    try:
        draft = _save(prompt, sent)
    except DraftConflict as conflict:
        return _conflict(conflict)
    db.session.commit()
    return jsonify(_saved(draft, next_attempt(db.session, student=student, prompt=prompt)))


@blueprint.post("/questions/<slug>/draft")
def save(slug: str) -> ResponseReturnValue:
    """Save from a form: the Save button without JavaScript, and every choice between two versions."""
    prompt = catalogue.find_prompt(db.session, slug=slug)
    sent = read_sent(request.form)
    try:
        _save(prompt, sent)
    except DraftConflict as conflict:
        return show_versions(prompt, sent, conflict.theirs), HTTPStatus.CONFLICT
    except Refused as refusal:
        return show_refused(prompt, sent, refusal)
    db.session.commit()
    return redirect(url_for("student.write", slug=slug), HTTPStatus.SEE_OTHER)


def _save(prompt: Prompt, sent: Sent) -> Draft:
    return drafts.save_draft(
        db.session,
        student=current_student(),
        prompt=prompt,
        text=sent.essay,
        plan=sent.plan,
        seen_revision=sent.revision,
        now=now(),
    )


def _read_json() -> Sent | None:
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # brackets within brackets, thousands deep: no page of ours sends that
        return None
    if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in ("text", "plan")):
        return None
    return read_sent({"essay": body["text"], "plan": body["plan"], "revision": str(body.get("revision", ""))})


def _saved(draft: Draft, attempt: str) -> dict[str, object]:
    return {"revision": draft.revision, "saved_at": machine_time(draft.updated_at), "draft": attempt}


def _conflict(conflict: DraftConflict) -> Response:
    draft = conflict.theirs
    theirs = {"text": draft.text, "plan": draft.plan, "revision": draft.revision}
    answer = jsonify(error={"code": conflict.code, "message": conflict.message}, theirs=theirs)
    return make_response(answer, HTTPStatus.CONFLICT)


def _unreadable() -> Response:
    message = "The text could not be read. Load the page again: your text is kept on this computer."
    return make_response(jsonify(error={"code": "unreadable", "message": message}), HTTPStatus.BAD_REQUEST)
