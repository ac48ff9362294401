"""What teachers' marks teach: a correction to the scorer's own verdicts, for one rubric.

A calibration adds to the log-odds of each verdict a linear function of what the scorer saw of a key
point in an essay: how alike passage and phrasings are, and which words the passage uses. Weights are
partly shared by all key points and partly a key point's own, so that a point with few marked answers
leans on the others (hierarchical ridge regression in the feature-augmented form of Daumé III,
Frustratingly Easy Domain Adaptation, 2007). All weights nought is the scorer as it is. One calibration can
be laid on another, so that what a school's marks teach is learnt on top of what comes with a question.

Plain JSON, never a pickle; `grader.calibration.fitting` makes it and `grader.calibration.reading` reads it.
It has no opinion of its own without the scorer's.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from grader.calibration.chances import Chances, log_chances, softmax
from grader.calibration.familiarity import Familiarity
from grader.calibration.weighing import Weighing
from grader.errors import CalibrationError
from grader.report import Verdict

Weights: TypeAlias = Mapping[str, tuple[float, ...]]
"""What each term adds to the log-odds of each verdict, in the order of `Verdict`."""

FORMAT = 2
"""Version of the JSON; a calibration of another format is refused, not guessed at."""
_FEW = 20
"""Runs of a passage below which each of them tells no more: a short sentence shows little."""


@dataclass(frozen=True, slots=True)
class PointView:
    """What the scorer made of one key point in one essay.

    `grams` are the runs that the nearest passage uses, a set for each family: in an essay its words, and what
    it says in the rubric's terms and ideas, denied ones apart.
    `similarities` are its measures by name (each 0 to about 1, always the same ones), `chances` what it
    thinks of each verdict, `own` the verdict that it comes to; `settled` where that is no matter of chance,
    since a phrasing of the rubric was said word for word.
    """

    key: str
    grams: Sequence[frozenset[str]]
    similarities: Mapping[str, float]
    chances: Chances
    own: Verdict
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights for one rubric: shared ones and each key point's own.

    `similarities` names the measures that it was fitted on: a scorer that measures others cannot use it.
    `familiarity` tells nonsense from answers and `weighing` how much what words taught is worth, where enough
    essays have been marked to know. `base` is taken in first: this was fitted to what it leaves to be learnt.
    """

    structure_hash: str
    similarities: tuple[str, ...]
    shared: Weights
    own: Mapping[str, Weights]
    familiarity: Familiarity | None = None
    weighing: Weighing | None = None
    base: Calibration | None = None
    _of: Mapping[str, Weights] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Add up once what is shared and what is a point's own."""
        object.__setattr__(self, "_of", {key: _sum(self.shared, own) for key, own in self.own.items()})

    def check_measures(self, similarities: Iterable[str]) -> None:
        """Raise CalibrationError where the scorer measures other similarities than this was fitted on."""
        measured = sorted(similarities)
        if self.base:
            self.base.check_measures(measured)
        weighed = self.weighing.measures if self.weighing else ()
        if measured != sorted(self.similarities) or not {*weighed} <= {*measured}:
            raise CalibrationError(
                "This calibration was fitted with an earlier scorer, which measured other things: "
                "fit it again from the marked essays."
            )

    def judge(self, views: Sequence[PointView]) -> list[Chances]:
        """Return the chances of each verdict on all key points of an essay, once all marks are taken in."""
        below = self.base.take_in(views) if self.base else views
        if not self.weighing:
            return [view.chances if view.settled else self.adjust(view) for view in below]
        # With so many essays what points share was fitted beside each one's words: without them it misleads.
        movable = [view.key in self.own and not view.settled for view in below]
        own, measures = [view.chances for view in below], [view.similarities for view in below]
        taught = [
            self.adjust(view) if may else view.chances for view, may in zip(below, movable, strict=True)
        ]
        weighed = self.weighing.weigh(own, taught, measures)
        return [
            after if may else view.chances for view, may, after in zip(below, movable, weighed, strict=True)
        ]

    def take_in(self, views: Sequence[PointView]) -> tuple[PointView, ...]:
        """Return the same views of an essay with these chances in place of the scorer's."""
        judged = zip(views, self.judge(views), strict=True)
        return tuple(replace(view, chances=chances) for view, chances in judged)

    def adjust(self, view: PointView) -> Chances:
        """Return the chances of each verdict on one key point, by its own passage and these weights alone."""
        weights, odds = self._of.get(view.key, self.shared), log_chances(view.chances)
        for name, value in _measured(view):
            if move := weights.get(name):
                odds = [odd + value * weight for odd, weight in zip(odds, move, strict=True)]
        for names, value in _families(view):
            # Sets have no order, so what adds up has to be exact.
            rows = [weights[name] for name in weights.keys() & names]
            if rows:
                move = tuple(map(math.fsum, zip(*rows, strict=True)))
                odds = [odd + value * weight for odd, weight in zip(odds, move, strict=True)]
        return softmax(odds)

    def on_top_of(self, base: Calibration) -> Calibration:
        """Return both together: this one was fitted to what `base` leaves to be learnt."""
        return replace(self, base=base)

    def about(self, keys: Collection[str], structure_hash: str) -> Calibration:
        """Return what it knows of some key points, as the calibration of the rubric that they make up."""
        own = {key: self.own[key] for key in keys if key in self.own}
        base = self.base and self.base.about(keys, structure_hash)
        return replace(self, structure_hash=structure_hash, own=own, base=base)

    @property
    def tells_nonsense(self) -> Familiarity | None:
        """What tells nonsense from answers: its own, or that of what it is laid on."""
        return self.familiarity or (self.base.tells_nonsense if self.base else None)

    def without_slight(self, own: float, shared: float) -> Calibration:
        """Return the same without runs whose weights are all smaller than these, to a hundredth."""
        lighter = {key: _without_slight(weights, own) for key, weights in self.own.items()}
        return replace(self, shared=_without_slight(self.shared, shared), own=lighter)

    @property
    def fingerprint(self) -> str:
        """Short hash of the fitted values, for the signature of a score."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Return the calibration as plain JSON values; `calibration_from_json` reads them."""
        return {
            "format": FORMAT,
            "structure_hash": self.structure_hash,
            "verdicts": [str(verdict) for verdict in Verdict],
            "similarities": list(self.similarities),
            "shared": {name: list(weights) for name, weights in self.shared.items()},
            "own": {key: {name: list(w) for name, w in own.items()} for key, own in self.own.items()},
            **{name: part.to_json() for name, part in self._parts() if part},
        }

    def _parts(self) -> Iterator[tuple[str, Familiarity | Weighing | Calibration | None]]:
        yield from (("familiarity", self.familiarity), ("weighing", self.weighing), ("base", self.base))


def read_values(view: PointView) -> Iterator[tuple[str, float]]:
    """Yield (name, value) of everything that weights may hang on.

    Values are about -1 to 1; each family of runs has length 1 as a vector, so that none grows with length,
    and less where there are few of them.
    """
    yield from _measured(view)
    yield from ((name, value) for names, value in _families(view) for name in sorted(names))


def _measured(view: PointView) -> Iterator[tuple[str, float]]:
    yield "always", 1.0
    for name, similarity in view.similarities.items():
        yield f"alike {name}", 2.0 * similarity - 1.0


def _families(view: PointView) -> Iterator[tuple[frozenset[str], float]]:
    """Yield each family of runs, and the value that all of its runs have."""
    for grams in view.grams:
        yield grams, 1.0 / math.sqrt(max(_FEW, len(grams)))


def is_gram(name: str) -> bool:
    """Tell whether a name of `read_values` is that of a run of words or letters."""
    return ":" in name


def _without_slight(weights: Weights, least: float) -> Weights:
    rounded = {name: tuple(round(weight, 2) for weight in row) for name, row in weights.items()}
    return {name: row for name, row in rounded.items() if not is_gram(name) or max(map(abs, row)) >= least}


def _sum(one: Weights, other: Weights) -> Weights:
    both = one.keys() & other.keys()
    added = {name: tuple(a + b for a, b in zip(one[name], other[name], strict=True)) for name in both}
    return {**one, **other, **added}
