"""`markscheme sync`: bring the stored questions in step with the units on disk."""

from __future__ import annotations

import click

from web import upkeep
from web.cli.service import opened


@click.command()
def sync() -> None:
    """Add new questions, store changed ones as a new version, retire those that have gone."""
    with opened():
        upkeep.upgrade_tables()
        report = upkeep.sync_questions()
    for word in ("added", "changed", "retired", "unchanged"):
        slugs = getattr(report, word)
        click.echo(
            f"{len(slugs)} {word}" + (f": {', '.join(slugs)}" if slugs and word != "unchanged" else "")
        )
