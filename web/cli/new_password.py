"""`markscheme new-password`: for somebody who has forgotten theirs; there is no email to send one by."""

from __future__ import annotations

import secrets

import click

from services import accounts, second_step
from web.accounts.passwords import hashed
from web.cli.service import opened
from web.extensions import db


@click.command("new-password")
@click.argument("username")
def new_password(username: str) -> None:
    """Give USERNAME a new password made at random, print it, and sign that person out everywhere.

    A second step at the sign-in is switched off by it: the telephone may be lost as well.
    """
    with opened():
        user = accounts.find_by_username(db.session, username=username)
        if user is None:
            raise click.ClickException(f"Nobody signs in as {username}. Check the spelling.")
        password = secrets.token_urlsafe(9)
        accounts.change_password(db.session, user=user, password_hash=hashed(password))
        second_step.switch_off(db.session, user=user)
        db.session.commit()
    click.echo(password)
