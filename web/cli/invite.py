"""`markscheme invite`: a one-time link that makes another teacher."""

from __future__ import annotations

import click

from services import accounts
from web.cli.service import opened
from web.clock import now
from web.extensions import db


@click.command()
@click.option(
    "--base", default="http://127.0.0.1:8000", show_default=True, help="Address that the school uses."
)
def invite(base: str) -> None:
    """Print a link that makes one teacher's account; it works once."""
    with opened():
        token = accounts.invite_teacher(db.session, now=now(), from_console=True)
        db.session.commit()
    click.echo(f"{base.rstrip('/')}/first-teacher/{token}")
