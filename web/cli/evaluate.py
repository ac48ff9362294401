"""`markscheme evaluate`: how far the machine agrees with marked essays, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import BinaryIO

import click

from grader.agreement import Agreement, measure_agreement
from grader.agreement.casebook import PointCases, collect_cases
from grader.agreement.comparison import MarkedEssay, compare
from grader.report import ScoreReport
from web.cli.agreement_table import agreement_table
from web.cli.by_point import by_point_json, by_point_lines
from web.cli.essay_marking import BuiltInMarker, EssayMarker
from web.cli.json_lines import LineRefused
from web.cli.marked_corpus import read_corpus
from web.cli.options import json_option, notes_option, seed_option
from web.cli.progress import Progress

_FLATTERY = "the figures flatter it. `make bench` measures on questions that it has not seen."


@click.command(short_help="Measure agreement with marked essays.")
@json_option(" instead of a table")
@click.option(
    "--by-point",
    is_flag=True,
    help="List for each key point what was credited and missed, with the sentences.",
)
@notes_option
@seed_option("the bootstrap")
@click.option(
    "--resamples",
    default=1000,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="Bootstrap samples, each drawn from whole essays.",
)
@click.argument("corpus", type=click.File("rb"))
def evaluate(
    corpus: BinaryIO, as_json: bool, by_point: bool, notes: tuple[str, ...], seed: int, resamples: int
) -> None:
    """Grade the essays of CORPUS and measure agreement with the verdicts that people gave.

    \b
    One essay a line:
    {"id": "1", "prompt": "reform-motives", "text": "...", "labels": {"key-point": "hit", ...},
     "evidence": {"key-point": "words of the text"}, "level": 3}     evidence and level may be left out

    Verdicts: hit, partial, contradicted, miss. Intervals come from a bootstrap over whole essays. An essay
    that cannot be graded counts as one in which nothing was found.
    """
    essays = read_corpus(corpus)
    marker = BuiltInMarker(notes)
    graded = list(_grade_all(essays, marker))
    agreement = measure_agreement(
        [compare(essay, report) for essay, report in graded], seed=seed, resamples=resamples
    )
    points = collect_cases(graded) if by_point else None
    known = sum(essay.text in _built_in_texts() for essay in essays)
    if as_json:
        click.echo(_as_json(agreement, points, known, seed, resamples))
        return
    if points is not None:
        click.echo("\n".join(by_point_lines(points)))
    click.echo(agreement_table(agreement, seed, resamples))
    if known:
        click.echo(
            f"\n{known} of these essays come with Markscheme, whose scorer was fitted on them: {_FLATTERY}"
        )


def _grade_all(
    essays: Sequence[MarkedEssay], marker: EssayMarker
) -> Iterator[tuple[MarkedEssay, ScoreReport | None]]:
    progress = Progress(sys.stderr, len(essays))
    for done, essay in enumerate(essays, start=1):
        yield essay, _report(essay, marker)
        progress.step(done)
    progress.clear()


def _report(essay: MarkedEssay, marker: EssayMarker) -> ScoreReport | None:
    try:
        return marker.score(essay.prompt, essay.text)
    except LineRefused:
        return None


@cache
def _built_in_texts() -> frozenset[str]:
    """Return the essays that come with the units: their figures say little about other essays."""
    return frozenset(
        json.loads(line)["text"]
        for folder in files("prompts").iterdir()
        if (corpus := folder / "essays.jsonl").is_file()
        for line in corpus.read_text(encoding="utf-8").splitlines()
    )


def _as_json(
    agreement: Agreement, points: Sequence[PointCases] | None, known: int, seed: int, resamples: int
) -> str:
    recipe = {
        "known_to_the_scorer": known,
        "bootstrap": {"resampled": "essays", "samples": resamples, "seed": seed, "interval": 0.95},
    }
    by_point = {} if points is None else {"by_point": by_point_json(points)}
    return json.dumps(asdict(agreement) | recipe | by_point, indent=1, ensure_ascii=False)
