"""SQLite as a database for many writers: WAL, foreign keys, and transactions that begin as writers.

Python's driver begins a transaction late and behind SQLAlchemy's back. Two transactions that read and then
write would lose updates with its defaults, and fail with "database is locked" when both have begun as
readers: SQLite cannot upgrade one of them. So the driver is told to stay out (`isolation_level=None`) and
every transaction begins with BEGIN IMMEDIATE, which queues writers, unless it says that it only reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.trouble import Trouble, trouble_of

PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=15000")
"""synchronous=FULL: what is committed outlives a power cut, for about three milliseconds a commit.
busy_timeout is in milliseconds: how long a writer queues before it gives up."""

_BEGIN = "sqlite_begin"
_WRITING = "BEGIN IMMEDIATE"


class ReferencesBroken(Exception):
    """Rows refer to rows that are not there."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"rows of {', '.join(tables)} would refer to rows that are not there.")
        self.tables = tables


def tune(engine: Engine, *, waited: Callable[[float], None] | None = None) -> Engine:
    """Make an engine follow the recipe above, and return it; engines of other databases are left alone.

    `waited` is told for how many seconds each writer queued.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _beginning(waited or _ignore))
        event.listen(engine, "handle_error", _give_up_connection)
    return engine


def begin_reading(session: Session) -> None:
    """Begin the session's transaction as a reader, which waits for no writer and holds up none.

    Call it before the session's first statement. To write in such a transaction is an error of the caller:
    it may fail with "database is locked".
    """
    session.connection(execution_options={_BEGIN: "BEGIN"})


def overwrite_what_is_deleted(session: Session) -> None:
    """Have the session's connection overwrite with zeros what it deletes, so that no file still holds it."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")


@contextmanager
def altering_tables(engine: Engine) -> Iterator[None]:
    """Let tables be made anew, as migrations do on SQLite, without taking along what refers to them.

    While foreign keys are enforced, dropping the old table deletes its rows first, and with them by ON DELETE
    CASCADE every essay of every user; and a trigger that names the table keeps the new one from getting its
    name (https://sqlite.org/lang_altertable.html, section 7). `keep_references` checks what comes of it. New
    connections alone are affected: the engine's pool is emptied before and after.
    """

    def switch_off(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        dbapi_connection.execute("PRAGMA legacy_alter_table=ON")

    if engine.dialect.name != "sqlite":
        yield
        return
    engine.dispose()
    event.listen(engine, "connect", switch_off)
    try:
        yield
    finally:
        event.remove(engine, "connect", switch_off)
        engine.dispose()


def keep_references(*, ctx: Any, **_: Any) -> None:
    """Refuse a migration step that leaves rows behind which refer to nothing.

    It is for Alembic's `on_version_apply`. Raises: ReferencesBroken, so that the migration is rolled back.
    """
    if ctx.connection.dialect.name == "sqlite":
        broken = {row[0] for row in ctx.connection.exec_driver_sql("PRAGMA foreign_key_check")}
        if broken:
            raise ReferencesBroken(sorted(broken))


def _set_pragmas(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _beginning(waited: Callable[[float], None]) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        how = connection.get_execution_options().get(_BEGIN, _WRITING)
        started = perf_counter()
        try:
            _begin_on_fresh_connection_if_need_be(connection, how)
        finally:
            if how == _WRITING:
                waited(perf_counter() - started)

    return begin


def _begin_on_fresh_connection_if_need_be(connection: Connection, how: str) -> None:
    """Begin; a connection that was opened while the file could only be read makes place for a new one."""
    try:
        connection.exec_driver_sql(how)
    except DBAPIError as error:
        if trouble_of(error) is not Trouble.READ_ONLY or not connection.invalidated:
            raise
        connection.exec_driver_sql(how)


def _give_up_connection(context: ExceptionContext) -> None:
    """Never use a connection again that could not write or read: it would stay so when all is well again.

    SQLite opens a file that it may not write to for reading, and keeps it open like that.
    """
    if context.sqlalchemy_exception is not None:
        trouble = trouble_of(context.sqlalchemy_exception)
        if trouble in {Trouble.READ_ONLY, Trouble.UNREACHABLE, Trouble.DAMAGED}:
            context.is_disconnect = True


def _ignore(_: float) -> None:
    """Nobody asked."""
