"""Figures and dates of a passage beside those that a key point gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.language.numbers import Number, NumberKind
from grader.language.tokens import Token

_NEARLY = 0.06
"""Relative difference up to which two shares agree."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a passage gives: its place, and the content terms beside it."""

    token: Token
    number: Number
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
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


def is_known(number: Number, values: frozenset[float]) -> bool:
    """Tell whether a figure is one of the values; shares may differ a little."""
    tolerance = _NEARLY if number.kind is NumberKind.SHARE else 1e-9
    return any(abs(number.value - value) <= tolerance * abs(value) for value in values)


def figures_by_kind(phrasings: Sequence[Sequence[Token]]) -> Mapping[NumberKind, Known]:
    """Return the figures that phrasings give, and how many give one of each kind."""
    by_kind: dict[NumberKind, list[Figure]] = defaultdict(list)
    givers: Counter[NumberKind] = Counter()
    for tokens in phrasings:
        figures = figures_in(tokens)
        givers.update({figure.number.kind for figure in figures})
        for figure in figures:
            by_kind[figure.number.kind].append(figure)
    return {
        kind: Known(
            frozenset(f.number.value for f in figures),
            givers[kind],
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
        return f"{value * 100:g} %" if value >= 0.01 else f"{value * 1000:g} in 1,000"
    if kind is NumberKind.DECADE:
        return f"{value:.0f}s"
    if kind is NumberKind.YEAR:
        return f"{value:.0f}"
    return f"{value / 1e6:g} million" if value >= 1e6 else f"{value:,.0f}"
