"""Does a passage say the words of an accepted phrasing in its order, and with its denials?

"A sacked B" and "B sacked A" hold the same words; so do a statement and its denial. A passage is
compared with the phrasings that it shares most with, and the one that agrees best counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from grader.language.tokens import Token
from grader.matching import RubricIndex

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_PARTICIPLE = re.compile(r"(?:ed|en|wn|ught|ade|elt|old|ent|ept|one)\Z")
_AS_NEAR = 0.85
_FEW_WORDS = 4
_NONE: frozenset[str] = frozenset()


class Comparison(NamedTuple):
    """Shares (0 to 1) of the nearest phrasing that are said in another order, and with another sign."""

    disorder: float
    flipped: float


class Ordered(NamedTuple):
    """The content words of a run of tokens: voice, first places in order, denials."""

    passive: bool
    places: Mapping[str, int]
    denied: frozenset[str]

    @classmethod
    def of(cls, index: RubricIndex, tokens: Sequence[Token], denied: Sequence[bool]) -> Ordered:
        """Read a run of tokens; words that the rubric does not know are left out."""
        known, places = index.vocabulary.ids, dict[str, int]()
        for at, (_, _, _, term, content, _, number, _) in enumerate(tokens):
            if content and term in known and number is None:
                places.setdefault(term, at)
        turned = frozenset([t for t, at in places.items() if denied[at]]) if True in denied else _NONE
        return cls(is_passive(tokens), places, turned)


class KnownOrders:
    """The accepted phrasings of one key point, each with the shares of its words in its weight."""

    def __init__(self, index: RubricIndex, phrasings: Sequence[Ordered]) -> None:
        self._known = [(phrasing, _shares(index, phrasing)) for phrasing in phrasings]
        self._holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (_, shares) in enumerate(self._known):
            for term, share in shares.items():
                self._holders[term].append((number, share))
        self._of_voice = {
            voice: [number for number, (known, _) in enumerate(self._known) if known.passive == voice]
            for voice in (False, True)
        }

    def compare(self, said: Ordered) -> Comparison:
        """Compare a passage with the phrasings nearest to it; 0 where it shares nothing with any.

        Order is compared within one voice only, since the passive turns everything round without
        saying otherwise.
        """
        common = [0.0] * len(self._known)
        for term in said.places:
            for number, share in self._holders.get(term, ()):
                common[number] += share
        known = self._known
        alike = (known[number] for number in _near(common, range(len(common))))
        ordered = (
            (common[number], known[number][0]) for number in _near(common, self._of_voice[said.passive])
        )
        return Comparison(
            _least(share * _discordance(one.places, said.places) for share, one in ordered),
            _least(_flipped(one, said, shares) for one, shares in alike),
        )


def _near(common: Sequence[float], among: Sequence[int]) -> list[int]:
    """Return the numbers of the phrasings, among some, that share about as much as any."""
    least = _AS_NEAR * max([common[number] for number in among], default=0.0)
    return [number for number in among if common[number] >= least] if least else []


def _least(values: Iterable[float]) -> float:
    """Return the least of values from 0 upwards, and ask for no more of them once it is 0; 0 of none."""
    least = None
    for value in values:
        if not value:
            return 0.0
        least = value if least is None else min(least, value)
    return least or 0.0


def _flipped(known: Ordered, said: Ordered, shares: Mapping[str, float]) -> float:
    differ = known.denied ^ said.denied
    return sum([share for term, share in shares.items() if term in differ and term in said.places])


def _shares(index: RubricIndex, phrasing: Ordered) -> Mapping[str, float]:
    weights = {term: index.term_weights[term] for term in phrasing.places}
    total = max(1e-6, sum(weights.values()))
    return {term: weight / total for term, weight in weights.items()}


def is_passive(tokens: Sequence[Token]) -> bool:
    """Tell whether a form of "be" is followed, within two words, by a participle."""
    forms_of_be = [at for at, token in enumerate(tokens) if token.word in _BE]
    return any(_PARTICIPLE.search(near.word) for at in forms_of_be for near in tokens[at + 1 : at + 3])


def _discordance(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return the share of pairs of common words that stand in another order; 0 below four words."""
    places = [other[term] for term in one if term in other]
    if len(places) < _FEW_WORDS:
        return 0.0
    pairs = list(combinations(places, 2))
    return sum([a > b for a, b in pairs]) / len(pairs)
