"""Backups of an SQLite database: made while it is in use, checked, rotated, put back.

SQLite's online backup API (https://sqlite.org/backup.html) copies one moment of the database, in one step:
in WAL mode that holds up no writer. A copy is written under another name, checked, forced to the disk and
only then given its own name, so that whatever bears a backup's name is whole.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"markscheme-(?P<stamp>\d{4}-\d\d-\d\dT\d{6}Z)(?:-(?P<occasion>[\w-]+))?\.sqlite3")
_COUNTED = ("user", "draft", "submission", "score")
_BUSY_SECONDS = 15.0


class BackupFailed(Exception):
    """A backup can be neither made nor used; the message is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup by its name: when it was made, and on which occasion ("": by the clock or by hand)."""

    file: Path
    made_at: datetime
    occasion: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: the version of its tables ("": none) and how many rows of what matters."""

    revision: str
    rows: dict[str, int]

    def in_words(self) -> str:
        """Say what it holds."""
        counted = (f"{number:,} {name}{'' if number == 1 else 's'}" for name, number in self.rows.items())
        return f"version {self.revision or 'none'}, " + ", ".join(counted)


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the newest first; other files are none of ours."""
    named = ((file, _NAME.fullmatch(file.name)) for file in (folder.iterdir() if folder.is_dir() else ()))
    found = [
        Backup(file, datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC), name["occasion"] or "")
        for file, name in named
        if name
    ]
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.file.name), reverse=True))


def back_up(source: Path, folder: Path, *, at: datetime, keep: int, occasion: str = "") -> Backup:
    """Copy a database into a folder, check the copy, and keep the newest `keep` of its occasion.

    Raises: BackupFailed, and then no earlier backup has been touched.
    """
    ending = f"-{occasion}" if occasion else ""
    file = folder / f"markscheme-{at.astimezone(UTC).strftime(_STAMP)}{ending}.sqlite3"
    draft = file.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy(source, draft)
        examine(draft)
        _force_to_disk(draft)
        draft.replace(file)
        _force_to_disk(folder)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(
            f"No backup could be made in {folder}: {_said(error)}. Check its rights and its room."
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    _rotate(folder, occasion, keep)
    return Backup(file, at, occasion)


def examine(file: Path, *, known: Collection[str] = ()) -> Contents:
    """Read a backup from end to end and count what it holds.

    `known` are the versions of the tables that this code can read; with none given, any will do.

    Raises: BackupFailed where it is damaged, no database of ours, or of a newer version.
    """
    if not file.is_file():
        raise BackupFailed(f"There is no file {file}.")
    try:
        with _opened(f"{file.absolute().as_uri()}?mode=ro&immutable=1") as database:
            _check(database, file)
            contents = _contents(database)
    except sqlite3.Error as error:
        raise BackupFailed(
            f"{file} is not a Markscheme database, or it is damaged: {_said(error)}."
        ) from error
    if known and contents.revision not in known:
        raise BackupFailed(f"{file} was made by a newer version of Markscheme: install that one to use it.")
    return contents


def put_back(backup: Path, target: Path, *, wait: float = 2.0) -> None:
    """Make `target` say what a backup says, as one transaction: a crash leaves the one or the other.

    `wait` is for how many seconds to wait for others to let go of it.

    Raises: BackupFailed where a service has the database open, or it cannot be written to.
    """
    try:
        with (
            _opened(f"{backup.absolute().as_uri()}?mode=ro&immutable=1") as saved,
            _opened(target.absolute().as_uri(), wait) as database,
        ):
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("COMMIT")
            saved.backup(database)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BackupFailed(f"The service still uses {target}. Stop it, then try again.") from error
        raise BackupFailed(f"{target} cannot be written to: {_said(error)}.") from error


def set_aside(target: Path, *, at: datetime) -> Path:
    """Rename a database that cannot be read, with what belongs to it, and return its new name."""
    aside = target.with_name(f"{target.name}.damaged-{at.astimezone(UTC).strftime(_STAMP)}")
    target.rename(aside)
    for ending in ("-wal", "-shm"):
        companion = target.with_name(target.name + ending)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + ending))
    return aside


@contextmanager
def _opened(address: str, wait: float = _BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=wait)
    try:
        yield connection
    finally:
        connection.close()


def _copy(source: Path, draft: Path) -> None:
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with _opened(f"{source.absolute().as_uri()}?mode=rw") as live, _opened(draft.absolute().as_uri()) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file that needs no other beside it


def _check(database: sqlite3.Connection, file: Path) -> None:
    said = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
    if said != ["ok"]:
        raise BackupFailed(f"{file} is damaged: {said[0]}.")
    if database.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupFailed(f"{file} is damaged: a row refers to one that is not there.")


def _contents(database: sqlite3.Connection) -> Contents:
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    revision = None
    if "alembic_version" in tables:
        revision = database.execute("SELECT version_num FROM alembic_version").fetchone()
    rows = {
        name: int(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - our own names
        for name in _COUNTED
        if name in tables
    }
    return Contents(revision[0] if revision else "", rows)


def _force_to_disk(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rotate(folder: Path, occasion: str, keep: int) -> None:
    same = [backup for backup in backups_in(folder) if _family(backup.occasion) == _family(occasion)]
    for backup in same[keep:]:
        backup.file.unlink(missing_ok=True)


def _family(occasion: str) -> str:
    return "before" if occasion.startswith("before") else occasion


def _said(error: Exception) -> str:
    return (error.strerror or "it cannot be read") if isinstance(error, OSError) else str(error)
