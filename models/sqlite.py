"""SQLite as a database for many writers: WAL, foreign keys, and transactions that begin as writers.

Python's driver begins a transaction late and behind SQLAlchemy's back. Two transactions that read and then
write would lose updates with its defaults, and fail with "database is locked" when both have begun as
readers: SQLite cannot upgrade one of them. So the driver is told to stay out (`isolation_level=None`) and
every transaction begins with BEGIN IMMEDIATE, which queues writers, unless it says that it only reads.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=15000")
"""busy_timeout is in milliseconds: how long a writer queues before it gives up."""

_BEGIN = "sqlite_begin"


def tune(engine: Engine) -> Engine:
    """Make an engine follow the recipe above, and return it; engines of other databases are left alone."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def begin_reading(session: Session) -> None:
    """Begin the session's transaction as a reader, which waits for no writer and holds up none.

    Call it before the session's first statement. To write in such a transaction is an error of the caller:
    it may fail with "database is locked".
    """
    session.connection(execution_options={_BEGIN: "BEGIN"})


def _set_pragmas(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN IMMEDIATE"))
