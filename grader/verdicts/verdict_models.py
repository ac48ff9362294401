"""The fitted models behind verdicts: small logistic regressions, kept as JSON to read and to question.

`bench/fit.py` fits them; nothing here is unpickled.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from operator import itemgetter, mul
from typing import Any, NamedTuple

from grader.verdicts.features import Features


class EssaySigns(NamedTuple):
    """What a whole essay shows of whether it turns the notes round.

    `opposed` are the log odds of the share of points that it seems to contradict, `near` is how near it keeps
    to the phrasings (0 to 1), `rejected` grows from 0 to 1 with the false claims that it rejects.
    """

    opposed: float
    near: float
    rejected: float


MODELS: Mapping[str, Sequence[str]] = {
    "spoken_of": Features._fields,
    "spoken_of_by_words": Features._fields,
    "opposed": Features._fields,
    "whole": Features._fields,
    "whole_by_words": Features._fields,
    "turned": EssaySigns._fields,
}
"""The fields that each model reads."""


_SURE = 30.0
"""Log odds beyond which nothing is surer."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: log odds = bias + weights x values; `fields` names all values, in order."""

    bias: float
    weights: Mapping[str, float]
    fields: Sequence[str] = Features._fields
    _plain: tuple[float, ...] = field(init=False, repr=False, compare=False)
    _weighed: Callable[[Sequence[float]], tuple[float, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find out once how to get at the values that have weights: some forty are weighed for each essay."""
        places = map(self.fields.index, self.weights)
        object.__setattr__(self, "_plain", tuple(self.weights.values()))
        object.__setattr__(self, "_weighed", itemgetter(*places, 0))  # one more: a single one makes no tuple

    def probability(self, values: Sequence[float], more: float = 0.0) -> float:
        """Return the probability (0 to 1) that the answer is yes; `more` is added to the log odds."""
        odds = self.bias + more + sum(map(mul, self._plain, self._weighed(values)))
        if odds > _SURE:
            odds = _SURE
        elif odds < -_SURE:
            odds = -_SURE
        return 1.0 / (1.0 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Parameters:
    """What `bench/fit.py` fits: a model for each question and their thresholds, with a version.

    `by_words` go by a passage's words alone: whether it speaks of a point that names no essentials, whether
    it says the whole of one that has no partial phrasings. `turned` tells from a whole essay whether it turns
    the notes round.
    """

    version: str
    spoken_of: Logistic
    spoken_of_by_words: Logistic
    opposed: Logistic
    whole: Logistic
    whole_by_words: Logistic
    turned: Logistic
    thresholds: Mapping[str, float]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Parameters:
        """Read parameters from plain JSON values."""
        models = {
            name: Logistic(data[name]["bias"], dict(data[name]["weights"]), fields)
            for name, fields in MODELS.items()
        }
        return cls(data["version"], **models, thresholds=dict(data["thresholds"]))

    def speaking(self, features: Features) -> Logistic:
        """Return the model that tells whether a passage speaks of a point."""
        return self.spoken_of if features.essentials else self.spoken_of_by_words

    def completeness(self, features: Features) -> Logistic:
        """Return the model that tells whether a passage says the whole of a point."""
        return self.whole if features.halves else self.whole_by_words


@cache
def default_parameters() -> Parameters:
    """Return the parameters that ship with the grader."""
    text = files(__package__).joinpath("parameters.json").read_text(encoding="utf-8")
    return Parameters.from_json(json.loads(text))


def least_to_speak(features: Features, limits: Mapping[str, float], whole: float) -> float:
    """Return the probability from which a passage speaks of a point; `whole` is that of saying all of it.

    More is asked of one that says a part at most, and most of one that has no essential of it.
    """
    if not features.groups:
        return limits["spoken_of_without_essentials"]
    return limits["spoken_of" if whole >= limits["whole"] else "spoken_of_in_part"]
