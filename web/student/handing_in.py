"""Hand an essay in: stored first, marked second; whatever cannot be taken is shown again with its text."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from models import Classroom, User
from services import catalogue, classrooms
from services.errors import Refused
from web.access import current_student
from web.clock import now
from web.extensions import db
from web.flows import HandedIn, hand_in
from web.student.blueprint import blueprint
from web.student.sheet import Sent, read_sent
from web.student.writing import show_refused


@blueprint.post("/questions/<slug>/submit")
def submit(slug: str) -> ResponseReturnValue:
    """Hand the essay in and go to its feedback."""
    student = current_student()
    prompt = catalogue.find_prompt(db.session, slug=slug)
    sent = read_sent(request.form)
    try:
        handed_in = HandedIn(
            student=student,
            prompt=prompt,
            essay=sent.essay,
            attempt=sent.attempt,
            seen_revision=sent.revision,
            classroom=_destination(student, sent),
            short_confirmed=sent.confirmed,
        )
        submission = hand_in(db.session, handed_in, now=now())
    except Refused as refusal:
        return show_refused(prompt, sent, refusal)
    return redirect(url_for("student.feedback", ref=submission.ref), HTTPStatus.SEE_OTHER)


def _destination(student: User, sent: Sent) -> Classroom | None:
    if not sent.classroom:
        return None
    return classrooms.find_joined(db.session, ref=sent.classroom, student=student)
