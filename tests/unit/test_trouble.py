"""A database that cannot work just now is told from a statement that is mistaken."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from models.trouble import Trouble, trouble_of


def sqlite_error(name: str, message: str = "as SQLite says it") -> OperationalError:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorname = name
    return OperationalError("UPDATE", {}, error)


def postgresql_error(state: str) -> DatabaseError:
    class Said(Exception):
        sqlstate = state

    return DatabaseError("UPDATE", {}, Said("as PostgreSQL says it"))


@pytest.mark.parametrize(
    "name, trouble",
    [
        ("SQLITE_FULL", Trouble.FULL),
        ("SQLITE_IOERR_WRITE", Trouble.FULL),
        ("SQLITE_READONLY", Trouble.READ_ONLY),
        ("SQLITE_READONLY_DBMOVED", Trouble.READ_ONLY),
        ("SQLITE_BUSY", Trouble.BUSY),
        ("SQLITE_BUSY_SNAPSHOT", Trouble.BUSY),
        ("SQLITE_CORRUPT", Trouble.DAMAGED),
        ("SQLITE_NOTADB", Trouble.DAMAGED),
        ("SQLITE_IOERR_READ", Trouble.UNREACHABLE),
        ("SQLITE_CANTOPEN", Trouble.UNREACHABLE),
    ],
)
def test_what_sqlite_reports_is_understood(name: str, trouble: Trouble) -> None:
    assert trouble_of(sqlite_error(name)) is trouble


@pytest.mark.parametrize(
    "state, trouble",
    [
        ("53100", Trouble.FULL),
        ("25006", Trouble.READ_ONLY),
        ("40P01", Trouble.BUSY),
        ("57P01", Trouble.UNREACHABLE),
        ("08006", Trouble.UNREACHABLE),
    ],
)
def test_what_postgresql_reports_is_understood(state: str, trouble: Trouble) -> None:
    assert trouble_of(postgresql_error(state)) is trouble


def test_a_mistaken_statement_is_no_trouble_of_the_database() -> None:
    assert trouble_of(sqlite_error("SQLITE_ERROR", "near SELEC: syntax error")) is None
    assert trouble_of(IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE"))) is None
    assert trouble_of(postgresql_error("23505")) is None
    assert trouble_of(ValueError("no database at all")) is None


def test_tables_that_are_not_there_are_trouble() -> None:
    assert trouble_of(sqlite_error("SQLITE_ERROR", "no such table: user")) is Trouble.DAMAGED


def test_no_free_connection_is_a_busy_database() -> None:
    assert trouble_of(NoConnectionFree()) is Trouble.BUSY
