"""From the features of a candidate to a verdict: made, partly made, contradicted or not found.

Three small questions, asked in turn: does the passage speak of the point? does it say the opposite
(`company`)? does it say the whole of it? Each is a logistic model over a dozen features (`verdict_models`).
"""

from __future__ import annotations

from typing import NamedTuple

from grader.report import Verdict
from grader.verdicts.company import ALONE, Company, names_another, opposition
from grader.verdicts.features import Features
from grader.verdicts.verdict_models import Parameters, least_to_speak

_RAISED = 0.1
"""Least probability of speaking of a point from which on a passage may come to make it."""


WORD_FOR_WORD = 0.97
"""How sure the verdict on a phrasing of the rubric is, said word for word."""


class Judgement(NamedTuple):
    """A verdict with the probabilities behind it."""

    verdict: Verdict
    confidence: float
    spoken_of: float


def needs_stance(features: Features, parameters: Parameters, *, raised: bool = False) -> bool:
    """Tell whether a passage speaks of a point at all, so that it matters what it says of it.

    That alone takes no stance to know: the features may do without one. With `raised`, what marked essays
    have taught may make more of a passage than it seems to be worth.
    """
    least = _RAISED if raised else parameters.thresholds["spoken_of_if_opposed"]
    return parameters.speaking(features).probability(features) >= least


def settled(features: Features) -> Verdict | None:
    """Return the verdict that a phrasing of the rubric leaves no doubt of, said word for word.

    A strange name in it is a doubt: "A had B dismissed" has every word that tells of "B was dismissed".
    """
    if features.quoted < 0:
        return Verdict.CONTRADICTED
    return Verdict.HIT if features.quoted and not names_another(features) else None


def judge(features: Features, parameters: Parameters, company: Company = ALONE) -> Judgement:
    """Decide on one key point; `company` is what the whole essay adds."""
    said = settled(features)
    if said:
        return Judgement(said, WORD_FOR_WORD, 1.0)
    limits = parameters.thresholds
    spoken = parameters.speaking(features).probability(features)
    if spoken < limits["spoken_of_if_opposed"]:
        return Judgement(Verdict.MISS, 1.0 - spoken, spoken)
    opposed = opposition(features, parameters, company)
    whole = parameters.completeness(features).probability(features)
    if opposed >= limits["opposed"]:
        return Judgement(Verdict.CONTRADICTED, opposed * max(spoken, limits["spoken_of"]), spoken)
    if spoken < least_to_speak(features, limits, whole):
        return Judgement(Verdict.MISS, 1.0 - spoken, spoken)
    if whole >= limits["whole"]:
        return Judgement(Verdict.HIT, spoken * (1.0 - opposed) * whole, spoken)
    return Judgement(Verdict.PARTIAL, spoken * (1.0 - opposed) * (1.0 - whole), spoken)
