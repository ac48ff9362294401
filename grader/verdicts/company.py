"""Does a passage say the opposite of a key point, and what has the rest of the essay to do with it?

Contradictions come in company. Writers who err get one point in four wrong; who turns the notes round
gets nearly all of them wrong, keeps near to their wording, and rejects no false claims. So the essay is
looked at first: whether it turns the notes round as a whole (a logistic model over what it shows of that),
and, where it does not, how much its writer errs. Who rejects false claims, and hardly denies a word of the
points, is taken to know them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grader.verdicts.features import Features
from grader.verdicts.verdict_models import EssaySigns, Parameters

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
"""Share above which more of them move nothing: writers who err get one point in four wrong."""
_STEEP = 1.3
"""How much faster than the log odds of that share the prior odds move."""
_TURNED_SHARE = 0.9
"""Share of contradicted points in a text that turns the notes round."""
_SOME = 3
"""Points that a text has to speak of before it can be called turned round as a whole."""
_KNOWS = 2
"""False claims rejected from which on a writer is taken to know the points."""
_SURELY = 3
"""False claims rejected beyond which more of them tell no more."""
_DENYING = 0.1
"""Share of the points' own words from which a text denies the points themselves, not false claims."""


class Company(NamedTuple):
    """What an essay adds to the log odds of "the opposite", and whether it turns the notes round.

    `knows` says that its writer rejects false claims, and so is taken to know the points.
    """

    more: float = 0.0
    turned: bool = False
    knows: bool = False


ALONE = Company()


def opposition(features: Features, parameters: Parameters, company: Company = ALONE) -> float:
    """Return the probability (0 to 1) that a passage says the opposite; 0 where it gives no cause.

    A phrasing of the rubric, word for word, leaves no doubt, unless a strange name takes part: "A had B
    dismissed" has every content word of "A was dismissed". In a text that turns the notes round, no passage
    needs a cause of its own.
    """
    if features.verbatim < 0 or (features.verbatim and not names_another(features)):
        return float(features.verbatim < 0)
    if not company.turned and not gives_cause(features):
        return 0.0
    return parameters.opposed.probability(features, company.more)


def names_another(features: Features) -> bool:
    """Tell whether somebody does, or suffers, what a key point tells of somebody else."""
    return features.replaced >= _CAUSE_IN_PLACE


def gives_cause(features: Features) -> bool:
    """Tell whether anything in a passage may count as a contradiction."""
    words = max(features.contrary, features.denied, features.reversed) >= _CAUSE
    denials = features.denied_share > 0 or features.flipped > 0
    order = features.exchanged or features.disorder >= _CAUSE_IN_ORDER
    names = max(features.stranger, features.replaced) >= _CAUSE_IN_PLACE
    places = max(features.misplaced, features.substituted) >= _CAUSE_IN_PLACE
    return bool(words or denials or order or names or places or features.figure_clash)


def company_of(candidates: Iterable[Features], parameters: Parameters) -> Company:
    """Look at all passages of an essay, one for each key point."""
    spoken = _spoken(candidates, parameters)
    if not spoken:
        return ALONE
    signs = _signs(spoken, parameters)
    if len(spoken) >= _SOME and parameters.turned.probability(signs) > 0.5:
        return Company(_log_odds(_TURNED_SHARE) - _log_odds(_USUAL_SHARE), turned=True)
    if signs.rejected >= _KNOWS / _SURELY:
        return Company(knows=True)
    return Company(_STEEP * max(0.0, min(signs.opposed, _log_odds(_MANY)) - _log_odds(_USUAL_SHARE)))


def essay_signs(candidates: Iterable[Features], parameters: Parameters) -> EssaySigns:
    """Return what an essay shows as a whole; nothing of an essay that speaks of no point."""
    spoken = _spoken(candidates, parameters)
    return _signs(spoken, parameters) if spoken else EssaySigns(_log_odds(_USUAL_SHARE), 0.0, 0.0)


def _spoken(candidates: Iterable[Features], parameters: Parameters) -> list[Features]:
    least = parameters.thresholds["spoken_of"]
    return [f for f in candidates if parameters.speaking(f).probability(f) >= least]


def _signs(spoken: Sequence[Features], parameters: Parameters) -> EssaySigns:
    """Sum up the passages that speak of a point; the share is shrunk towards the usual one."""
    opposed = sum(opposition(features, parameters) for features in spoken)
    share = (opposed + _USUAL_WEIGHT * _USUAL_SHARE) / (len(spoken) + _USUAL_WEIGHT)
    denied = sum(features.denied_share for features in spoken) / len(spoken)
    rejected = min(_SURELY, spoken[0].rejected) / _SURELY if denied < _DENYING else 0.0
    return EssaySigns(_log_odds(share), sum(f.accept for f in spoken) / len(spoken), rejected)


def _log_odds(share: float) -> float:
    return math.log(share / (1.0 - share))
