"""Feedback on a submission, at the stage of disclosure that its reader has reached."""

from __future__ import annotations

from sqlalchemy.orm import Session

from grader.feedback import Audience, Feedback, Stage
from grader.feedback.building import Marking, build_feedback
from models import Submission, User
from services import disclosure
from services.errors import NotFound
from services.resolution import ResolvedScore
from services.rubrics import rubric_of
from services.score_log import resolved_score


def feedback_for(session: Session, *, submission: Submission, viewer: User) -> Feedback:
    """Return what this person is told about a submission. Raises: NotFound for a stranger."""
    stage = disclosure.stage_for(session, viewer=viewer, submission=submission)
    if stage is Stage.BEFORE:
        raise NotFound
    resolved = resolved_score(session, submission=submission)
    audience = Audience.TEACHER if disclosure.teaches(viewer, submission) else Audience.STUDENT
    return build_feedback(marking_of(submission, resolved), stage, audience=audience)


def marking_of(submission: Submission, resolved: ResolvedScore) -> Marking:
    """Put a submission and its resolved score into the grader's terms."""
    mark = resolved.teacher_mark
    return Marking(
        prompt=rubric_of(submission.prompt_version),
        essay=submission.essay,
        words=submission.words,
        report=resolved.report,
        decisions=resolved.decisions,
        teacher_mark=mark.mark if mark else None,
        mark_by=mark.by if mark else "",
        comment=mark.comment if mark else "",
    )
