"""What a calibration gets to see of one key point in one essay: the scorer's view, gathered in one place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter

from grader.calibration import PointView
from grader.calibration.chances import Chances, likeliest
from grader.calibration.ngrams import word_ngrams
from grader.candidates import Candidate
from grader.language.essay import ParsedEssay
from grader.report import Verdict
from grader.verdicts import WORD_FOR_WORD, settled
from grader.verdicts.company import Company, opposition
from grader.verdicts.features import Features
from grader.verdicts.verdict_models import Parameters, least_to_speak

MEASURES = ("own_words", "covered", "accept", "lead", "groups", "groups_loosely")
"""The features that a calibration may weigh: few, since few carry over (docs/learning.md)."""
SAYS = "s:"
"""Begins the name of a term or idea that a passage says, or denies."""
_SURELY = 1e-9
_UNLIKELY = (1.0 - WORD_FOR_WORD) / (len(Verdict) - 1)
_SETTLED = {
    verdict: tuple(WORD_FOR_WORD if verdict is each else _UNLIKELY for each in Verdict) for verdict in Verdict
}
_measured = attrgetter(*MEASURES)


def view_of(
    key: str, essay: ParsedEssay, candidate: Candidate, parameters: Parameters, company: Company
) -> PointView:
    """Return the view of the key point with this id; `candidate` is the passage that matching chose."""
    features = candidate.features
    said = settled(features)
    chances = _SETTLED[said] if said else verdict_chances(features, parameters, company)
    return PointView(
        key=key,
        grams=(
            word_ngrams(tuple(essay.terms[candidate.first.first : candidate.last.last])),
            frozenset(f"{SAYS}{sign}" for sign in candidate.says()),
        ),
        similarities=dict(zip(MEASURES, map(float, _measured(features)), strict=True)),
        chances=chances,
        own=likeliest(chances),
        settled=bool(said),
    )


def signs_in(views: Sequence[PointView]) -> tuple[list[Chances], list[float]]:
    """Return what tells nonsense, by key point: the chances of each verdict, and the share of own words."""
    return [view.chances for view in views], [view.similarities["own_words"] for view in views]


def verdict_chances(features: Features, parameters: Parameters, company: Company) -> Chances:
    """Return the chance of each verdict, with the scorer's thresholds moved to one half.

    So `grader.calibration.chances.likeliest`, which knows no thresholds, comes to the scorer's own verdict.
    """
    limits = parameters.thresholds
    complete = parameters.completeness(features).probability(features)
    against = opposition(features, parameters, company)
    least = (
        limits["spoken_of_if_opposed"]
        if against >= limits["opposed"]
        else least_to_speak(features, limits, complete)
    )
    spoken = _centred(parameters.speaking(features).probability(features), least)
    opposed, whole = _centred(against, limits["opposed"]), _centred(complete, limits["whole"])
    return (
        spoken * (1.0 - opposed) * whole,
        spoken * (1.0 - opposed) * (1.0 - whole),
        spoken * opposed,
        1.0 - spoken,
    )


def _centred(probability: float, threshold: float) -> float:
    """Return a probability whose odds are counted from a threshold."""
    probability = min(max(probability, _SURELY), 1.0 - _SURELY)
    odds = math.log(probability / (1.0 - probability)) - math.log(threshold / (1.0 - threshold))
    return 1.0 / (1.0 + math.exp(-odds))
