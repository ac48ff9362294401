"""Does a passage say what a key point says, or the opposite?

Every term of a passage is read with its sign (denied or not) and weighed by how much more often the
rubric says it in phrasings of the opposite than in accepted ones. What an accepted phrasing says,
denied, counts against the point even where no contrary phrasing says so; so does the opposite idea
("fell" for "rose") and a figure or date of the same kind with another value.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.essay import ParsedEssay, Unit
from grader.matching import ACCEPT, CONTRARY, Phrasing, RubricIndex
from grader.numbers import Number, NumberKind
from grader.tokens import Token, opposites

Signed = tuple[str, bool]
_RARE = 0.04
"""Added to every rate, so that one contrary phrasing is evidence and not proof."""
_IMPLIED = 0.35
"""Share of an accepted term's rate that its denial or opposite is taken to have in contrary phrasings."""
_NEARLY = 0.06


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a passage gives: its place, and the content terms beside it."""

    token: Token
    number: Number
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stance:
    """How a passage stands to a key point.

    `against` and `along` add up the terms that speak for the opposite and for the point; `strongest`
    is the largest single term against. `figure_clash` and `figure_agrees` are shares of the accepted
    phrasings that give a figure of the kind concerned; `clash` is that figure in the essay.
    """

    against: float
    along: float
    strongest: float
    figure_clash: float
    figure_agrees: float
    clash: Figure | None
    expected: str | None
    turned: Token | None
    denied: bool


class PointStance:
    """What one key point and its opposite sound like, learnt from the rubric's phrasings."""

    def __init__(self, index: RubricIndex, number: int) -> None:
        own = [p for p in index.phrasings if p.point == number]
        self._index = index
        accept, contrary = _rates(index, own, (ACCEPT,)), _rates(index, own, (CONTRARY,))
        self._lean = {term: _lean(term, accept, contrary) for term in _signed_universe(accept, contrary)}
        self._figures = _figures_by_kind(own)
        self._accepted = sum(1 for p in own if p.kind == ACCEPT)

    def read(self, tokens: Sequence[Token], denied: Sequence[bool]) -> Stance:
        """Measure a passage; `denied` runs beside `tokens`."""
        against = along = strongest = 0.0
        turned, turned_denied = None, False
        said = {(last, term) for _, last, term in self._index.vocabulary.read(tokens) if term[0] != "!"}
        for last, term in sorted(said):
            lean = self._lean.get((term, denied[last - 1]), 0.0) * self._say(term)
            against, along = against + max(lean, 0.0), along + max(-lean, 0.0)
            if lean > strongest:
                strongest, turned, turned_denied = lean, tokens[last - 1], denied[last - 1]
        clash, expected, weight, agrees = self._compare_figures(tokens)
        return Stance(against, along, strongest, weight, agrees, clash, expected, turned, turned_denied)

    def _say(self, term: str) -> float:
        """Weigh down the words of the question and of every second phrasing."""
        number = self._index.vocabulary.ids.get(term)
        return 1.0 if number is None else min(1.0, float(self._index.weights[number]))

    def _compare_figures(self, tokens: Sequence[Token]) -> tuple[Figure | None, str | None, float, float]:
        clash, expected, weight, agrees = None, None, 0.0, 0.0
        given: dict[NumberKind, list[Figure]] = defaultdict(list)
        for figure in figures_in(tokens):
            given[figure.number.kind].append(figure)
        for kind, known in self._figures.items():
            comparable = [f for f in given[kind] if kind is not NumberKind.COUNT or f.beside & known.beside]
            right = [f for f in given[kind] if _is_known(f.number, known.values)]
            share = known.phrasings / max(1, self._accepted)
            if right:
                agrees = max(agrees, share)
            elif comparable and share > weight:
                clash, expected, weight = comparable[0], known.said, share
        return clash, expected, weight, agrees


@dataclass(frozen=True, slots=True)
class _Known:
    """Figures of one kind in a point's accepted phrasings."""

    values: frozenset[float]
    phrasings: int
    beside: frozenset[str]
    said: str


def figures_in(tokens: Sequence[Token]) -> list[Figure]:
    """Return the figures of a passage with the content words within two tokens after or one before."""
    found = []
    for at, token in enumerate(tokens):
        if token.number:
            near = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 4]]
            found.append(
                Figure(token, token.number, frozenset(t.term for t in near if t.content and not t.number))
            )
    return found


def _is_known(number: Number, values: frozenset[float]) -> bool:
    tolerance = _NEARLY if number.kind is NumberKind.SHARE else 1e-9
    return any(abs(number.value - value) <= tolerance * abs(value) for value in values)


def _figures_by_kind(own: Sequence[Phrasing]) -> Mapping[NumberKind, _Known]:
    by_kind: dict[NumberKind, list[Figure]] = defaultdict(list)
    phrasings: Counter[NumberKind] = Counter()
    for phrasing in own:
        if phrasing.kind == ACCEPT:
            figures = figures_in(phrasing.tokens)
            phrasings.update({figure.number.kind for figure in figures})
            for figure in figures:
                by_kind[figure.number.kind].append(figure)
    return {
        kind: _Known(
            frozenset(f.number.value for f in figures),
            phrasings[kind],
            frozenset().union(*(f.beside for f in figures)),
            _as_written(Counter(f.number.value for f in figures).most_common(1)[0][0], kind),
        )
        for kind, figures in by_kind.items()
    }


def _as_written(value: float, kind: NumberKind) -> str:
    """Write a canonical figure the way a reader expects it."""
    if kind is NumberKind.SHARE:
        for bottom in (2, 3, 4, 5, 10):
            top = value * bottom
            if abs(top - round(top)) < 0.01 and 0 < round(top) < bottom:
                return f"{round(top)}/{bottom}"
        return f"{value * 100:g} %"
    if kind is NumberKind.DECADE:
        return f"{value:.0f}s"
    return f"{value:.0f}" if kind is NumberKind.YEAR else f"{value:,.0f}"


def _rates(index: RubricIndex, own: Sequence[Phrasing], kinds: tuple[int, ...]) -> dict[Signed, float]:
    """Return the share of phrasings that say each signed term."""
    counts: Counter[Signed] = Counter()
    chosen = [p for p in own if p.kind in kinds]
    for phrasing in chosen:
        counts.update(signed_terms(index, phrasing.tokens, phrasing.denied))
    return {term: count / len(chosen) for term, count in counts.items()}


def signed_terms(index: RubricIndex, tokens: Sequence[Token], denied: Sequence[bool]) -> set[Signed]:
    """Return what a run of tokens says, each term with whether it is denied."""
    return {(term, denied[last - 1]) for _, last, term in index.vocabulary.read(tokens) if term[0] != "!"}


def _signed_universe(accept: Mapping[Signed, float], contrary: Mapping[Signed, float]) -> set[Signed]:
    plain = {term for term, _ in (*accept, *contrary)}
    other = {_opposite(term) for term in plain} - {""}
    return {(term, sign) for term in plain | other for sign in (False, True)}


def _opposite(term: str) -> str:
    name = opposites().get(term[1:], "") if term[0] == "@" else ""
    return "@" + name if name else ""


def _lean(signed: Signed, accept: Mapping[Signed, float], contrary: Mapping[Signed, float]) -> float:
    """Return log odds of a signed term under the opposite of the point against the point itself."""
    term, sign = signed
    mirrored = [accept.get((term, not sign), 0.0)]
    agreeing = 0.0
    if opposite := _opposite(term):
        mirrored.append(accept.get((opposite, sign), 0.0))
        agreeing = accept.get((opposite, not sign), 0.0)
    said = max(accept.get(signed, 0.0), _IMPLIED * agreeing)
    unsaid = max(contrary.get(signed, 0.0), _IMPLIED * max(mirrored))
    return math.log((unsaid + _RARE) / (said + _RARE))


def passage(
    essay: ParsedEssay, first: Unit, last: Unit, denied: Sequence[bool]
) -> tuple[list[Token], Sequence[bool]]:
    """Return the tokens of the units `first` to `last` with their denials."""
    return essay.tokens[first.first : last.last], denied[first.first : last.last]
