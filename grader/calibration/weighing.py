"""What words taught, weighed beside the scorer's own opinion: the last step of a calibration.

A calibration is surer of what a passage's words tell than words are worth in essays that it has not seen,
and knows nothing of the rest of the essay. A multinomial logistic model, the same for all key points, takes
in what it makes of a point, what the scorer made of it before, how near the passage is to the phrasings, and
how many of the *other* points the essay makes or gets wrong: who makes most of them has more probably made
this one too. It is fitted to what calibrations say of essays that they were not fitted on (Wolpert, Stacked
generalization, Neural Networks 5, 1992); `bench/weighing.py` does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import Any

from grader.calibration.chances import Chances, likeliest, log_chances, softmax
from grader.report import Verdict

OTHERS_HIT = "others hit"
SIGNS = (
    "always",
    *(f"taught {verdict}" for verdict in Verdict),
    *(f"own {verdict}" for verdict in Verdict),
    OTHERS_HIT,
    "others contradicted",
)
"""What is weighed besides measures of matching: logarithms of chances, and mean chances of other points."""
_LEAST_TAUGHT = 1e-6
_SOME_CHANCE, _SOME_CERTAINTY = 0.3, 0.7
"""Least chances of being spoken of, by words and once weighed, of a point that neither of them finds."""
_ENOUGH = 0.5
"""Share of the other points made beyond which nothing more follows: the best essays leave points out too."""
_HIT, _, _CONTRADICTED, _MISS = range(len(Verdict))


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each sign adds to the log odds of each verdict, in the order of `Verdict`.

    `measures` names the measures of matching that follow the `SIGNS`.
    """

    measures: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    _columns: tuple[tuple[float, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Bring weights into the order of the signs, verdict by verdict; KeyError where one is not there."""
        rows = [self.weights[name] for name in names_of(self.measures)]
        object.__setattr__(self, "_columns", tuple(zip(*rows, strict=True)))

    def weigh(
        self, own: Sequence[Chances], taught: Sequence[Chances], measures: Sequence[Mapping[str, float]]
    ) -> list[Chances]:
        """Return the chances of each key point of an essay; see `signs_of`.

        What neither the scorer nor its words find stays as words have it, unless words leave it some chance
        and all comes to some certainty: good company alone makes no point.
        """
        signs = signs_of(own, taught, measures, self.measures)
        return [self._weigh(*each) for each in zip(own, taught, signs, strict=True)]

    def _weigh(self, own: Chances, taught: Chances, signs: Sequence[float]) -> Chances:
        weighed = softmax([sum(map(mul, weights, signs)) for weights in self._columns])
        found_by_neither = likeliest(own) is likeliest(taught) is Verdict.MISS
        hardly = taught[_MISS] > 1.0 - _SOME_CHANCE or weighed[_MISS] > 1.0 - _SOME_CERTAINTY
        return taught if found_by_neither and hardly else weighed

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {"measures": list(self.measures), "weights": {n: list(w) for n, w in self.weights.items()}}


def names_of(measures: Sequence[str]) -> tuple[str, ...]:
    """Return the names of what `signs_of` yields, in order."""
    return (*SIGNS, *(f"alike {name}" for name in measures))


def signs_of(
    own: Sequence[Chances],
    taught: Sequence[Chances],
    measures: Sequence[Mapping[str, float]],
    names: Sequence[str],
) -> Iterator[tuple[float, ...]]:
    """Yield the signs of each key point of an essay.

    `own` are the scorer's chances by key point, `taught` those that a calibration makes of them, `measures`
    the measures of matching, `names` which of these count. Others of an only point are none.
    """
    hits, wrongs = (sum(chances[verdict] for chances in taught) for verdict in (_HIT, _CONTRADICTED))
    others = max(1, len(taught) - 1)
    for before, after, alike in zip(own, taught, measures, strict=True):
        yield (
            1.0,
            *log_chances(after, _LEAST_TAUGHT),
            *log_chances(before),
            min(_ENOUGH, (hits - after[_HIT]) / others),
            (wrongs - after[_CONTRADICTED]) / others,
            *map(alike.__getitem__, names),
        )
