"""`markscheme fit`: learn from marked essays on one question, where that agrees more with the markers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, BinaryIO

import click

from grader.errors import CalibrationError
from grader.learning import FIGURES, FittedCalibration
from grader.learning import fit as fit_calibration
from prompts import UnknownSlug, load_prompt, shipped_calibration
from web.cli.marked_corpus import read_corpus
from web.cli.options import WRITABLE_FILE, notes_option, seed_option

_NAMES = {
    "verdict_kappa": "verdict kappa",
    "verdict_exact": "verdict exact",
    "credit_f1": "credit F1",
    "mark_qwk": "mark QWK",
    "mark_mae": "mark MAE",
}


@click.command(short_help="Learn from marked essays on a question.")
@click.option(
    "-o",
    "--output",
    type=WRITABLE_FILE,
    required=True,
    metavar="FILE",
    help="Where the calibration goes, as JSON.",
)
@notes_option
@seed_option("the folds of cross-validation")
@click.argument("slug")
@click.argument("marked", type=click.File("rb"))
def fit(slug: str, marked: BinaryIO, output: Path, notes: tuple[str, ...], seed: int) -> None:
    """Fit a calibration for the question SLUG to the essays of MARKED, and measure it.

    \b
    One essay a line:
    {"id": "1", "prompt": "reform-motives", "text": "...", "labels": {"key-point": "hit", ...}}

    Verdicts: hit, partial, contradicted, miss. The figures printed are held out: each essay is judged by
    a calibration that has not seen it. A calibration that agrees no better with the markers than the
    scorer as it is gets refused: nothing is written, and the exit status is 1.
    """
    fitted = _fit(slug, marked, notes, seed)
    click.echo(_table(fitted, seed))
    if fitted.refusal:
        raise click.ClickException(fitted.refusal)
    _write(output, {**fitted.calibration.to_json(), "agreement": fitted.figures()})
    click.echo(f"Written to {output}: use it with `markscheme grade --calibration {output}`.")


def _fit(slug: str, marked: BinaryIO, notes: tuple[str, ...], seed: int) -> FittedCalibration:
    try:
        prompt = load_prompt(slug)
    except UnknownSlug as unknown:
        raise click.ClickException(f"{unknown} `markscheme prompts list` names them.") from None
    essays = read_corpus(marked)
    others = sorted({essay.prompt for essay in essays} - {slug})
    if others:
        raise click.ClickException(f"The essays should all be on {slug}; some are on {', '.join(others)}.")
    try:
        return fit_calibration(prompt, essays, seed=seed, notes=notes, base=shipped_calibration(prompt))
    except CalibrationError as error:
        raise click.ClickException(str(error)) from None


def _table(fitted: FittedCalibration, seed: int) -> str:
    """Return the figures before and after, one a line."""
    lines = [
        f"{fitted.essays} essays, {fitted.after.judgements} verdicts, held out (seed {seed})",
        f"{'':14}  {'as it is':>8}  {'fitted':>8}",
    ]
    for name in FIGURES:
        before, after = (agreement.figures[name].value for agreement in (fitted.before, fitted.after))
        lines.append(f"{_NAMES[name]:14}  {_cell(before):>8}  {_cell(after):>8}")
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _write(path: Path, values: dict[str, Any]) -> None:
    """Write a file as a whole or not at all."""
    try:
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_text(json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
