"""What has to be done before and beside serving: tables brought up to date, questions synced, essays marked.

Each function works inside an app context and commits by itself. What an administrator has to know is said in
one sentence by an `UpkeepFailed`.
"""

from __future__ import annotations

from alembic.util import CommandError
from sqlalchemy.exc import DatabaseError, OperationalError
from structlog import get_logger

import prompts
from models import Submission
from services import accounts, catalogue, scoring
from services.catalogue import SyncReport
from web import flows
from web.clock import now
from web.extensions import alembic, db

log = get_logger(__name__)

_BATCH = 50


class UpkeepFailed(Exception):
    """The database cannot be used as it is; the message says why and what to do."""


def upgrade_tables() -> None:
    """Bring the tables up to date. Raises: UpkeepFailed."""
    try:
        alembic.upgrade()
    except CommandError as error:
        raise UpkeepFailed(
            "The database was made by a newer version of Markscheme, which this version cannot read. "
            "Install the newer version, or put back a backup that this one made."
        ) from error
    except DatabaseError as error:
        raise UpkeepFailed(in_words(error)) from error


def downgrade_tables(revision: str) -> None:
    """Take the tables back to a revision. Raises: UpkeepFailed."""
    try:
        alembic.downgrade(revision)
    except CommandError as error:
        raise UpkeepFailed(f"The tables cannot go back to {revision}: {error}.") from error


def sync_questions() -> SyncReport:
    """Bring the stored questions in step with the units that come with Markscheme."""
    report = catalogue.sync_prompts(db.session, units=prompts.load_all(), now=now())
    db.session.commit()
    return report


def finish_unscored() -> tuple[int, int]:
    """Mark every submission that still waits; return how many were marked and how many could not be."""
    marked, failed = 0, set[int]()
    while waiting := _waiting(failed):
        for submission in waiting:
            number = submission.id
            if flows.score(db.session, submission=submission, now=now()):
                marked += 1
            else:
                failed.add(number)
    return marked, len(failed)


def teacher_link(base: str) -> str | None:
    """Return a one-time link that creates the first teacher, or None where there is one already."""
    if accounts.has_teacher(db.session):
        return None
    token = accounts.invite_teacher(db.session, now=now(), from_console=True)
    db.session.commit()
    return f"{base}/first-teacher/{token}"


def _waiting(failed: set[int]) -> list[Submission]:
    found = scoring.pending(db.session, limit=_BATCH + len(failed))
    return [submission for submission in found if submission.id not in failed]


def in_words(error: DatabaseError) -> str:
    """Say what a database refused, and what to do about it."""
    said = str(error.orig)
    where = db.engine.url.render_as_string(hide_password=True)
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return f"The database {where} cannot be written to. Let this user write to it and to its folder."
    if "not a database" in said or "malformed" in said:
        return f"{where} is not a Markscheme database, or it is damaged. Put a backup in its place."
    if "locked" in said:
        return f"Another process holds the database {where}. Stop it, or wait until it has finished."
    if isinstance(error, OperationalError):
        return f"The database {where} cannot be reached: {said.strip()}."
    return f"The tables of the database {where} cannot be brought up to date: {said.strip()}."
