"""`markscheme admin`: let a teacher look after the service."""

from __future__ import annotations

import click

from services import accounts
from web.cli.service import opened
from web.extensions import db


@click.command()
@click.argument("username")
def admin(username: str) -> None:
    """Show USERNAME how the service stands: the page /admin, and the making of backups."""
    with opened():
        user = accounts.find_by_username(db.session, username=username)
        if user is None:
            raise click.ClickException(f"Nobody signs in as {username}. Check the spelling.")
        if not user.is_teacher:
            raise click.ClickException(f"{username} is not a teacher; only teachers look after the service.")
        accounts.make_admin(db.session, user=user)
        db.session.commit()
    click.echo(f"{username} now finds the page “Service” in the menu.")
