"""What marked essays teach about the built-in questions: `python -m bench.taught [--write]`.

Prints agreement with each set of marked essays, as shipped without calibrations and with calibrations
fitted on all the other sets (`bench.teaching`): the writers and markers of a set are new to them, its
questions are not. On the last seven sets nothing is ever fitted. The verdict models under both are fitted
without the question that is measured. With --write, fits on all sets but those and writes the calibration
that comes with the unit. All texts are synthetic.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.corpora import FITTED, Rows, read_corpora
from bench.loqo import SEED, Graded, figures, intervals, scorers_without_own_question
from bench.material import UNIT
from bench.tables import Table
from bench.teaching import (
    NEVER_FITTED,
    SETS,
    Lessons,
    fit_unit,
    held_out,
    marked_points,
    points_and_gaps,
    read_lessons,
    read_set,
    teach,
    teach_nonsense,
    with_calibration,
)
from bench.weighing import fit_weighing
from grader.scorer import KeyPointScorer
from prompts import list_prompts, load_unit
from prompts.shipped import CALIBRATION_FILE, to_ship

_PROMPTS = Path(__file__).parents[1] / "prompts"


class Compared(NamedTuple):
    """A set of marked essays, as graded without calibrations and with those of the other sets."""

    name: str
    before: list[Graded]
    after: list[Graded]


def main() -> None:
    """Print the tables, or write the calibrations."""
    parser = argparse.ArgumentParser(prog="python -m bench.taught", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the calibration that ships")
    if parser.parse_args().write:
        _write()
    else:
        for table in tables():
            print(table.as_markdown(), end="\n\n", flush=True)


def tables() -> Iterator[Table]:
    """Yield a table for each set."""
    slugs = [prompt.slug for prompt in list_prompts()]
    scorers = scorers_without_own_question(slugs, read_corpora(FITTED))
    yield from map(_table, compare(scorers, read_lessons()))


def compare(
    scorers: Mapping[str, KeyPointScorer], lessons: Lessons, names: Iterable[str] = SETS
) -> Iterator[Compared]:
    """Yield sets as graded by scorers, by slug, and by the same with calibrations of the other sets."""
    points = {name: points_and_gaps(rows, scorers) for name, rows in lessons.sets.items()}
    others = marked_points(lessons.others, scorers)
    held = held_out(points, others)

    @cache
    def taught_without(name: str) -> dict[str, KeyPointScorer]:
        known = {other: rows for other, rows in lessons.sets.items() if other != name}
        learnt = replace(
            fit_unit([*(point for other in known for point in points[other]), *others]),
            familiarity=teach_nonsense(replace(lessons, sets=known), scorers),
            weighing=fit_weighing([one for other in known for one in held[other]]),
        )
        return {slug: with_calibration(scorer, learnt) for slug, scorer in scorers.items()}

    for name in names:
        rows = read_set(name)
        taught = taught_without("" if name in NEVER_FITTED else name)
        yield Compared(name, _grade(rows, scorers), _grade(rows, taught))


def _grade(rows: Rows, scorers: Mapping[str, KeyPointScorer]) -> list[Graded]:
    return [Graded(row, scorers[row["prompt"]].score(row["text"])) for row in rows]


def _table(compared: Compared) -> Table:
    untaught, taught = figures(compared.before), figures(compared.after)
    bounds = intervals(compared.after, seed=SEED)
    rows = [
        (name, f"{untaught[name]:.3f}", f"{value:.3f}", "{:.3f} to {:.3f}".format(*bounds[name]))
        for name, value in taught.items()
    ]
    judgements = sum(len(one.pairs) for one in compared.after)
    note = f"{len(compared.after)} synthetic essays, {judgements} judgements; calibrations of the other sets."
    heads = ("", "without", "with calibrations", "95 %")
    return Table(f"What other marked essays teach: {compared.name}", heads, rows, note)


def _write() -> None:
    learnt = teach(read_lessons(), {prompt.slug: KeyPointScorer(prompt) for prompt in list_prompts()})
    unit = load_unit(UNIT)
    path = _PROMPTS / unit.slug / CALIBRATION_FILE
    path.write_text(to_ship(learnt, unit.key_points), encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB, {len(learnt.own)} key points")


if __name__ == "__main__":
    main()
