"""What a calibration gets to see of one key point in one essay: the scorer's view, gathered in one place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from grader.calibration import Chances, PointView
from grader.candidates import Candidate
from grader.essay import ParsedEssay
from grader.features import Features
from grader.likeness import Likeness, nearest
from grader.matching import ACCEPT, RubricIndex
from grader.rubric import Prompt
from grader.tokens import Token
from grader.verdict_models import Logistic, Parameters, least_to_speak

_UNKNOWN_WEIGHT = 2.0
"""Weight of a word that the rubric does not know: about that of one which a single phrasing has."""
_PHRASINGS = 3
"""Accepted phrasings that are looked at closely: those which share most with the passage."""


MATCHING_MEASURES = ("own_words", "covered", "accept", "lead", "groups", "groups_loosely")
"""The features of matching that a calibration may weigh: few, since few carry over (docs/learning.md)."""
MEASURES = (*MATCHING_MEASURES, *(f"close {name}" for name in Likeness._fields))
"""Names of the similarities that a view holds."""


class CloseReader:
    """Looks once more at the passage that matching chose for a key point; thread-safe to read."""

    def __init__(self, prompt: Prompt, index: RubricIndex, parameters: Parameters) -> None:
        self._keys = [point.id for point in prompt.key_points]
        self._parameters = parameters
        self._weights = index.term_weights
        self._accepted: dict[int, list[tuple[Token, ...]]] = defaultdict(list)
        for phrasing in index.phrasings:
            if phrasing.kind == ACCEPT:
                self._accepted[phrasing.point].append(phrasing.tokens)

    def view(self, essay: ParsedEssay, point: int, candidate: Candidate) -> PointView:
        """Return the view of the key point with this number (from 0, in the order of the rubric)."""
        span = essay.span(candidate.first, candidate.last)
        tokens = essay.tokens[candidate.first.first : candidate.last.last]
        likeness = nearest(tokens, self._closest(point, tokens), self._weigh)
        return PointView(
            key=self._keys[point],
            passage=essay.original[span.start : span.end],
            similarities=_named(candidate.features, likeness),
            chances=verdict_chances(candidate.features, self._parameters),
        )

    def _closest(self, point: int, tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
        said = {token.term for token in tokens}
        return sorted(self._accepted[point], key=lambda phrasing: -self._shared(phrasing, said))[:_PHRASINGS]

    def _shared(self, phrasing: Sequence[Token], said: set[str]) -> float:
        return sum(self._weigh(token.term) for token in phrasing if token.content and token.term in said)

    def _weigh(self, term: str) -> float:
        return self._weights.get(term, _UNKNOWN_WEIGHT)


def _named(features: Features, likeness: Likeness) -> dict[str, float]:
    values = (*(float(getattr(features, name)) for name in MATCHING_MEASURES), *likeness)
    return dict(zip(MEASURES, values, strict=True))


def verdict_chances(features: Features, parameters: Parameters) -> Chances:
    """Return the chance of each verdict, with the scorer's thresholds moved to one half.

    So `grader.calibration.decide`, which knows no thresholds, comes to the scorer's own verdict.
    """
    limits = parameters.thresholds
    completeness = parameters.completeness(features)
    least = least_to_speak(features, limits, completeness.probability(features))
    spoken = _centred(parameters.speaking(features), features, least)
    opposed = _centred(parameters.opposed, features, limits["opposed"])
    whole = _centred(completeness, features, limits["whole"])
    return (
        spoken * (1.0 - opposed) * whole,
        spoken * (1.0 - opposed) * (1.0 - whole),
        spoken * opposed,
        1.0 - spoken,
    )


def _centred(model: Logistic, features: Features, threshold: float) -> float:
    """Return a probability whose odds are counted from a threshold."""
    probability = min(max(model.probability(features), 1e-9), 1.0 - 1e-9)
    odds = math.log(probability / (1.0 - probability)) - math.log(threshold / (1.0 - threshold))
    return 1.0 / (1.0 + math.exp(-odds))
