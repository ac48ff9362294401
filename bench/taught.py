"""What marked essays teach about the built-in questions: `python -m bench.taught [--write]`.

Prints agreement with each set of marked essays, as shipped without calibrations and with calibrations
fitted on all the other sets: the writers and markers of a set are new to them, its questions are not. On
the last seven sets nothing is ever fitted. The verdict models under both are fitted without the question that
is measured. With --write, fits on all sets but those and writes the calibration that comes with the unit.
Single claims, the questions' model answers, their points denied, essays without one of their points and
texts of nonsense are fitted on as well: they show what the opposite of a point looks like, and what is
neither. All texts are synthetic.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.corpora import (
    ESSAYS,
    FITTED,
    FRESH,
    FURTHER,
    NONSENSE,
    ONLY_MEASURED,
    OPPOSITES,
    PAIRS,
    Corpora,
    Rows,
    read_corpora,
    read_lines,
)
from bench.gaps import with_gaps
from bench.loqo import SEED, Graded, figures, intervals, scorers_without_own_question
from bench.material import UNIT
from bench.nonsense import fit_familiarity
from bench.tables import Table
from bench.weighing import Held, fit_weighing
from grader.attack_texts import denied, stated
from grader.calibration import Calibration
from grader.calibration_fit import IN_ESSAYS, Design, MarkedPoint
from grader.familiarity import Familiarity
from grader.rehearsal import for_rehearsal
from grader.report import Verdict
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from prompts import list_prompts, load_unit
from prompts.shipped import CALIBRATION_FILE, to_ship

_HELD_OUT, *_LATER = ONLY_MEASURED
SETS = {
    "essays": (ESSAYS, _HELD_OUT),
    **{path.stem: (path,) for path in (*_LATER, FURTHER, *FRESH)},
}
"""Sets of marked essays by name; the files of one have the same writers and markers."""
_NEVER_FITTED = tuple(path.stem for path in FRESH)
_STRENGTH = 1.0
"""The full prior spread: log loss would have .3, at which sets that were left out are judged less alike."""
_SPREAD = IN_ESSAYS._replace(shared_grams=3.0)
"""Words tell something of every key point as well: who confirms, praises or upholds mostly turns it round."""
_SLIGHT, _SLIGHT_SHARED = 0.3, 0.5
"""Weights of points, and shared ones, that are left out of what ships: one moves log odds by .03, or .05."""
_FOLDS = 3
"""Folds of sets that show what words are worth in essays by others."""
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
        _write(read_corpora(FITTED))
    else:
        for table in tables():
            print(table.as_markdown(), end="\n\n", flush=True)


def tables() -> Iterator[Table]:
    """Yield a table for each set."""
    fitted = read_corpora(FITTED)
    slugs = [prompt.slug for prompt in list_prompts()]
    yield from map(_table, compare(scorers_without_own_question(slugs, fitted), fitted))


def compare(
    scorers: Mapping[str, KeyPointScorer], fitted: Corpora, names: Iterable[str] = SETS
) -> Iterator[Compared]:
    """Yield sets as graded by scorers, by slug, and by the same with calibrations of the other sets."""
    sets = {name: _read(name) for name in SETS}
    points = {name: _with_gaps(sets[name], scorers) for name in SETS if name not in _NEVER_FITTED}
    others = marked_points(_others(fitted), scorers)

    held = held_out(points, others)

    @cache
    def taught_without(name: str) -> dict[str, KeyPointScorer]:
        apart = [point for other, found in points.items() if other != name for point in found]
        known = {other: sets[other] for other in points if other != name}
        learnt = replace(
            fit_unit(apart + others),
            familiarity=_familiarity(known, fitted, scorers),
            weighing=fit_weighing([one for other in known for one in held[other]]),
        )
        return {prompt.slug: _with(scorers[prompt.slug], learnt) for prompt in list_prompts()}

    for name in names:
        taught = taught_without(name if name in points else "")
        yield Compared(name, _grade(sets[name], scorers), _grade(sets[name], taught))


def _read(name: str) -> Rows:
    return [row for path in SETS[name] for row in read_lines(path)]


def marked_points(rows: Rows, scorers: Mapping[str, KeyPointScorer]) -> list[MarkedPoint]:
    """Return what scorers make of each key point of each essay, beside its mark; none is taken for a copy."""
    readers = {
        slug: KeyPointScorer(for_rehearsal(scorer.prompt), parameters=scorer.parameters)
        for slug, scorer in scorers.items()
    }
    return [
        MarkedPoint(row["id"], view, view.own, Verdict(row["labels"][view.key]))
        for row in rows
        for view in readers[row["prompt"]].views(row["text"])
        if view.key in row["labels"]
    ]


def _with_gaps(rows: Rows, scorers: Mapping[str, KeyPointScorer]) -> list[MarkedPoint]:
    return marked_points([*rows, *with_gaps(rows)], scorers)


def _others(fitted: Corpora) -> Rows:
    """Return single claims, nonsense, model answers and denials, with marks for the points they are about."""
    more = [row for path in (NONSENSE, PAIRS, OPPOSITES) for row in read_lines(path)]
    marked = [
        {"labels": {row["point"]: row["verdict"]}, **row} if "point" in row else row
        for row in (*fitted.claims, *more)
    ]
    return marked + [row for prompt in list_prompts() for row in _made_and_denied(prompt)]


def _made_and_denied(prompt: Prompt) -> Rows:
    """Return the model answer of a question, its key points denied, and those of each side alone."""
    points = {point.id: point for point in prompt.key_points}
    texts = {
        "all": (prompt.model_answer, dict.fromkeys(points, Verdict.HIT)),
        "denied": (denied(prompt.key_points), dict.fromkeys(points, Verdict.CONTRADICTED)),
    }
    for side in prompt.sides:
        made = dict.fromkeys(points, Verdict.MISS) | dict.fromkeys(side.key_points, Verdict.HIT)
        texts[side.name] = (stated(points[key] for key in side.key_points), made)
    return [
        {"id": f"{prompt.slug} {name}", "prompt": prompt.slug, "text": text, "labels": labels}
        for name, (text, labels) in texts.items()
    ]


def fit_unit(points: Sequence[MarkedPoint]) -> Calibration:
    """Fit one calibration to all questions of the unit: some share key points."""
    design = Design(points, _SPREAD)
    return design.calibration(design.solve(np.arange(len(points)), _STRENGTH), UNIT)


def held_out(
    points: Mapping[str, Sequence[MarkedPoint]], others: Sequence[MarkedPoint]
) -> dict[str, list[Held]]:
    """Return marked points, by set, with what is made of them by calibrations of a part of the other sets.

    The sets are dealt into three folds, and every fold is held out once. Where the weighing for a set is
    fitted to those of all other sets, some of what it goes by was learnt from that set: the model is the same
    for all key points and small, so this tells it next to nothing. The fresh sets are in none of it.
    """
    held: dict[str, list[Held]] = {}
    for fold in range(_FOLDS):
        out = [*points][fold::_FOLDS]
        learnt = fit_unit([*(p for name in points if name not in out for p in points[name]), *others])
        held |= {name: [Held(point, learnt.adjust(point.view)) for point in points[name]] for name in out}
    return held


def _familiarity(
    sets: Mapping[str, Rows], fitted: Corpora, scorers: Mapping[str, KeyPointScorer]
) -> Familiarity:
    """Fit what tells nonsense from answers; none of them is taken for a copy."""
    readers = {
        slug: KeyPointScorer(for_rehearsal(scorer.prompt), parameters=scorer.parameters)
        for slug, scorer in scorers.items()
    }
    attempts = [row for row in fitted.attempts if row["prompt"] in readers]
    return fit_familiarity({**sets, NONSENSE.stem: read_lines(NONSENSE)}, attempts, readers)


def _with(scorer: KeyPointScorer, learnt: Calibration) -> KeyPointScorer:
    keys = [point.id for point in scorer.prompt.key_points]
    calibration = learnt.about(keys, scorer.prompt.structure_hash)
    return KeyPointScorer(scorer.prompt, parameters=scorer.parameters, calibration=calibration)


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


def _write(fitted: Corpora) -> None:
    scorers = {prompt.slug: KeyPointScorer(prompt) for prompt in list_prompts()}
    sets = {name: _read(name) for name in SETS if name not in _NEVER_FITTED}
    points = {name: _with_gaps(rows, scorers) for name, rows in sets.items()}
    others = marked_points(_others(fitted), scorers)
    learnt = replace(
        fit_unit([*(point for found in points.values() for point in found), *others]).without_slight(
            _SLIGHT, _SLIGHT_SHARED
        ),
        familiarity=_familiarity(sets, fitted, scorers),
        weighing=fit_weighing([one for found in held_out(points, others).values() for one in found]),
    )
    unit = load_unit(UNIT)
    path = _PROMPTS / unit.slug / CALIBRATION_FILE
    path.write_text(to_ship(learnt, unit.key_points), encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB, {len(learnt.own)} key points")


if __name__ == "__main__":
    main()
