"""Does a passage say the words of an accepted phrasing in its order, and with its denials?

"A sacked B" and "B sacked A" hold the same words; so do a statement and its denial. A passage is
compared with the phrasings that it shares most with, and the one that agrees best counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from grader.matching import RubricIndex
from grader.tokens import Token

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_PARTICIPLE = re.compile(r"(?:ed|en|wn|ught|ade|elt|old|ent|ept|one)\Z")
_AS_NEAR = 0.85
_FEW_WORDS = 4


class Comparison(NamedTuple):
    """Shares (0 to 1) of the nearest phrasing that are said in another order, and with another sign."""

    disorder: float
    flipped: float


@dataclass(frozen=True, slots=True)
class Ordered:
    """The content words of a run of tokens: voice, places, denials; of a word said twice, the first."""

    passive: bool
    places: Mapping[str, int]
    denied: frozenset[str]

    @classmethod
    def of(cls, index: RubricIndex, tokens: Sequence[Token], denied: Sequence[bool]) -> Ordered:
        """Read a run of tokens; words that the rubric does not know are left out."""
        places: dict[str, int] = {}
        for at, token in enumerate(tokens):
            if token.content and not token.number and token.term in index.vocabulary.ids:
                places.setdefault(token.term, at)
        return cls(is_passive(tokens), places, frozenset(t for t, at in places.items() if denied[at]))


class KnownOrders:
    """The accepted phrasings of one key point, each with the shares of its words in its weight."""

    def __init__(self, index: RubricIndex, phrasings: Sequence[Ordered]) -> None:
        self._known = [(phrasing, _shares(index, phrasing)) for phrasing in phrasings]
        self._holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (_, shares) in enumerate(self._known):
            for term, share in shares.items():
                self._holders[term].append((number, share))

    def compare(self, said: Ordered) -> Comparison:
        """Compare a passage with the phrasings nearest to it; 0 where it shares nothing with any.

        Order is compared within one voice only, since the passive turns everything round without
        saying otherwise.
        """
        common = [0.0] * len(self._known)
        for term in said.places:
            for number, share in self._holders.get(term, ()):
                common[number] += share
        alike = [(share, *self._known[number]) for number, share in enumerate(common) if share]
        return Comparison(
            min(
                (
                    share * _discordance(known.places, said.places)
                    for share, known, _ in _near([one for one in alike if one[1].passive == said.passive])
                ),
                default=0.0,
            ),
            min((_flipped(known, said, shares) for _, known, shares in _near(alike)), default=0.0),
        )


def _near(
    alike: list[tuple[float, Ordered, Mapping[str, float]]],
) -> list[tuple[float, Ordered, Mapping[str, float]]]:
    most = max((share for share, _, _ in alike), default=0.0)
    return [one for one in alike if one[0] >= _AS_NEAR * most]


def _flipped(known: Ordered, said: Ordered, shares: Mapping[str, float]) -> float:
    differ = known.denied ^ said.denied
    return sum(shares[term] for term in differ if term in known.places and term in said.places)


def _shares(index: RubricIndex, phrasing: Ordered) -> Mapping[str, float]:
    weights = {term: float(index.weights[index.vocabulary.ids[term]]) for term in phrasing.places}
    total = max(1e-6, sum(weights.values()))
    return {term: weight / total for term, weight in weights.items()}


def is_passive(tokens: Sequence[Token]) -> bool:
    """Tell whether a form of "be" is followed, within two words, by a participle."""
    forms_of_be = [at for at, token in enumerate(tokens) if token.word in _BE]
    return any(_PARTICIPLE.search(near.word) for at in forms_of_be for near in tokens[at + 1 : at + 3])


def _discordance(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return the share of pairs of common words that stand in another order; 0 below four words."""
    common = sorted([(place, other[term]) for term, place in one.items() if term in other])
    if len(common) < _FEW_WORDS:
        return 0.0
    pairs = list(combinations([place for _, place in common], 2))
    return sum([a > b for a, b in pairs]) / len(pairs)
