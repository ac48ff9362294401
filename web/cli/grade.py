"""`markscheme grade`: JSON lines in, JSON lines out, in the same order, one at a time."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

from web.cli.calibration_files import read_calibration
from web.cli.essay_marking import BuiltInMarker, EssayMarker, mark_line
from web.cli.json_lines import read_lines, write_object
from web.cli.options import READABLE_FILE, notes_option
from web.cli.progress import Progress


@click.command(short_help="Grade essays: JSON lines in, JSON lines out.")
@notes_option
@click.option(
    "--calibration",
    "calibration_files",
    type=READABLE_FILE,
    multiple=True,
    metavar="FILE",
    help="What `markscheme fit` has learnt about a question, instead of what comes with it; once for each.",
)
@click.argument("file", type=click.File("rb"))
def grade(file: BinaryIO, notes: tuple[str, ...], calibration_files: tuple[Path, ...]) -> None:
    """Grade the essays of FILE, or of standard input where FILE is "-".

    \b
    In:  {"id": "1", "prompt": "reform-motives", "text": "..."}        one essay a line
    Out: {"id": "1", "prompt": ..., "score": ..., "points": [...], "signature": ...}
    or:  {"id": "1", "error": {"code": "...", "message": "..."}}

    Reports come in the order of the essays, as soon as each is graded. An essay that cannot be graded
    gets an error, the rest goes on, and the exit status is 1 at the end. Offsets count characters of
    the essay. `markscheme prompts list` names the questions.
    """
    marker = BuiltInMarker(notes, dict(map(read_calibration, calibration_files)))
    progress = Progress(sys.stderr, _size(file))
    try:
        all_graded = _grade_lines(file, sys.stdout.buffer, marker, progress)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        _abandon_output()
        all_graded = False
    except OSError as error:
        _abandon_output()
        raise click.ClickException(f"Stopped before the end: {error.strerror}.") from None
    finally:
        progress.clear()
    sys.exit(0 if all_graded else 1)


def _grade_lines(source: BinaryIO, target: BinaryIO, marker: EssayMarker, progress: Progress) -> bool:
    """Grade line by line; return whether every line could be graded."""
    all_graded = True
    done = 0
    for line in read_lines(source):
        report = mark_line(line, marker)
        if sys.stdout.isatty():
            progress.clear()
        write_object(report, target)
        all_graded = all_graded and "error" not in report
        done += len(line.content)
        progress.step(done)
    return all_graded


def _abandon_output() -> None:
    """Send what is still waiting to be written nowhere, so that leaving does not fail a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _size(file: BinaryIO) -> int | None:
    """Return the size of a file in bytes, or None of a pipe or terminal."""
    try:
        return os.fstat(file.fileno()).st_size or None
    except OSError:
        return None
