"""`markscheme restore`: put a backup back, or with --check only prove that it could be."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from models.backup import BackupFailed, Contents, back_up, backups_in, examine, put_back, set_aside
from web import backing_up, upkeep
from web.cli.service import opened
from web.clock import now


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Restore into a scratch file only, and say what is in it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path | None, *, check: bool, yes: bool) -> None:
    """Put FILE, or the newest backup, in the place of the database; what is there now is kept as a backup.

    Stop the service first.
    """
    with opened():
        try:
            target = _target()
            chosen = file or _newest()
            held = _tried(chosen)
            click.echo(f"{chosen} is whole: {held.in_words()}.")
            if not check:
                _ask(target, yes=yes)
                _restore(chosen, target)
        except BackupFailed as error:
            raise click.ClickException(str(error)) from error


def _target() -> Path:
    target = backing_up.database_file()
    if target is None:
        raise BackupFailed("This database is PostgreSQL: put its backup back with pg_restore.")
    return target


def _newest() -> Path:
    folder = backing_up.current_plan().folder
    found = backups_in(folder)
    if not found:
        raise BackupFailed(f"There is no backup in {folder}. Name a file, or set MARKSCHEME_BACKUP_FOLDER.")
    return found[0].file


def _tried(chosen: Path) -> Contents:
    """Restore into a scratch file, and read that from end to end."""
    held = examine(chosen, known=upkeep.known_revisions())
    with tempfile.TemporaryDirectory(prefix="markscheme-") as scratch:
        target = Path(scratch) / "restored.sqlite3"
        put_back(chosen, target)
        if examine(target) != held:
            raise BackupFailed(f"{chosen} could not be restored: the copy differs from it.")
    return held


def _ask(target: Path, *, yes: bool) -> None:
    if target.exists() and not yes:
        click.confirm(f"Put it in the place of {target}? What is there now is backed up first.", abort=True)


def _restore(chosen: Path, target: Path) -> None:
    plan = backing_up.current_plan()
    if target.exists():
        try:
            made = back_up(target, plan.folder, at=now(), keep=plan.keep, occasion="before-restore")
            click.echo(f"What was there is in {made.file}.")
        except BackupFailed:
            click.echo(f"What was there cannot be read; it is kept as {set_aside(target, at=now())}.")
    put_back(chosen, target)
    for name in backing_up.put_keys_back(chosen.parent, plan.keys):
        click.echo(f"The {name} that belongs to it was put back too.")
    click.echo("Restored. Start the service again.")
