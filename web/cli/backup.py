"""`markscheme backup`: copy the database while it is in use, check the copy, keep the newest few."""

from __future__ import annotations

import click

from models.backup import BackupFailed, examine
from web import backing_up
from web.cli.service import opened


@click.command()
def backup() -> None:
    """Back up the database and its keys; the service may go on running."""
    with opened():
        try:
            made = backing_up.back_up_now()
            held = examine(made.file)
        except BackupFailed as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{made.file} ({held.in_words()}), checked.")
