"""What a student has handed in: every draft, and any two of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from models import Submission
from services import catalogue, submissions
from services.errors import NotFound
from services.feedback import feedback_for
from web.access import current_student
from web.extensions import db
from web.student.blueprint import blueprint
from web.student.comparing import mark_differences
from web.student.progress import Record, progress_between, records


@blueprint.get("/history")
def history() -> ResponseReturnValue:
    """Show every question that was handed in, the last one worked on first."""
    handed_in = submissions.history(db.session, student=current_student())
    return render_template("student/history.html", records=records(db.session, submissions=handed_in))


@blueprint.get("/history/<slug>")
def question_history(slug: str) -> ResponseReturnValue:
    """Show the drafts of one question."""
    prompt = catalogue.find_prompt(db.session, slug=slug)
    attempts = submissions.attempts(db.session, student=current_student(), prompt=prompt)
    found = records(db.session, submissions=attempts)
    return render_template("student/question_history.html", record=found[0] if found else Record(prompt, ()))


@blueprint.get("/history/<slug>/compare")
def compare(slug: str) -> ResponseReturnValue:
    """Show two drafts side by side: key points won and lost, and the paragraphs that differ."""
    student = current_student()
    prompt = catalogue.find_prompt(db.session, slug=slug)
    attempts = submissions.attempts(db.session, student=student, prompt=prompt)
    older, newer = _chosen(attempts)
    told = feedback_for(db.session, submission=newer, viewer=student)
    older_paragraphs, newer_paragraphs = mark_differences(older.essay, newer.essay)
    (record,) = records(db.session, submissions=(older, newer))
    return render_template(
        "student/compare.html",
        prompt=prompt,
        older=record.attempts[0],
        newer=record.attempts[-1],
        change=progress_between(db.session, older=older, newer=newer, rows=told.rows),
        older_paragraphs=older_paragraphs,
        newer_paragraphs=newer_paragraphs,
    )


def _chosen(attempts: Sequence[Submission]) -> tuple[Submission, Submission]:
    """Return the two attempts that the address names, the earlier one first. Raises: NotFound."""
    by_number = {str(attempt.number): attempt for attempt in attempts}
    try:
        one, other = by_number[request.args.get("from", "")], by_number[request.args.get("to", "")]
    except KeyError as error:
        raise NotFound from error
    return (one, other) if one.number <= other.number else (other, one)
