"""The one flow that takes two commits: an essay is stored before anything tries to mark it.

From commit 1 on no crash loses the text; a scorer that fails leaves the submission awaiting marking, never a
silent zero, and `score` may be called again at any time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import current_app
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import Classroom, Prompt, Submission, User
from models.sqlite import begin_reading
from services import scoring, submissions
from services.errors import ScoringFailed
from services.scoring import ScorerSource
from web.metrics import metrics_of_app

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An essay on its way in: whose, on which question, to which class (None: practice on one's own).

    `attempt` is the number that its page was loaded for, `seen_revision` the save that it continues.
    """

    student: User
    prompt: Prompt
    essay: str
    attempt: str
    seen_revision: int
    classroom: Classroom | None
    short_confirmed: bool = False

    @property
    def key(self) -> str:
        """What makes one submission of the same text of the same attempt, however often it is sent.

        A double click, a retry after a lost answer and a second tab with the same text share it; a tab
        with another text does not, so that its text is stored as an attempt of its own.
        """
        recipe = "\0".join((str(self.student.id), self.prompt.slug, self.attempt, self.essay))
        return hashlib.sha256(recipe.encode()).hexdigest()


def hand_in(session: Session, handed_in: HandedIn, *, now: datetime) -> Submission:
    """Store an essay (commit 1), then mark it (commit 2).

    Raises: Refused, with nothing changed, where it cannot be taken. A scorer that fails raises nothing.
    """
    submission = submissions.submit(
        session,
        student=handed_in.student,
        prompt=handed_in.prompt,
        essay=handed_in.essay,
        submit_key=handed_in.key,
        now=now,
        classroom=handed_in.classroom,
        short_confirmed=handed_in.short_confirmed,
        seen_revision=handed_in.seen_revision,
    )
    session.commit()
    score(session, submission=submission, now=now)
    _only_read(session)
    return submission


def score(session: Session, *, submission: Submission, now: datetime) -> bool:
    """Mark a submission that is committed, and commit; return whether it is marked now.

    Marking takes long, so that it only reads: no writer waits for it. Whatever fails, the essay is safe and
    stays awaiting marking.
    """
    try:
        _only_read(session)
        with metrics_of_app().time_scoring():
            report = scoring.mark(submission, scorers=_scorers())
        session.rollback()
        scoring.store_report(session, submission=submission, report=report, now=now)
        session.commit()
    except (ScoringFailed, DBAPIError) as failure:
        _only_read(session)
        cause = failure.__cause__ if isinstance(failure, ScoringFailed) else failure
        log.warning("awaiting marking", submission=submission.ref, exc_info=cause)
        return False
    return True


def _only_read(session: Session) -> None:
    """Begin anew as a reader: what follows the commit waits for no writer and holds up none."""
    session.rollback()
    begin_reading(session)


def _scorers() -> ScorerSource:
    """Return where scorers come from: the built-in one, unless the app was given another."""
    source: ScorerSource = current_app.extensions.get("scorers", scoring.scorer_for)
    return source
