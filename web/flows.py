"""The one flow that takes two commits: an essay is stored before anything tries to mark it.

From commit 1 on no crash loses the text; a scorer that fails leaves the submission awaiting marking, never a
silent zero, and `score` may be called again at any time.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from models import Classroom, Prompt, Submission, User
from services import scoring, submissions
from services.errors import ScoringFailed

log = structlog.get_logger(__name__)


def submit_key(*, student: User, prompt: Prompt, attempt: str, essay: str) -> str:
    """Return the key that makes one submission of the same text of the same attempt, however often it is sent.

    A double click, a retry after a lost answer and a second tab with the same text all share it; a tab with
    another text does not, so that its text is stored as an attempt of its own.
    """
    recipe = "\0".join((str(student.id), prompt.slug, attempt, essay))
    return hashlib.sha256(recipe.encode("utf-8", "surrogatepass")).hexdigest()


def hand_in(
    session: Session,
    *,
    student: User,
    prompt: Prompt,
    essay: str,
    attempt: str,
    classroom: Classroom | None,
    short_confirmed: bool,
    seen_revision: int,
    now: datetime,
) -> Submission:
    """Store an essay (commit 1), then mark it (commit 2).

    Raises: Refused, with nothing changed, where the essay cannot be taken. A scorer that fails raises nothing.
    """
    submission = submissions.submit(
        session,
        student=student,
        prompt=prompt,
        essay=essay,
        submit_key=submit_key(student=student, prompt=prompt, attempt=attempt, essay=essay),
        classroom=classroom,
        short_confirmed=short_confirmed,
        seen_revision=seen_revision,
        now=now,
    )
    session.commit()
    score(session, submission=submission, now=now)
    return submission


def score(session: Session, *, submission: Submission, now: datetime) -> bool:
    """Mark a stored submission and commit; return whether it is marked now."""
    ref = submission.ref
    try:
        scoring.score_submission(session, submission=submission, now=now)
        session.commit()
    except ScoringFailed as failure:
        session.rollback()
        log.warning("awaiting marking", submission=ref, reason=failure.reason)
        return False
    return True
