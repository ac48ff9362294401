"""From the features of a candidate to a verdict: made, partly made, contradicted or not found.

Three small questions, asked in turn: does the passage speak of the point? does it say the opposite?
does it say the whole of it? Each is a logistic model over a dozen features. The parameters are
fitted by `bench/fit.py` and kept as JSON: nothing to unpickle, everything to read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from grader.candidates import Features
from grader.report import Verdict


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: log odds = bias + weights x features."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability (0 to 1) that the answer is yes."""
        odds = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


@dataclass(frozen=True, slots=True)
class Parameters:
    """What `bench/fit.py` fits: three models and their thresholds, with a version."""

    version: str
    spoken_of: Logistic
    opposed: Logistic
    whole: Logistic
    thresholds: Mapping[str, float]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Parameters:
        """Read parameters from plain JSON values."""
        models = {
            name: Logistic(data[name]["bias"], dict(data[name]["weights"]))
            for name in ("spoken_of", "opposed", "whole")
        }
        return cls(data["version"], **models, thresholds=dict(data["thresholds"]))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the probabilities behind it."""

    verdict: Verdict
    confidence: float
    spoken_of: float


@cache
def default_parameters() -> Parameters:
    """Return the parameters that ship with the grader."""
    text = files(__package__).joinpath("parameters.json").read_text(encoding="utf-8")
    return Parameters.from_json(json.loads(text))


def judge(features: Features, parameters: Parameters) -> Judgement:
    """Decide on one key point."""
    values = features._asdict()
    spoken = parameters.spoken_of.probability(values)
    opposed = parameters.opposed.probability(values)
    whole = parameters.whole.probability(values)
    limits = parameters.thresholds
    if spoken < limits["spoken_of"]:
        return Judgement(Verdict.MISS, 1.0 - spoken, spoken)
    if opposed >= limits["opposed"]:
        return Judgement(Verdict.CONTRADICTED, spoken * opposed, spoken)
    if whole >= limits["whole"]:
        return Judgement(Verdict.HIT, spoken * (1.0 - opposed) * whole, spoken)
    return Judgement(Verdict.PARTIAL, spoken * (1.0 - opposed) * (1.0 - whole), spoken)


def judge_all(candidates: Sequence[Features], parameters: Parameters) -> list[Judgement]:
    """Decide on every key point of an essay."""
    return [judge(features, parameters) for features in candidates]
