"""`markscheme db`: the tables' version, up and down."""

from __future__ import annotations

import click

from web import upkeep
from web.cli.service import opened
from web.extensions import alembic


@click.group("db")
def database() -> None:
    """Bring the tables up to date, or a version back."""


@database.command()
def upgrade() -> None:
    """Bring the tables up to date; `markscheme run` does it by itself."""
    with opened():
        upkeep.upgrade_tables()
        _show()


@database.command()
@click.argument("revision", default="-1")
@click.confirmation_option(prompt="Going back drops tables or columns with what is in them. Go on?")
def downgrade(revision: str) -> None:
    """Take the tables one version back, or to REVISION ("base": to nothing)."""
    with opened():
        upkeep.downgrade_tables(revision)
        _show()


@database.command()
def current() -> None:
    """Say which version the tables have."""
    with opened():
        _show()


def _show() -> None:
    standing = [script.revision for script in alembic.current()]
    newest = [script.revision for script in alembic.heads()]
    state = "up to date" if standing == newest else f"newest: {', '.join(newest) or 'none'}"
    click.echo(f"Tables at {', '.join(standing) or 'nothing'} ({state}).")
