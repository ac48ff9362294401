"""Options that several commands take: declared once, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from web.cli.text_files import read_notes

Command = TypeVar("Command", bound=Callable[..., Any])

READABLE_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITABLE_FILE = click.Path(dir_okay=False, path_type=Path)


def notes_option(command: Command) -> Command:
    """Add `--notes FILE`, as often as one likes; the command gets `notes`, a tuple of the texts."""
    return click.option(
        "--notes",
        type=READABLE_FILE,
        callback=_texts,
        multiple=True,
        metavar="FILE",
        help="A text that counts as copied notes where an essay repeats it; may be given several times.",
    )(command)


def seed_option(what: str) -> Callable[[Command], Command]:
    """Return `--seed`, a whole number that decides what is drawn by chance: `what`."""
    return click.option("--seed", default=1, show_default=True, help=f"Seed of {what}.")


def json_option(instead: str) -> Callable[[Command], Command]:
    """Return `--json`, a flag; `instead` ends the sentence that begins with "Print JSON"."""
    return click.option("--json", "as_json", is_flag=True, help=f"Print JSON{instead}.")


def _texts(_: click.Context, __: click.Parameter, paths: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(map(read_notes, paths))
