"""Check a question: every fault at once, or a preview of what students and teachers would see."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

import prompts
from grader.errors import Fault, RubricError
from grader.rubric import Prompt
from web.access import require_teacher
from web.authors.blueprint import blueprint
from web.authors.forms import CheckForm


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: faults, or, where there are none, the question as it would be set."""

    faults: tuple[Fault, ...] = ()
    prompt: Prompt | None = None


@blueprint.get("/check")
@require_teacher
def check() -> ResponseReturnValue:
    """Show an empty form."""
    return render_template("authors/check.html", form=CheckForm(), checked=None)


@blueprint.post("/check")
@require_teacher
def show_faults() -> ResponseReturnValue:
    """Check what was pasted or uploaded; nothing is stored."""
    form = CheckForm()
    checked = _check(form.text.data, form.unit.data) if form.validate_on_submit() else None
    return render_template("authors/check.html", form=form, checked=checked)


def _check(text: str, unit_slug: str) -> Checked:
    try:
        return Checked(prompt=prompts.parse_prompt_text(text, prompts.load_unit(unit_slug)))
    except RubricError as error:
        return Checked(faults=error.faults)
