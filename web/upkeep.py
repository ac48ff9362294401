"""What has to be done before and beside serving: tables brought up to date, questions synced, essays marked.

Each function works inside an app context and commits by itself. What an administrator has to know is said in
one sentence by an `UpkeepFailed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from structlog import get_logger

import prompts
from models.backup import BackupFailed
from models.sqlite import ReferencesBroken, altering_tables
from models.trouble import Trouble, trouble_of
from services import accounts, catalogue, scoring
from services.catalogue import SyncReport
from web import backing_up, flows
from web.clock import now
from web.extensions import alembic, db

log = get_logger(__name__)

_BATCH = 50
RESTORE = "Put a backup in its place: markscheme restore."

NEWER = (
    "The database was made by a newer version of Markscheme, which this version cannot read. "
    "Install the newer version, or put back a backup that this one made."
)


class UpkeepFailed(Exception):
    """The database cannot be used as it is; the message says why and what to do."""


def upgrade_tables() -> None:
    """Bring the tables up to date, in one transaction; a database with anything in it is backed up first.

    Raises: UpkeepFailed, and then the tables are as they were.
    """
    with _changing_tables():
        standing, newest = _revisions()
        if standing and standing != newest:
            _back_up(f"before-{newest}")
        with altering_tables(db.engine), current_app.app_context():
            alembic.upgrade()


def downgrade_tables(revision: str) -> None:
    """Take the tables back to a revision, after a backup. Raises: UpkeepFailed."""
    with _changing_tables(f"The tables cannot go back to {revision}: no such version comes before this one."):
        _back_up("before-downgrade")
        with altering_tables(db.engine), current_app.app_context():
            alembic.downgrade(revision)


def are_tables_current() -> bool:
    """Whether the tables are those that this code was written for; asked in the session, as a reader."""
    standing = db.session.scalars(text("SELECT version_num FROM alembic_version")).all()
    return set(standing) == {script.revision for script in alembic.heads()}


def known_revisions() -> frozenset[str]:
    """Return every version of the tables that this code can read or bring up to date, "" among them."""
    return frozenset({"", *(script.revision for script in alembic.script_directory.walk_revisions())})


@contextmanager
def _changing_tables(no_such_version: str = NEWER) -> Iterator[None]:
    try:
        yield
    except CommandError as error:
        raise UpkeepFailed(no_such_version) from error
    except BackupFailed as error:
        raise UpkeepFailed(f"The tables were not changed. {error}") from error
    except ReferencesBroken as error:
        raise UpkeepFailed(f"The tables were not changed: {error}") from error
    except DatabaseError as error:
        raise UpkeepFailed(in_words(error)) from error


def _revisions() -> tuple[str, str]:
    """Return the version of the tables ("": none yet) and the newest that there is."""
    with current_app.app_context():  # its end gives Alembic's connection back
        standing = [script.revision for script in alembic.current()]
        newest = [script.revision for script in alembic.heads()]
    return ", ".join(standing), ", ".join(newest)


def _back_up(occasion: str) -> None:
    if backing_up.database_file() is not None:
        made = backing_up.back_up_now(occasion)
        log.info("tables backed up", file=made.file.name)


def sync_questions() -> SyncReport:
    """Bring the stored questions in step with the units that come with Markscheme."""
    report = catalogue.sync_prompts(db.session, units=prompts.load_all(), now=now())
    db.session.commit()
    return report


def finish_unscored() -> tuple[int, int]:
    """Mark every submission that still waits; return how many were marked and how many could not be."""
    marked, failed = 0, set[int]()
    while waiting := scoring.pending(db.session, limit=_BATCH, besides=failed):
        for number, submission in [(each.id, each) for each in waiting]:
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


def in_words(error: DatabaseError) -> str:
    """Say what a database refused, and what to do about it."""
    where = db.engine.url.render_as_string(hide_password=True)
    said = str(error.orig).strip()
    match trouble_of(error):
        case Trouble.FULL:
            return f"The disk of the database {where} is full. Make room on it, then start again."
        case Trouble.READ_ONLY:
            return f"The database {where} cannot be written to. Let this user write to it and to its folder."
        case Trouble.DAMAGED:
            return f"{where} is not a Markscheme database, or it is damaged. {RESTORE}"
        case Trouble.BUSY:
            return f"Another process holds the database {where}. Stop it, or wait until it has finished."
        case Trouble.UNREACHABLE:
            return f"The database {where} cannot be reached: {said}. May this user write to its folder?"
        case _:
            return f"The tables of the database {where} cannot be brought up to date: {said}."
