"""Does a passage say what a key point says, or the opposite?

Every term of a passage is read with its sign (denied or not) and weighed by how much more often the
rubric says it in phrasings of the opposite than in accepted ones. What an accepted phrasing says,
denied, counts against the point even where no contrary phrasing says so; so does the opposite idea
("fell" for "rose") and a figure or date of the same kind with another value.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.essay import ParsedEssay, Unit
from grader.figures import Figure, figures_by_kind, figures_in, is_known
from grader.matching import ACCEPT, CONTRARY, PARTIAL, Phrasing, RubricIndex
from grader.numbers import NumberKind
from grader.tokens import Token, opposites
from grader.windows import Reading

Signed = tuple[str, bool]
_PRIOR = 3.0
_FLOOR = 0.8
"""Log odds below which a term says nothing about which side it is on."""
_IMPLIED = 0.35
"""Share of an accepted term's rate that its denial or opposite is taken to have in contrary phrasings."""
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_PARTICIPLE = re.compile(r"(?:ed|en|wn|ught|ade|elt|old|ent|ept|one)\Z")
_AS_NEAR = 0.85
_FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class Stance:
    """How a passage stands to a key point; weights are log odds, summed.

    `contrary` adds up words that the rubric says only of the opposite, `denied` accepted doings that
    are denied, `reversed` ideas whose opposite the rubric states, `along` what speaks for the point.
    `disorder` is the share of an accepted phrasing that is said in another order ("A sacked B"),
    `denied_share` how much more of the point's own words is denied than accepted phrasings deny.
    `figure_clash` and `figure_agrees` are shares of the accepted phrasings that give a figure of that
    kind. `turned` is the word that speaks most against the point, `turned_by` how.
    """

    contrary: float
    denied: float
    reversed: float
    along: float
    disorder: float
    denied_share: float
    figure_clash: float
    figure_agrees: float
    clash: Figure | None
    expected: str | None
    turned: Token | None
    turned_by: str


class PointStance:
    """What one key point and its opposite sound like, learnt from the rubric's phrasings."""

    def __init__(self, index: RubricIndex, number: int) -> None:
        own = [p for p in index.phrasings if p.point == number]
        self._index = index
        accept, contrary = _Said.of(index, own, (ACCEPT, PARTIAL)), _Said.of(index, own, (CONTRARY,))
        self._lean = {
            signed: _lean(signed, accept, contrary, index.is_doing) for signed in _universe(accept, contrary)
        }
        self._figures = figures_by_kind([p.tokens for p in own if p.kind == ACCEPT])
        self._point = number
        accepted = [self._denied_share(p.tokens, p.denied) for p in own if p.kind == ACCEPT]
        self._usually_denied = sum(accepted) / max(1, len(accepted))
        self._orders = [_known_order(index, p.tokens) for p in own if p.kind == ACCEPT]
        self._accepted = sum(1 for p in own if p.kind == ACCEPT)

    def read(self, tokens: Sequence[Token], reading: Reading, denied: Sequence[bool]) -> Stance:
        """Measure a passage; `reading` is what its tokens say, `denied` runs beside them."""
        sums = dict.fromkeys(("contrary", "denied", "reversed", "along"), 0.0)
        strongest, turned, turned_by = 0.0, None, ""
        said = {(at, term) for at, _, term in reading if term[0] != "!"}
        for at, term in sorted(said):
            kind, lean = self._lean.get((term, denied[at]), ("along", 0.0))
            lean *= self._say(term)
            sums[kind] += lean
            if kind != "along" and lean > strongest:
                strongest, turned, turned_by = lean, tokens[at], kind
        clash, expected, weight, agrees = self._compare_figures(tokens)
        return Stance(
            **sums,
            disorder=self._disorder(tokens),
            denied_share=max(0.0, self._denied_share(tokens, denied) - self._usually_denied),
            figure_clash=weight,
            figure_agrees=agrees,
            clash=clash,
            expected=expected,
            turned=turned,
            turned_by=turned_by,
        )

    def _say(self, term: str) -> float:
        """Weigh down the words of the question and of every second phrasing."""
        number = self._index.vocabulary.ids.get(term)
        return 1.0 if number is None else min(1.0, float(self._index.weights[number]))

    def _denied_share(self, tokens: Sequence[Token], denied: Sequence[bool]) -> float:
        """Return the share of the point's own words in a passage that is denied (0 to 1)."""
        weights = [self._index.own_weight(token.term, self._point) for token in tokens]
        return sum(w for w, no in zip(weights, denied, strict=True) if no) / max(1e-6, sum(weights))

    def _disorder(self, tokens: Sequence[Token]) -> float:
        """Return how much of the nearest accepted phrasing is said in another order (0 to 1).

        Several phrasings may be near; the one that agrees best in order counts. Only phrasings of the
        same voice are compared, since the passive turns everything round without saying otherwise.
        """
        said, passive = _order(self._index, tokens), _is_passive(tokens)
        scaled = [
            (sum(weights[term] for term in order.keys() & said.keys()), order)
            for voice, order, weights in self._orders
            if voice == passive
        ]
        most = max((share for share, _ in scaled), default=0.0)
        near = [(share, order) for share, order in scaled if share >= _AS_NEAR * most]
        return min((share * _discordance(order, said) for share, order in near), default=0.0)

    def _compare_figures(self, tokens: Sequence[Token]) -> tuple[Figure | None, str | None, float, float]:
        clash, expected, weight, agrees = None, None, 0.0, 0.0
        given: dict[NumberKind, list[Figure]] = defaultdict(list)
        for figure in figures_in(tokens):
            given[figure.number.kind].append(figure)
        for kind, known in self._figures.items():
            comparable = [f for f in given[kind] if kind is not NumberKind.COUNT or f.beside & known.beside]
            right = [f for f in given[kind] if is_known(f.number, known.values)]
            share = known.phrasings / max(1, self._accepted)
            if right:
                agrees = max(agrees, share)
            elif comparable and share > weight:
                clash, expected, weight = comparable[0], known.said, share
        return clash, expected, weight, agrees


@dataclass(frozen=True, slots=True)
class _Said:
    """How many phrasings of some kinds say each thing, and how many phrasings there are."""

    counts: Counter[Signed]
    size: int

    @classmethod
    def of(cls, index: RubricIndex, own: Sequence[Phrasing], kinds: tuple[int, ...]) -> _Said:
        chosen = [p for p in own if p.kind in kinds]
        counts = Counter(s for p in chosen for s in signed_terms(index, p.tokens, p.denied))
        return cls(counts, len(chosen))


def _odds(against: float, accept: float, sizes: tuple[int, int]) -> float:
    """Return log odds of a count among contrary phrasings against one among accepted ones.

    Both rates are shrunk towards their common rate, as if three more phrasings had it: with three
    contrary phrasings, one use is a hint.
    """
    common = _PRIOR * (against + accept) / max(1, sum(sizes))
    return math.log((against + common + 1e-9) / (sizes[0] + _PRIOR)) - math.log(
        (accept + common + 1e-9) / (sizes[1] + _PRIOR)
    )


def signed_terms(index: RubricIndex, tokens: Sequence[Token], denied: Sequence[bool]) -> set[Signed]:
    """Return what a run of tokens says, each term with whether it is denied."""
    return {(term, denied[at]) for at, _, term in index.vocabulary.read(tokens) if term[0] != "!"}


def _universe(accept: _Said, contrary: _Said) -> set[Signed]:
    plain = {term for term, _ in (*accept.counts, *contrary.counts)}
    other = {_opposite(term) for term in plain} - {""}
    return {(term, sign) for term in plain | other for sign in (False, True)}


def _opposite(term: str) -> str:
    name = opposites().get(term[1:], "") if term[0] == "@" else ""
    return "@" + name if name else ""


def _lean(
    signed: Signed, accept: _Said, contrary: _Said, is_doing: Callable[[str], bool]
) -> tuple[str, float]:
    """Return how a signed term speaks (along, contrary, denied, reversed) and how strongly (log odds)."""
    term, sign = signed
    opposite = _opposite(term)
    implied = _IMPLIED * contrary.size / max(1, accept.size)
    said = max(accept.counts[signed], _IMPLIED * accept.counts[opposite, not sign] if opposite else 0.0)
    against = {
        "contrary": float(contrary.counts[signed]) if term[0] != "@" or opposite else 0.0,
        "denied": implied * accept.counts[term, not sign] if is_doing(term) else 0.0,
        "reversed": implied * accept.counts[opposite, sign] if opposite else 0.0,
    }
    kind = max(against, key=lambda name: against[name])
    odds = _odds(against[kind], said, (contrary.size, accept.size))
    if odds > 0:
        return kind, max(0.0, odds - _FLOOR)
    return "along", -odds


def _order(index: RubricIndex, tokens: Sequence[Token]) -> dict[str, int]:
    """Return the place of each content word, the first where it stands twice."""
    places: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.content and not token.number and token.term in index.vocabulary.ids:
            places.setdefault(token.term, at)
    return places


def _is_passive(tokens: Sequence[Token]) -> bool:
    """Tell whether a form of "be" is followed, within two words, by a participle."""
    return any(
        token.word in _BE and any(_PARTICIPLE.search(near.word) for near in tokens[at + 1 : at + 3])
        for at, token in enumerate(tokens)
    )


def _known_order(
    index: RubricIndex, tokens: Sequence[Token]
) -> tuple[bool, dict[str, int], dict[str, float]]:
    """Return the voice of a phrasing, the places of its words, and their shares of its weight."""
    order = _order(index, tokens)
    weights = {term: float(index.weights[index.vocabulary.ids[term]]) for term in order}
    total = max(1e-6, sum(weights.values()))
    return _is_passive(tokens), order, {term: weight / total for term, weight in weights.items()}


def _discordance(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return the share of pairs of common words that stand in another order; 0 below four words."""
    common = sorted(one.keys() & other.keys(), key=lambda term: one[term])
    if len(common) < _FEW_WORDS:
        return 0.0
    pairs = list(combinations((other[term] for term in common), 2))
    return sum(a > b for a, b in pairs) / len(pairs)


def passage(
    essay: ParsedEssay, first: Unit, last: Unit, denied: Sequence[bool]
) -> tuple[list[Token], Sequence[bool]]:
    """Return the tokens of the units `first` to `last` with their denials."""
    return essay.tokens[first.first : last.last], denied[first.first : last.last]
