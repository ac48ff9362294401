"""How the service stands at this moment: what `/readyz`, the metrics and the admin page all read off."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

from services import scoring
from web import backing_up
from web.caretaker import STUCK_AFTER, Caretaker
from web.clock import now
from web.extensions import begin_reading, db
from web.metrics import metrics_of_app
from web.upkeep import are_tables_current

MEGABYTE = 1024 * 1024
LITTLE_ROOM = 200 * MEGABYTE
"""Room on the disk below which an administrator should act; a full class writes a few megabytes a lesson."""

LONG_WAIT = 300.0
"""Seconds after which an essay that still awaits marking is a sign that something is stuck."""

LATELY = 10.0
"""Seconds for which a request that could not be served is remembered: quotas show in no other way."""

_PROBE_BYTES = 64 * 1024

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """The service at one moment; sizes in bytes, ages in seconds, None where it cannot be known."""

    database_up: bool
    tables_current: bool
    disk_takes_writes: bool
    refused_lately: bool
    disk_free: int
    database_bytes: int | None
    waiting: int | None
    oldest_waiting: float | None
    caretaker_idle: float | None
    last_backup: datetime | None

    @property
    def faults(self) -> tuple[str, ...]:
        """What keeps the service from doing its work; where there is any, it is not ready."""
        found = (
            (not self.database_up, "the database cannot be read"),
            (self.database_up and not self.tables_current, "the tables are of another version"),
            (not self.disk_takes_writes, "the disk takes no writes"),
            (self.refused_lately, "something could not be saved a moment ago"),
            ((self.caretaker_idle or 0) > STUCK_AFTER, "the caretaker is stuck"),
        )
        return tuple(sentence for there, sentence in found if there)

    @property
    def worries(self) -> tuple[str, ...]:
        """What an administrator should look at, although the service works."""
        found = (
            (self.disk_free < LITTLE_ROOM, "there is little room on the disk"),
            ((self.oldest_waiting or 0) > LONG_WAIT, "essays have been waiting for long"),
        )
        return tuple(sentence for there, sentence in found if there)


def take_stock() -> Standing:
    """Look at the database, the disk and the caretaker; nothing that fails is raised."""
    folder = backing_up.current_plan().keys
    file = backing_up.database_file()
    database = _look_into_database()
    last = backing_up.last_backup()
    caretaker: Caretaker | None = current_app.extensions.get("caretaker")
    return Standing(
        database_up=database is not None,
        tables_current=database is not None and database.tables_current,
        disk_takes_writes=_takes_writes(file.parent if file else folder),
        refused_lately=_refused_lately(),
        disk_free=shutil.disk_usage(folder).free,
        database_bytes=_size(file),
        waiting=database.waiting if database else None,
        oldest_waiting=database.oldest_waiting if database else None,
        caretaker_idle=caretaker.idle_seconds if caretaker else None,
        last_backup=last.made_at if last else None,
    )


class _Database(NamedTuple):
    """What the database says of itself."""

    tables_current: bool
    waiting: int
    oldest_waiting: float


def _look_into_database() -> _Database | None:
    try:
        begin_reading()
        tables_current = are_tables_current()
        count, oldest = scoring.queue_of_unscored(db.session)
    except SQLAlchemyError as error:
        log.error("the database cannot be read", exc_info=error)
        return None
    return _Database(tables_current, count, (now() - oldest).total_seconds() if oldest else 0.0)


def _refused_lately() -> bool:
    refused_at = metrics_of_app().refused_at
    return refused_at is not None and monotonic() - refused_at < LATELY


def _takes_writes(folder: Path) -> bool:
    """Write for a try: a full disk, a quota and a read-only one show in no other way."""
    probe = folder / ".probe"
    try:
        probe.write_bytes(b"\0" * _PROBE_BYTES)
        probe.unlink()
    except OSError:
        return False
    return True


def _size(file: Path | None) -> int | None:
    if file is None:
        return None
    parts = (file, file.with_name(file.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
