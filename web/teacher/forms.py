"""The forms of the teacher's pages. What is allowed is decided by the services; these only read."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from flask import request
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField

from grader.report import Verdict
from models import RevealPolicy
from services.classrooms import MAX_CLASS_NAME
from services.errors import MarkOutOfBounds
from web.teacher.quick_reasons import joined

REVEAL_CHOICES = [
    SelectChoice(
        RevealPolicy.ON_REQUEST.value, "Students may ask for them once they have handed in an essay"
    ),
    SelectChoice(RevealPolicy.ON_RELEASE.value, "I release them, question by question"),
]


class ClassForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is published without type information
    """A class's name, and when its students may see the full key points."""

    name = StringField("Name of the class", render_kw={"maxlength": MAX_CLASS_NAME, "autocomplete": "off"})
    reveal_policy = RadioField(
        "Full key points", choices=REVEAL_CHOICES, default=RevealPolicy.ON_REQUEST.value
    )


@dataclass(frozen=True, slots=True)
class PointChoice:
    """What a teacher chose and wrote for one key point; `verdict` is None where nothing known was chosen."""

    verdict: Verdict | None
    reason: str
    comment: str


def read_point_choice() -> PointChoice:
    """Read the form of one key point."""
    chosen = request.form.get("verdict", "")
    reason = joined(request.form.getlist("quick_reason"), request.form.get("reason", ""))
    verdict = Verdict(chosen) if chosen in set(Verdict) else None
    return PointChoice(verdict, reason, request.form.get("comment", "").strip())


def read_mark(written: str, *, max_score: float) -> float:
    """Read a mark as people write it: 7, 7.5, 7,5 or 7½. Raises: MarkOutOfBounds."""
    plain = written.strip().replace(",", ".").replace("½", ".5")
    try:
        mark = float(plain)
    except ValueError:
        raise MarkOutOfBounds(max_score=max_score) from None
    if not isfinite(mark):
        raise MarkOutOfBounds(max_score=max_score)
    return mark
