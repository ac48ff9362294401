"""Which words of a rubric speak for a key point, and which against it.

Every term, denied or not, is weighed by how much more often the rubric says it in phrasings of the
opposite than in accepted ones. What an accepted phrasing says, denied, counts against the point even
where no contrary phrasing says so; so does the opposite idea ("fell" for "rose"). A thing that both
kinds of phrasing name in the same sense is what the point is about, and cannot turn it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.language.ideas import opposites
from grader.matching import ACCEPT, CONTRARY, PARTIAL, Phrasing, RubricIndex

Signed = tuple[str, bool]
"""A term, and whether it is denied."""
ALONG, SAID_OF_OPPOSITE, DENIED, REVERSED = "along", "contrary", "denied", "reversed"
_PRIOR = 3.0
_FLOOR = 0.8
"""Log odds below which a term says nothing about which side it is on."""
_IMPLIED = 0.35
"""Share of an accepted term's rate that its denial or opposite is taken to have in contrary phrasings."""
_LEAST_CONTRARY = 3
"""Contrary phrasings that a rubric is taken to have at least: what they would imply is known without them."""


@dataclass(frozen=True, slots=True)
class _Said:
    """How many phrasings of some kinds say each thing, and how many phrasings there are."""

    counts: Counter[Signed]
    size: int

    @classmethod
    def of(cls, own: Sequence[Phrasing], kinds: tuple[int, ...]) -> _Said:
        chosen = [p for p in own if p.kind in kinds]
        return cls(Counter(said for p in chosen for said in _signed_terms(p)), len(chosen))


class Elsewhere:
    """How often the other key points of a rubric say a signed term, and mean it."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        own: dict[int, list[Phrasing]] = {}
        for phrasing in phrasings:
            own.setdefault(phrasing.point, []).append(phrasing)
        self._two: dict[Signed, tuple[float, int, float]] = {}
        for point, mine in own.items():
            said = _Said.of(mine, (ACCEPT, PARTIAL))
            for signed, count in said.counts.items():
                self._add(signed, point, count / said.size)

    def _add(self, signed: Signed, point: int, rate: float) -> None:
        most, whose, second = self._two.get(signed, (0.0, -1, 0.0))
        self._two[signed] = (rate, point, most) if rate > most else (most, whose, max(second, rate))

    def rate(self, signed: Signed, point: int) -> float:
        """Return the largest share (0 to 1) of another point's phrasings, but contrary ones, that say it."""
        most, whose, second = self._two.get(signed, (0.0, -1, 0.0))
        return second if whose == point else most


def read_leanings(
    index: RubricIndex, own: Sequence[Phrasing], elsewhere: Elsewhere
) -> Mapping[Signed, tuple[str, float]]:
    """Return how each signed term speaks (along, contrary, denied, reversed) and how strongly (log odds).

    `own` are the phrasings of one key point.
    """
    accept, contrary = _Said.of(own, (ACCEPT, PARTIAL)), _Said.of(own, (CONTRARY,))
    return {
        signed: _lean(signed, accept, contrary, index, elsewhere.rate(signed, own[0].point))
        for signed in _universe(accept, contrary)
    }


def _signed_terms(phrasing: Phrasing) -> set[Signed]:
    return {(term, phrasing.denied[at]) for at, _, term in phrasing.said if term[0] != "!"}


def _universe(accept: _Said, contrary: _Said) -> set[Signed]:
    plain = {term for term, _ in (*accept.counts, *contrary.counts)}
    other = {_opposite(term) for term in plain} - {""}
    return {(term, sign) for term in plain | other for sign in (False, True)}


def _opposite(term: str) -> str:
    name = opposites().get(term[1:], "") if term[0] == "@" else ""
    return "@" + name if name else ""


def _lean(
    signed: Signed, accept: _Said, contrary: _Said, index: RubricIndex, elsewhere: float
) -> tuple[str, float]:
    term, sign = signed
    accepted, opposed, doing = accept.counts.get, contrary.counts.get, index.is_doing(term)
    if not doing and _is_common(term, accept, contrary):
        return ALONG, 0.0
    opposite = _opposite(term)
    sizes = max(_LEAST_CONTRARY, contrary.size), accept.size
    implied = _IMPLIED * sizes[0] / max(1, sizes[1])
    said = max(accepted(signed, 0), _IMPLIED * accepted((opposite, not sign), 0) if opposite else 0.0)
    against = {
        SAID_OF_OPPOSITE: float(opposed(signed, 0)) if term[0] != "@" or opposite else 0.0,
        DENIED: implied * accepted((term, not sign), 0) if doing else 0.0,
        REVERSED: implied * accepted((opposite, sign), 0) if opposite else 0.0,
    }
    kind = max(against, key=against.__getitem__)
    if not against[kind] and not (said and contrary.size):
        return ALONG, 0.0  # nothing speaks for either side, or there is no other side to compare with
    if kind == SAID_OF_OPPOSITE and not doing:
        said = max(said, elsewhere * accept.size)  # who says it may well be speaking of that other point
    odds = _odds(against[kind], said, sizes)
    return (kind, max(0.0, odds - _FLOOR)) if odds > 0 else (ALONG, -odds)


def _is_common(term: str, accept: _Said, contrary: _Said) -> bool:
    """Tell whether accepted and contrary phrasings use a term in the same sense."""
    return any(said in accept.counts and said in contrary.counts for said in ((term, False), (term, True)))


def _odds(against: float, accept: float, sizes: tuple[int, int]) -> float:
    """Return log odds of a count among contrary phrasings against one among accepted ones.

    Both rates are shrunk towards their common rate, as if three more phrasings had it: with three
    contrary phrasings, one use is a hint.
    """
    common = _PRIOR * (against + accept) / max(1, sum(sizes))
    return math.log((against + common + 1e-9) / (sizes[0] + _PRIOR)) - math.log(
        (accept + common + 1e-9) / (sizes[1] + _PRIOR)
    )
