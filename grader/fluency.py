"""Do the words of a sentence stand in an order that English prose has?

Word after word and class after class, a fitted table says how much likelier a neighbourhood is in
prose than among the same words shuffled; a sentence's score is their sum (log odds, 0 = cannot tell).
Knows classes of words only (`word_classes`), never a subject. Note-form answers have some order,
shuffled sentences have none. Fitted by `bench/fit_fluency.py`, kept as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from grader.essay import ParsedEssay, Unit
from grader.tokens import Token
from grader.word_classes import EDGE, WordClass, classify

_SHORTEST = 4
"""Words in the shortest sentence whose order can be judged at all."""
_LIMIT = 6.0
"""Log odds beyond which one sentence tells no more about its neighbours."""
_REACH = 4
"""Sentences on either side that bear on the judgement of one."""
_COMPANY = 1.2
"""Weight of the neighbours' mean beside a sentence's own log odds: disorder comes in company."""
_DISORDERED = -3.2
"""The lowest sentence of 40 marked essays, five of them in hurried notes, comes to -2.6;
of their sentences with the words shuffled, 95 % lie below."""
_MOSTLY = 0.5
_PROSE_WORDS = 80
_PROSE_SENTENCE = 12
_PROSE_SHARE = 0.48
"""Least mean length of sentences and share of function words from which a text is prose and not notes."""
_PROSE_ODDS = 0.055
"""Log odds a word: 40 marked essays have .09 and more; model answers cut into
scraps of two or three words and shuffled, .04 and less."""


@dataclass(frozen=True, slots=True)
class WordOrder:
    """Fitted weights (log odds) of two fine classes in a row and of three coarse ones."""

    bias: float
    pairs: Mapping[tuple[str, str], float]
    triples: Mapping[tuple[str, str, str], float]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> WordOrder:
        """Read weights from plain JSON values: nested by class, in hundredths."""
        pairs = {(a, b): w / 100 for a, row in data["pairs"].items() for b, w in row.items()}
        triples = {
            (a, b, c): w / 100
            for a, rows in data["triples"].items()
            for b, row in rows.items()
            for c, w in row.items()
        }
        return cls(data["bias"], pairs, triples)

    def log_odds(self, tokens: Sequence[Token]) -> float:
        """Return how much likelier a sentence is prose than its own words in random order."""
        words = [EDGE, *classify(tokens), EDGE]
        return (
            self.bias
            + sum(filter(None, map(self.pairs.get, pairs_of(words))))
            + sum(filter(None, map(self.triples.get, triples_of(words))))
        )


def pairs_of(words: Sequence[WordClass]) -> Iterable[tuple[str, str]]:
    """Return the fine classes of neighbours."""
    return pairwise([word.fine for word in words])


def triples_of(words: Sequence[WordClass]) -> Iterable[tuple[str, str, str]]:
    """Return the coarse classes of three in a row."""
    coarse = [word.coarse for word in words]
    return zip(coarse, coarse[1:], coarse[2:], strict=False)


@cache
def word_order() -> WordOrder:
    """Return the weights that ship with the grader."""
    text = files(__package__).joinpath("fluency.json").read_text(encoding="utf-8")
    return WordOrder.from_json(json.loads(text))


def disordered_units(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return the token ranges of sentences whose words stand in no order that prose has.

    Where most of the words of a text are in none, or all of it is strung together from scraps of a few
    words, nothing of it is trusted.
    """
    order = word_order()
    units = [unit for unit in essay.units if unit.last - unit.first >= _SHORTEST]
    odds = [order.log_odds(essay.tokens_of(unit)) for unit in units]
    company = [max(-_LIMIT, min(_LIMIT, each)) for each in odds]
    found, rest, rest_odds = [], [], 0.0
    for at, unit in enumerate(units):
        near = company[max(0, at - _REACH) : at + _REACH + 1]
        if odds[at] + _COMPANY * sum(near) / len(near) < _DISORDERED:
            found.append((unit.first, unit.last))
        else:
            rest.append(unit)
            rest_odds += odds[at]
    mostly = sum(last - first for first, last in found) > _MOSTLY * len(essay.tokens)
    if mostly or _is_scraps(essay, rest, rest_odds):
        return [(unit.first, unit.last) for unit in essay.units if unit.last > unit.first]
    return found


def _is_scraps(essay: ParsedEssay, units: Sequence[Unit], odds: float) -> bool:
    """Tell whether a text with the sentences and function words of prose has too little of its order."""
    words = sum(unit.last - unit.first for unit in units)
    if words < max(_PROSE_WORDS, _PROSE_SENTENCE * len(units)) or odds >= _PROSE_ODDS * words:
        return False
    return sum(not token.content for token in essay.tokens) >= _PROSE_SHARE * len(essay.tokens)
