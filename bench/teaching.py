"""What marked essays teach about the built-in questions: the steps from marked texts to a calibration.

Single claims, the questions' model answers, their points denied, essays without one of their points and
texts of nonsense are fitted on as well: they show what the opposite of a point looks like, and what is
neither. All texts are synthetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
    Rows,
    read_corpora,
    read_lines,
)
from bench.gaps import with_gaps
from bench.material import UNIT
from bench.nonsense import fit_familiarity
from bench.weighing import Held, fit_weighing
from grader.attacks.rehearsal import for_rehearsal
from grader.attacks.texts import denied, stated
from grader.calibration import Calibration
from grader.calibration.familiarity import Familiarity
from grader.calibration.fitting import IN_ESSAYS, Design, MarkedPoint
from grader.report import Verdict
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from prompts import list_prompts

_HELD_OUT, *_LATER = ONLY_MEASURED
SETS = {
    "essays": (ESSAYS, _HELD_OUT),
    **{path.stem: (path,) for path in (*_LATER, FURTHER, *FRESH)},
}
"""Sets of marked essays by name; the files of one have the same writers and markers."""
NEVER_FITTED = tuple(path.stem for path in FRESH)
_STRENGTH = 1.0
"""The full prior spread: log loss would have .3, at which sets that were left out are judged less alike."""
_SPREAD = IN_ESSAYS._replace(shared_grams=3.0)
"""Words tell something of every key point as well: who confirms, praises or upholds mostly turns it round."""
_SLIGHT, _SLIGHT_SHARED = 0.3, 0.5
"""Weights of points, and shared ones, that are left out of what ships: one moves log odds by .03, or .05."""
_FOLDS = 3
"""Folds of sets that show what words are worth in essays by others."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What can be learnt from; every row names its question.

    `sets` are marked essays by name of the set, `others` marked claims, answers and nonsense.
    """

    sets: Mapping[str, Rows]
    others: Rows
    nonsense: Rows
    attempts: Rows

    def without(self, slug: str) -> Lessons:
        """Return what is left where nothing about one question may be learnt from."""
        sets = {name: _apart_from(slug, rows) for name, rows in self.sets.items()}
        others, nonsense, attempts = (
            _apart_from(slug, rows) for rows in (self.others, self.nonsense, self.attempts)
        )
        return Lessons({name: rows for name, rows in sets.items() if rows}, others, nonsense, attempts)


def _apart_from(slug: str, rows: Rows) -> Rows:
    return [row for row in rows if row["prompt"] != slug]


def read_set(name: str) -> Rows:
    """Return the essays of a set."""
    return [row for path in SETS[name] for row in read_lines(path)]


def read_lessons() -> Lessons:
    """Return everything that what ships is fitted on."""
    fitted = read_corpora(FITTED)
    prompts = {prompt.slug: prompt for prompt in list_prompts()}
    nonsense, *more = (read_lines(path) for path in (NONSENSE, PAIRS, OPPOSITES))
    marked = [
        {"labels": {row["point"]: row["verdict"]}, **row} if "point" in row else row
        for rows in (fitted.claims, nonsense, *more)
        for row in rows
    ]
    return Lessons(
        {name: read_set(name) for name in SETS if name not in NEVER_FITTED},
        marked + [row for prompt in prompts.values() for row in _made_and_denied(prompt)],
        nonsense,
        [row for row in fitted.attempts if row["prompt"] in prompts],
    )


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


def teach(lessons: Lessons, scorers: Mapping[str, KeyPointScorer]) -> Calibration:
    """Return what lessons teach scorers, by slug: the calibration that ships, if they are everything."""
    points = {name: points_and_gaps(rows, scorers) for name, rows in lessons.sets.items()}
    others = marked_points(lessons.others, scorers)
    everything = [*(point for found in points.values() for point in found), *others]
    return replace(
        fit_unit(everything).without_slight(_SLIGHT, _SLIGHT_SHARED),
        familiarity=teach_nonsense(lessons, scorers),
        weighing=fit_weighing([one for found in held_out(points, others).values() for one in found]),
    )


def marked_points(rows: Rows, scorers: Mapping[str, KeyPointScorer]) -> list[MarkedPoint]:
    """Return what scorers make of each key point of each essay, beside its mark; none is taken for a copy."""
    readers = _rehearsing(scorers)
    return [
        MarkedPoint(row["id"], view, view.own, Verdict(row["labels"][view.key]))
        for row in rows
        for view in readers[row["prompt"]].views(row["text"])
        if view.key in row["labels"]
    ]


def points_and_gaps(rows: Rows, scorers: Mapping[str, KeyPointScorer]) -> list[MarkedPoint]:
    """Return the marked points of essays, and of the same essays without one of their passages."""
    return marked_points([*rows, *with_gaps(rows)], scorers)


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


def teach_nonsense(lessons: Lessons, scorers: Mapping[str, KeyPointScorer]) -> Familiarity:
    """Fit what tells nonsense from answers; none of them is taken for a copy."""
    sets = {**lessons.sets, NONSENSE.stem: lessons.nonsense}
    return fit_familiarity(sets, lessons.attempts, _rehearsing(scorers))


def with_calibration(scorer: KeyPointScorer, learnt: Calibration) -> KeyPointScorer:
    """Return the same scorer with what is known of its question's key points."""
    keys = [point.id for point in scorer.prompt.key_points]
    calibration = learnt.about(keys, scorer.prompt.structure_hash)
    return KeyPointScorer(scorer.prompt, parameters=scorer.parameters, calibration=calibration)


def _rehearsing(scorers: Mapping[str, KeyPointScorer]) -> dict[str, KeyPointScorer]:
    return {
        slug: KeyPointScorer(for_rehearsal(scorer.prompt), parameters=scorer.parameters)
        for slug, scorer in scorers.items()
    }
