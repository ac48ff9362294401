"""The feedback on one essay: shown at the stage that disclosure allows, revealed, redrafted, marked again."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grader.feedback import Feedback
from models import Submission
from services import disclosure, drafts, submissions
from services.feedback import feedback_for
from web.access import current_student, own_submission
from web.clock import now
from web.extensions import db
from web.flows import score
from web.student.blueprint import blueprint
from web.student.progress import badges, gain_between

NOT_YET = "It could not be marked this time either. Your essay is safe, and it will be marked later."


@blueprint.get("/submissions/<ref>")
def feedback(ref: str) -> ResponseReturnValue:
    """Show what the essay made of the key points, or that it is awaiting marking."""
    submission = own_submission(ref)
    told = feedback_for(db.session, submission=submission, viewer=current_student())
    if told.awaiting:
        return render_template("student/awaiting.html", submission=submission, told=told)
    return _show(submission, told)


@blueprint.get("/submissions/<ref>/status")
def status(ref: str) -> ResponseReturnValue:
    """Tell a waiting page whether the essay has been marked."""
    told = feedback_for(db.session, submission=own_submission(ref), viewer=current_student())
    return jsonify(awaiting=told.awaiting)


@blueprint.post("/submissions/<ref>/rescore")
def rescore(ref: str) -> ResponseReturnValue:
    """Try to mark an essay that is awaiting marking."""
    submission = own_submission(ref)
    if not score(db.session, submission=submission, now=now()):
        flash(NOT_YET, "warning")
    return redirect(url_for("student.feedback", ref=ref), HTTPStatus.SEE_OTHER)


@blueprint.post("/submissions/<ref>/reveal")
def reveal(ref: str) -> ResponseReturnValue:
    """Show the full key points of the question from now on, where the policy allows it."""
    prompt = own_submission(ref).prompt
    disclosure.reveal(db.session, student=current_student(), prompt=prompt, now=now())
    db.session.commit()
    return redirect(url_for("student.feedback", ref=ref), HTTPStatus.SEE_OTHER)


@blueprint.post("/submissions/<ref>/redraft")
def redraft(ref: str) -> ResponseReturnValue:
    """Open a new draft that starts from the last essay, or the one already begun."""
    prompt = own_submission(ref).prompt
    drafts.open_draft(db.session, student=current_student(), prompt=prompt, now=now())
    db.session.commit()
    return redirect(url_for("student.write", slug=prompt.slug), HTTPStatus.SEE_OTHER)


def _show(submission: Submission, told: Feedback) -> str:
    student, prompt = current_student(), submission.prompt
    before = submissions.previous_attempt(db.session, submission=submission)
    gained = gain_between(db.session, older=before, newer=submission) if before else None
    return render_template(
        "student/feedback.html",
        submission=submission,
        told=told,
        before=before,
        gained=gained,
        changes=badges(gained) if gained else {},
        has_draft=drafts.find_draft(db.session, student=student, prompt=prompt) is not None,
        may_reveal=disclosure.may_reveal(db.session, student=student, prompt=prompt),
    )
