"""Review one essay: confirm or overrule each verdict, confirm the rest, give the whole a mark.

Every act is a plain form that answers with a redirect; the page's script sends the same forms without
leaving the page. What is refused is shown beside its field with all that was written.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import Submission
from services import review as reviewing
from services.errors import AlreadyReviewed, Refused
from services.rubrics import rubric_of
from web import flows
from web.access import current_teacher, require_teacher, submission_for_review
from web.clock import now
from web.extensions import db
from web.teacher.blueprint import blueprint
from web.teacher.forms import read_mark, read_point_choice
from web.teacher.order import read_order
from web.teacher.pile import pile_of
from web.teacher.review_page import Fault, key_of, review_page


@blueprint.get("/review/<ref>")
@require_teacher
def review(ref: str) -> ResponseReturnValue:
    """Show an essay beside its key points."""
    return render_template("teacher/review.html", **review_page(submission_for_review(ref)))


@blueprint.get("/review/<ref>/rows")
@require_teacher
def rows(ref: str) -> ResponseReturnValue:
    """Show every row behind a mark: who decided what, when and why."""
    submission = submission_for_review(ref)
    written = reviewing.rows(db.session, submission=submission)
    return render_template("teacher/rows.html", submission=submission, rows=written, order=read_order())


@blueprint.post("/review/<ref>/points/<int:number>")
@require_teacher
def decide(ref: str, number: int) -> ResponseReturnValue:
    """Confirm or overrule the verdict on one key point."""
    submission = submission_for_review(ref)
    key, choice = key_of(submission, number), read_point_choice()
    if choice.verdict is None:
        return _refused(submission, Fault("Choose one of the four verdicts.", number=number, choice=choice))
    try:
        reviewing.decide_point(
            db.session,
            submission=submission,
            teacher=current_teacher(),
            key=key,
            verdict=choice.verdict,
            reason=choice.reason,
            comment=choice.comment,
            now=now(),
        )
    except Refused as refused:
        return _refused(submission, Fault(refused.message, number=number, choice=choice))
    return _back_to(submission, f"point-{number}")


@blueprint.post("/review/<ref>/points/<int:number>/withdraw")
@require_teacher
def withdraw(ref: str, number: int) -> ResponseReturnValue:
    """Take a decision back: the machine's verdict counts again."""
    submission = submission_for_review(ref)
    key = key_of(submission, number)
    try:
        reviewing.withdraw_point(
            db.session, submission=submission, teacher=current_teacher(), key=key, now=now()
        )
    except AlreadyReviewed:
        db.session.rollback()  # it was taken back in another tab: that is what was wanted
    return _back_to(submission, f"point-{number}")


@blueprint.post("/review/<ref>/confirm-rest")
@require_teacher
def confirm_rest(ref: str) -> ResponseReturnValue:
    """Confirm every verdict that no teacher has decided, then open the next essay that waits."""
    submission = submission_for_review(ref)
    try:
        reviewing.confirm_rest(db.session, submission=submission, teacher=current_teacher(), now=now())
    except AlreadyReviewed:
        db.session.rollback()  # a second click: the first one has done it
    except Refused as refused:
        return _refused(submission, Fault(refused.message))
    db.session.commit()
    return _to_next(submission)


@blueprint.post("/review/<ref>/mark")
@require_teacher
def give_mark(ref: str) -> ResponseReturnValue:
    """Give the whole a mark, with a comment."""
    submission = submission_for_review(ref)
    written, comment = request.form.get("mark", ""), request.form.get("comment", "").strip()
    try:
        mark = read_mark(written, max_score=rubric_of(submission.prompt_version).max_score)
        reviewing.give_mark(
            db.session,
            submission=submission,
            teacher=current_teacher(),
            mark=mark,
            comment=comment,
            now=now(),
        )
    except Refused as refused:
        return _refused(submission, Fault(refused.message, mark=written, comment=comment))
    return _back_to(submission, "whole")


@blueprint.post("/review/<ref>/mark/withdraw")
@require_teacher
def withdraw_mark(ref: str) -> ResponseReturnValue:
    """Take the mark for the whole back: the key points add up to it again."""
    submission = submission_for_review(ref)
    try:
        reviewing.withdraw_mark(db.session, submission=submission, teacher=current_teacher(), now=now())
    except AlreadyReviewed:
        db.session.rollback()  # taken back already
    return _back_to(submission, "whole")


@blueprint.post("/review/<ref>/score")
@require_teacher
def rescore(ref: str) -> ResponseReturnValue:
    """Try again to mark an essay that awaits marking."""
    submission = submission_for_review(ref)
    if not flows.score(db.session, submission=submission, now=now()):
        flash("It could not be marked just now. The essay is safe; try again in a moment.", "warning")
    return redirect(url_for(".review", ref=ref, **read_order().query), HTTPStatus.SEE_OTHER)


def _back_to(submission: Submission, anchor: str) -> ResponseReturnValue:
    db.session.commit()
    address = url_for(".review", ref=submission.ref, **read_order().query, _anchor=anchor)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _to_next(submission: Submission) -> ResponseReturnValue:
    order = read_order()
    following = pile_of(submission, order).next_waiting
    if following:
        return redirect(url_for(".review", ref=following, **order.query), HTTPStatus.SEE_OTHER)
    flash("Every essay of this pile is reviewed.", "success")
    assert submission.classroom is not None  # noqa: S101 - submission_for_review gives class work only
    return redirect(url_for(".classroom", ref=submission.classroom.ref, **order.query), HTTPStatus.SEE_OTHER)


def _refused(submission: Submission, fault: Fault) -> ResponseReturnValue:
    db.session.rollback()
    page = render_template("teacher/review.html", **review_page(submission, fault))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY
