"""`markscheme erase`: one student with everything that was written; counts of marks stay."""

from __future__ import annotations

import click

from services import privacy
from services.errors import NotErasable
from web.cli.export_person import person
from web.cli.service import opened
from web.clock import now
from web.extensions import db


@click.command()
@click.argument("username")
@click.confirmation_option(prompt="Everything that this person wrote is erased for good. Go on?")
def erase(username: str) -> None:
    """Erase USERNAME: account, drafts, essays and feedback. Backups hold them until they rotate."""
    with opened():
        try:
            gone = privacy.erase(db.session, user=person(username), now=now())
        except NotErasable as refusal:
            raise click.ClickException(refusal.message) from refusal
        db.session.commit()
    click.echo(f"Erased: {username}, with {gone.essays} essays and {gone.drafts} drafts.")
