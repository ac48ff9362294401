"""Read a corpus of marked essays, naming every line that cannot be used."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from grader.agreement.comparison import MarkedEssay, marked_essay_from_json
from prompts import UnknownSlug, load_prompt
from web.cli.json_lines import Line, LineRefused, parse_object, read_lines


def read_corpus(corpus: BinaryIO) -> list[MarkedEssay]:
    """Return the marked essays, or stop the command with every fault of the corpus."""
    essays, faults = [], []
    for line in read_lines(corpus):
        try:
            essays.append(_marked_essay(line))
        except LineRefused as refused:
            faults.append(refused.message)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    if not essays:
        raise click.ClickException("The corpus holds no essays.")
    return essays


def _marked_essay(line: Line) -> MarkedEssay:
    try:
        essay = marked_essay_from_json(parse_object(line))
        prompt = load_prompt(essay.prompt)
    except (ValueError, UnknownSlug) as error:
        raise LineRefused("not-marked", f"Line {line.number}: {error}") from None
    unknown = sorted(set(essay.labels) - set(prompt.marks))
    if unknown:
        names = ", ".join(unknown)
        raise LineRefused("not-marked", f"Line {line.number}: not key points of {essay.prompt}: {names}.")
    return essay
