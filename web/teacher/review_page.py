"""All that the review page shows of one essay."""

from __future__ import annotations

from dataclasses import dataclass

from models import Submission
from services.errors import NotFound
from services.feedback import feedback_for
from services.resolution import rubric_order
from services.review import MAX_COMMENT, MAX_REASON
from services.review_reasons import recent_reasons
from services.rubrics import rubric_of
from web.access import current_teacher
from web.extensions import db
from web.teacher.forms import PointChoice
from web.teacher.names import names_shown
from web.teacher.order import read_order
from web.teacher.pile import pile_of
from web.teacher.quick_reasons import quick_reasons
from web.teacher.review_point import ReviewPoint


@dataclass(frozen=True, slots=True)
class Fault:
    """What was refused, with all that had been chosen and written; `number` 0 is the whole essay."""

    message: str
    number: int = 0
    choice: PointChoice | None = None
    mark: str = ""
    comment: str = ""


def review_page(submission: Submission, fault: Fault | None = None) -> dict[str, object]:
    """Return the context of the review page."""
    teacher = current_teacher()
    feedback = feedback_for(db.session, submission=submission, viewer=teacher)
    return {
        "submission": submission,
        "feedback": feedback,
        "points": tuple(ReviewPoint(row) for row in feedback.rows),
        "pile": pile_of(submission, read_order()),
        "quick_reasons": quick_reasons(recent_reasons(db.session, teacher=teacher)),
        "names_shown": names_shown(),
        "fault": fault,
        "limits": {"reason": MAX_REASON, "comment": MAX_COMMENT},
    }


def key_of(submission: Submission, number: int) -> str:
    """Return the id of the key point with a number. Raises: NotFound."""
    keys = rubric_order(rubric_of(submission.prompt_version))
    if not 1 <= number <= len(keys):
        raise NotFound
    return keys[number - 1]
