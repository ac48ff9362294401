"""Tell a database that cannot be used just now from a mistake in our statements. Pure.

SQLite's result codes: https://sqlite.org/rescode.html; PostgreSQL's states: its manual, appendix A.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree


class Trouble(StrEnum):
    """What keeps a database from doing its work; none of it is the fault of whoever asked."""

    FULL = "full"  # no room on the disk, or a quota is used up
    READ_ONLY = "read-only"
    BUSY = "busy"  # others held it for longer than we wait
    DAMAGED = "damaged"  # not a database, or a malformed one
    UNREACHABLE = "unreachable"  # the file cannot be opened or read, the server does not answer


# The first entry whose beginning matches decides, so that extended codes count as their family.
_SQLITE = (
    ("SQLITE_FULL", Trouble.FULL),
    ("SQLITE_IOERR_WRITE", Trouble.FULL),  # a write beyond a quota or file size limit fails like this
    ("SQLITE_IOERR_SHMSIZE", Trouble.FULL),
    ("SQLITE_READONLY", Trouble.READ_ONLY),
    ("SQLITE_BUSY", Trouble.BUSY),
    ("SQLITE_LOCKED", Trouble.BUSY),
    ("SQLITE_CORRUPT", Trouble.DAMAGED),
    ("SQLITE_NOTADB", Trouble.DAMAGED),
    ("SQLITE_IOERR", Trouble.UNREACHABLE),
    ("SQLITE_CANTOPEN", Trouble.UNREACHABLE),
    ("SQLITE_PERM", Trouble.UNREACHABLE),
)
_POSTGRESQL = (
    ("53100", Trouble.FULL),
    ("25006", Trouble.READ_ONLY),
    ("55P03", Trouble.BUSY),  # lock not available
    ("40", Trouble.BUSY),  # serialisation failure, deadlock
    ("53", Trouble.BUSY),  # out of memory or connections
    ("XX00", Trouble.DAMAGED),
    ("08", Trouble.UNREACHABLE),
    ("57P0", Trouble.UNREACHABLE),  # the server is shutting down or starting
    ("58", Trouble.UNREACHABLE),  # its own input and output fails
)


def trouble_of(error: BaseException) -> Trouble | None:
    """Return what keeps the database from working, or None where the statement itself was refused."""
    if isinstance(error, NoConnectionFree):
        return Trouble.BUSY
    if not isinstance(error, DBAPIError):
        return None
    name = getattr(error.orig, "sqlite_errorname", None)
    state = getattr(error.orig, "sqlstate", None)
    if name is None and state is None and error.connection_invalidated:
        return Trouble.UNREACHABLE
    if "no such table" in str(error.orig):
        return Trouble.DAMAGED  # SQLite has no code of its own for it
    known = _SQLITE if name is not None else _POSTGRESQL
    return next((trouble for start, trouble in known if (name or state or "?").startswith(start)), None)
