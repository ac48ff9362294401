"""Check a question: every fault at once, or a preview of what students and teachers would see."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from grader.errors import Fault, RubricError
from grader.rubric import Prompt
from prompts import example_text, try_out
from prompts.apart import parse_apart
from web.access import require_teacher
from web.authors.blueprint import blueprint
from web.authors.forms import CheckForm
from web.extensions import db, limiter
from web.limits import CHECKS_BY_PERSON, by_person


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: faults, and the question as it would be set where it could be read."""

    faults: tuple[Fault, ...] = ()
    prompt: Prompt | None = None


@blueprint.get("/check")
@require_teacher
def check() -> ResponseReturnValue:
    """Show an empty form."""
    return _page(CheckForm(), None)


@blueprint.post("/check")
@require_teacher
@limiter.limit(CHECKS_BY_PERSON, key_func=by_person)
def show_faults() -> ResponseReturnValue:
    """Check what was pasted or uploaded; nothing is stored."""
    form = CheckForm()
    db.session.rollback()  # no writer waits while it is read
    checked = _check(form.text.data, form.unit.data) if form.validate_on_submit() else None
    return _page(form, checked)


def _page(form: CheckForm, checked: Checked | None) -> ResponseReturnValue:
    return render_template("authors/check.html", form=form, checked=checked, example=example_text())


def _check(text: str, unit_slug: str) -> Checked:
    """Read a question, and where it can be read grade its model answer: as quick as marking an essay."""
    try:
        prompt = parse_apart(text, unit_slug)
    except RubricError as error:
        return Checked(faults=error.faults)
    return Checked(faults=try_out(prompt), prompt=prompt)
