"""`markscheme score-pending`: mark what still waits, as after a crash or a scorer that failed."""

from __future__ import annotations

import click

from web import upkeep
from web.cli.service import opened


@click.command("score-pending")
@click.pass_context
def score_pending(context: click.Context) -> None:
    """Mark every essay that is awaiting marking; exit status 1 where one could not be marked."""
    with opened():
        marked, failed = upkeep.finish_unscored()
    click.echo(
        f"{marked} marked, {failed} could not be marked." if marked or failed else "No essay is waiting."
    )
    context.exit(1 if failed else 0)
