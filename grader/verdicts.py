"""From the features of a candidate to a verdict: made, partly made, contradicted or not found.

Three small questions, asked in turn: does the passage speak of the point? does it say the opposite?
does it say the whole of it? Each is a logistic model over a dozen features. The parameters are
fitted by `bench/fit.py` and kept as JSON: nothing to unpickle, everything to read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from operator import itemgetter, mul
from typing import Any, NamedTuple

from grader.features import Features
from grader.report import Verdict

MODELS = ("spoken_of", "spoken_of_by_words", "opposed", "whole", "whole_by_words")
_CAUSE = 0.5
_CAUSE_IN_ORDER = 0.1
"""Least log odds of a word, or share of pairs out of order, that may count as a contradiction."""
_CAUSE_IN_PLACE = 0.2
"""Least sign of words out of place, by how near a passage is to a phrasing, that may count as one."""
_USUAL_SHARE = 0.12
"""Share of contradicted points among those that an honest essay speaks of, rounded up."""
_USUAL_WEIGHT = 4.0
"""Points that the usual share counts for."""
_MANY = 0.27
"""Share from which company tells more: writers who err get one point in four wrong, those who turn the notes
round get most of them."""
_MOST = 0.36
"""Share from which a text turns the notes round: essays of writers who err reach .34."""
_STEEP, _STEEPER = 1.3, 3.0
"""How much faster than the log odds of that share the prior odds move, below and above it."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: log odds = bias + weights x features."""

    bias: float
    weights: Mapping[str, float]
    _weighed: Callable[[Features], tuple[float, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find out once how to get at the features that have weights."""
        places = map(Features._fields.index, self.weights)
        object.__setattr__(self, "_weighed", itemgetter(*places, 0))  # one more: a single one makes no tuple

    def probability(self, features: Features) -> float:
        """Return the probability (0 to 1) that the answer is yes."""
        odds = self.bias + sum(map(mul, self.weights.values(), self._weighed(features)))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


@dataclass(frozen=True, slots=True)
class Parameters:
    """What `bench/fit.py` fits: a model for each question and their thresholds, with a version.

    `by_words` go by a passage's words alone: whether it speaks of a point that names no essentials, whether
    it says the whole of one that has no partial phrasings. `needs_cause` tells whether something in a passage
    has to speak against a point before the passage can contradict it.
    """

    version: str
    spoken_of: Logistic
    spoken_of_by_words: Logistic
    opposed: Logistic
    whole: Logistic
    whole_by_words: Logistic
    thresholds: Mapping[str, float]
    needs_cause: bool = True

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Parameters:
        """Read parameters from plain JSON values."""
        models = (Logistic(data[name]["bias"], dict(data[name]["weights"])) for name in MODELS)
        spoken_of, by_words, opposed, whole, whole_by_words = models
        limits = dict(data["thresholds"])
        return cls(data["version"], spoken_of, by_words, opposed, whole, whole_by_words, limits)

    def speaking(self, features: Features) -> Logistic:
        """Return the model that tells whether a passage speaks of a point."""
        return self.spoken_of if features.essentials else self.spoken_of_by_words

    def completeness(self, features: Features) -> Logistic:
        """Return the model that tells whether a passage says the whole of a point."""
        return self.whole if features.halves else self.whole_by_words


class Judgement(NamedTuple):
    """A verdict with the probabilities behind it."""

    verdict: Verdict
    confidence: float
    spoken_of: float


@cache
def default_parameters() -> Parameters:
    """Return the parameters that ship with the grader."""
    text = files(__package__).joinpath("parameters.json").read_text(encoding="utf-8")
    return Parameters.from_json(json.loads(text))


def opposition(features: Features, parameters: Parameters) -> float:
    """Return the probability (0 to 1) that a passage says the opposite; 0 where it gives no cause.

    A phrasing of the rubric, word for word, leaves no doubt, unless a strange name takes part: "A had B
    dismissed" has every content word of "A was dismissed".
    """
    alone = features.replaced < _CAUSE_IN_PLACE
    if features.verbatim < 0 or (features.verbatim and alone):
        return float(features.verbatim < 0)
    if parameters.needs_cause and not gives_cause(features):
        return 0.0
    return parameters.opposed.probability(features)


def gives_cause(features: Features) -> bool:
    """Tell whether anything in a passage may count as a contradiction."""
    words = max(features.contrary, features.denied, features.reversed) >= _CAUSE
    denials = features.denied_share > 0 or features.flipped > 0
    order = features.exchanged or features.disorder >= _CAUSE_IN_ORDER
    names = max(features.stranger, features.replaced) >= _CAUSE_IN_PLACE
    places = max(features.misplaced, features.substituted) >= _CAUSE_IN_PLACE
    return bool(words or denials or order or names or places or features.figure_clash)


def needs_stance(features: Features, parameters: Parameters) -> bool:
    """Tell whether a passage speaks of a point at all, so that it matters what it says of it.

    That alone takes no stance to know: the features may do without one.
    """
    return _is_spoken_of(features, parameters.speaking(features).probability(features), parameters)


def _is_spoken_of(features: Features, spoken: float, parameters: Parameters) -> bool:
    limits = parameters.thresholds
    return spoken >= min(least_to_speak(features, limits), limits["spoken_of_if_opposed"])


def least_to_speak(features: Features, limits: Mapping[str, float]) -> float:
    """Return the probability from which a passage speaks of a point: more where it has no essential of it."""
    return limits["spoken_of" if features.groups else "spoken_of_without_essentials"]


def judge(features: Features, parameters: Parameters) -> Judgement:
    """Decide on one key point."""
    spoken = parameters.speaking(features).probability(features)
    if not _is_spoken_of(features, spoken, parameters):
        return Judgement(Verdict.MISS, 1.0 - spoken, spoken)
    opposed = opposition(features, parameters)
    whole = parameters.completeness(features).probability(features)
    limits = parameters.thresholds
    if opposed >= limits["opposed"] and spoken >= limits["spoken_of_if_opposed"]:
        return Judgement(Verdict.CONTRADICTED, opposed * max(spoken, limits["spoken_of"]), spoken)
    if spoken < least_to_speak(features, limits):
        return Judgement(Verdict.MISS, 1.0 - spoken, spoken)
    if whole >= limits["whole"]:
        return Judgement(Verdict.HIT, spoken * (1.0 - opposed) * whole, spoken)
    return Judgement(Verdict.PARTIAL, spoken * (1.0 - opposed) * (1.0 - whole), spoken)


def for_essay(parameters: Parameters, candidates: Iterable[Features]) -> Parameters:
    """Return the parameters as they stand after a look at a whole essay.

    Contradictions come in company: an essay that turns several points round is likelier to have
    turned the next one round too. The share of contradicted points is estimated from all passages,
    shrunk towards the usual one, and moves the prior odds, faster where many are; it never lowers them.
    Where most are, the rest need no cause of their own to be taken for one.
    """
    least = parameters.thresholds["spoken_of"]
    spoken = [f for f in candidates if parameters.speaking(f).probability(f) >= least]
    expected = sum(opposition(features, parameters) for features in spoken)
    share = (expected + _USUAL_WEIGHT * _USUAL_SHARE) / (len(spoken) + _USUAL_WEIGHT)
    shift = _STEEP * max(0.0, _log_odds(min(share, _MANY)) - _log_odds(_USUAL_SHARE))
    shift += _STEEPER * max(0.0, _log_odds(share) - _log_odds(_MANY))
    opposed = parameters.opposed
    turned = replace(opposed, bias=opposed.bias + shift)
    return replace(parameters, opposed=turned, needs_cause=share < _MOST)


def _log_odds(share: float) -> float:
    return math.log(share / (1.0 - share))
