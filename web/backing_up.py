"""Backups as the service makes them: where they go, when the next is due, which keys go with them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, current_app
from structlog import get_logger

from models.backup import Backup, BackupFailed, back_up, backups_in
from web.clock import now
from web.config import Settings
from web.extensions import db

KEYS = ("secret-key", "password-salt")
"""Without the salt nobody's password fits any more; without the other key no guest finds back to an essay."""

RETRY = timedelta(minutes=10)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where backups and keys are, how often one is made (0: only by hand), how many are kept."""

    folder: Path
    keys: Path
    every: timedelta
    keep: int


def plan_of(settings: Settings) -> BackupPlan:
    """Read the plan off the settings."""
    every = timedelta(hours=settings.backup_hours)
    return BackupPlan(settings.backups(), settings.folder(), every, settings.backups_kept)


def current_plan() -> BackupPlan:
    """Return the plan of the present app."""
    plan: BackupPlan = current_app.extensions["backups"]
    return plan


def database_file() -> Path | None:
    """Return the database's file, or None where it is no SQLite database."""
    url = db.engine.url
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def back_up_now(occasion: str = "") -> Backup:
    """Make a backup of the database and its keys. Raises: BackupFailed."""
    source, plan = database_file(), current_plan()
    if source is None:
        raise BackupFailed("This database is PostgreSQL: use pg_dump, and keep the data folder too.")
    made = back_up(source, plan.folder, at=now(), keep=plan.keep, occasion=occasion)
    _copy_keys(plan.keys, plan.folder / "keys")
    log.info("backup made", file=made.file.name)
    return made


def back_up_if_due(app: Flask) -> Backup | None:
    """Make the backup that the plan asks for by now; after a failure wait a while before the next try."""
    plan: BackupPlan = app.extensions["backups"]
    if not plan.every or database_file() is None:
        return None
    if now() < app.extensions.setdefault("next_backup", _due(plan)):
        return None
    app.extensions["next_backup"] = now() + RETRY
    made = back_up_now()
    app.extensions["next_backup"] = made.made_at + plan.every
    return made


def last_backup() -> Backup | None:
    """Return the newest backup, whatever its occasion."""
    found = backups_in(current_plan().folder)
    return found[0] if found else None


def put_keys_back(beside: Path, to: Path) -> list[str]:
    """Put the keys that were kept beside a backup in their place; return the names of those that differed.

    A key that was there is kept under another name.
    """
    kept = [(beside / "keys" / name, to / name) for name in KEYS]
    differing = [(key, place) for key, place in kept if key.exists() and _text(key) != _text(place)]
    for key, place in differing:
        if place.exists():
            place.replace(place.with_name(f"{place.name}.before-restore"))
        shutil.copy2(key, place)
    return [place.name for _, place in differing]


def _text(key: Path) -> str:
    return key.read_text("ascii") if key.exists() else ""


def _due(plan: BackupPlan) -> datetime:
    regular = [backup for backup in backups_in(plan.folder) if not backup.occasion]
    latest = now() + plan.every  # a clock that once ran ahead puts nothing off for longer
    return min(regular[0].made_at + plan.every, latest) if regular else now()


def _copy_keys(source: Path, folder: Path) -> None:
    """Keys that are set by variables are not on the disk, and are not copied."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in KEYS:
            if (source / name).exists():
                shutil.copy2(source / name, folder / name)
    except OSError as error:
        raise BackupFailed(f"The keys could not be copied to {folder}: {error.strerror}.") from error
