"""`markscheme export-person`: everything that is kept about one person, as JSON."""

from __future__ import annotations

import json
from typing import TextIO

import click

from models import User
from services import accounts, privacy
from web.cli.service import opened
from web.clock import now
from web.extensions import db


@click.command("export-person")
@click.argument("username")
@click.option(
    "--to", "target", type=click.File("w", encoding="utf-8"), default="-", help="A file; else printed."
)
def export_person(username: str, target: TextIO) -> None:
    """Hand over all that is kept about USERNAME, in the form that the person gets on the page "Your data"."""
    with opened():
        user = person(username)
        data = privacy.personal_data(db.session, user=user)
        privacy.record_handing_over(db.session, user=user, by=None, now=now())
        db.session.commit()
    target.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def person(username: str) -> User:
    """Return who signs in with a name, or stop with a sentence."""
    user = accounts.find_by_username(db.session, username=username)
    if user is None:
        raise click.ClickException(f"Nobody signs in as {username}. Check the spelling.")
    return user
