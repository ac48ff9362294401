"""`markscheme prompts`: list the questions, and check them before anyone writes on them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.errors import RubricError
from prompts import check, load_all
from web.cli.attack import attack


@click.group(name="prompts", short_help="List, check and attack the questions.")
def prompts_group() -> None:
    """List the questions, check them, and try to cheat them."""


prompts_group.add_command(attack)


@prompts_group.command("list")
def list_questions() -> None:
    """Print each question's slug and the question, unit by unit."""
    try:
        units = load_all()
    except RubricError as error:
        raise click.ClickException(f"The built-in questions do not load:\n{error}") from None
    width = max((len(prompt.slug) for loaded in units for prompt in loaded.prompts), default=0)
    for loaded in units:
        click.echo(f"{loaded.unit.title} ({loaded.unit.slug})")
        for prompt in loaded.prompts:
            click.echo(f"  {prompt.slug:<{width}}  {prompt.question}")


@prompts_group.command("check")
@click.option(
    "--strict", is_flag=True, help="Also try to cheat each question, and fail one that pays (see attack)."
)
@click.argument("path", type=click.Path(path_type=Path), required=False)
def check_questions(path: Path | None, strict: bool) -> None:
    """Check a question's file, a unit's folder or a folder of units; the built-in ones without PATH.

    Prints file, key and reason of every fault at once; the exit status is 1 where there is one. A model
    answer that does not earn every mark is a fault.
    """
    faults = check(path, strict=strict)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} found.", err=True)
        sys.exit(1)
    click.echo("No faults found.")
