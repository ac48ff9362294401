"""Do the words of a sentence stand in an order that English prose has?

Word after word and class after class, a fitted table says how much likelier a neighbourhood is in
prose than among the same words shuffled; a sentence's score is their sum (log odds, 0 = cannot tell).
Knows classes of words only (`word_classes`), never a subject. Note-form answers have some order,
shuffled sentences have none. Fitted by `bench/fit_fluency.py`, kept as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

from grader.language.essay import ParsedEssay, Unit
from grader.language.memory import Memory
from grader.language.numbers import FIGURE_MARK
from grader.language.word_classes import EDGE, FIGURE, WordClass, class_of

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
_PARTLY, _REST_ODDS = 0.3, 0.03
"""Share of words in no order from which the rest is doubted too, and its log odds a word below which it
is no better: hurried notes have .13 of their words in none, honest prose .09 a word."""
_PROSE_WORDS = 80
_PROSE_SENTENCE = 12
_PROSE_SHARE = 0.48
"""Least mean length of sentences and share of function words from which a text is prose and not notes."""
_PROSE_ODDS = 0.055
"""Log odds a word: 40 marked essays have .09 and more; model answers cut into
scraps of two or three words and shuffled, .04 and less."""


class WordOrder:
    """Fitted weights (log odds) of two fine classes in a row and of three coarse ones."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Read weights from plain JSON values: nested by class, in hundredths."""
        pairs: Mapping[str, Mapping[str, int]] = data["pairs"]
        triples: Mapping[str, Mapping[str, Mapping[str, int]]] = data["triples"]
        self._bias = float(data["bias"])
        self._fine = _numbered(name for a, row in pairs.items() for name in (a, *row))
        self._coarse = _numbered(
            n for a, rows in triples.items() for b, row in rows.items() for n in (a, b, *row)
        )
        self._pairs = np.zeros((len(self._fine) + 1,) * 2, dtype=np.float32)
        self._triples = np.zeros((len(self._coarse) + 1,) * 3, dtype=np.float32)
        for first, row in pairs.items():
            for second, weight in row.items():
                self._pairs[self._fine[first], self._fine[second]] = weight / 100
        for first, rows in triples.items():
            for second, row in rows.items():
                for third, weight in row.items():
                    place = self._coarse[first], self._coarse[second], self._coarse[third]
                    self._triples[place] = weight / 100
        self._edge = self._number(EDGE)
        self._numbers = Memory(self._number_of)

    def log_odds(self, sentences: Sequence[Sequence[str]]) -> list[float]:
        """Return for each sentence how much likelier it is prose than its own words in random order.

        Figures among the words are marks (`FIGURE_MARK`), whatever they are.
        """
        if not sentences:
            return []
        words, edges, number = [self._edge], [], self._numbers.__getitem__
        for sentence in sentences:
            edges.append(len(words) - 1)
            words += map(number, sentence)
            words.append(self._edge)
        fine, coarse = np.divmod(np.array(words, dtype=np.intp), len(self._triples))
        scores = self._pairs[fine[:-1], fine[1:]]
        # a triple around an edge has no weight, so that each sentence adds up what lies between its edges
        scores[:-1] += self._triples[coarse[:-2], coarse[1:-1], coarse[2:]]
        odds: list[float] = (np.add.reduceat(scores, edges) + self._bias).tolist()
        return odds

    def _number_of(self, word: str) -> int:
        return self._number(FIGURE if word == FIGURE_MARK else class_of(word))

    def _number(self, word: WordClass) -> int:
        """Return one number for both classes of a word; unseen classes share the last, without weight."""
        fine = self._fine.get(word.fine, len(self._fine))
        return fine * len(self._triples) + self._coarse.get(word.coarse, len(self._coarse))


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}


def pairs_of(words: Sequence[WordClass]) -> list[tuple[str, str]]:
    """Return the fine classes of neighbours."""
    return list(pairwise(word.fine for word in words))


def triples_of(words: Sequence[WordClass]) -> list[tuple[str, str, str]]:
    """Return the coarse classes of three in a row."""
    coarse = [word.coarse for word in words]
    return list(zip(coarse, coarse[1:], coarse[2:], strict=False))


@cache
def word_order() -> WordOrder:
    """Return the weights that ship with the grader."""
    text = files(__package__).joinpath("fluency.json").read_text(encoding="utf-8")
    return WordOrder(json.loads(text))


def words_in_order(essay: ParsedEssay) -> list[str]:
    """Return the words of an essay, figures as marks, for their order to be judged."""
    words = list(essay.words)
    for at in essay.tokens.numbers:
        words[at] = FIGURE_MARK
    return words


def disordered_units(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return the token ranges of sentences whose words stand in no order that prose has.

    Where most of the words of a text are in none, or all of it is strung together from scraps of a few
    words, nothing of it is trusted.
    """
    units = [unit for unit in essay.units if unit.last - unit.first >= _SHORTEST]
    words = words_in_order(essay)
    odds = word_order().log_odds([words[unit.first : unit.last] for unit in units])
    company = [max(-_LIMIT, min(_LIMIT, each)) for each in odds]
    found, rest, rest_odds = [], [], 0.0
    for at, unit in enumerate(units):
        near = company[max(0, at - _REACH) : at + _REACH + 1]
        if odds[at] + _COMPANY * sum(near) / len(near) < _DISORDERED:
            found.append((unit.first, unit.last))
        else:
            rest.append(unit)
            rest_odds += odds[at]
    lost = sum(last - first for first, last in found) / max(1, len(essay.tokens))
    faint = rest_odds < _REST_ODDS * sum(unit.last - unit.first for unit in rest)
    if lost > (_PARTLY if faint else _MOSTLY) or _is_scraps(essay, rest, rest_odds):
        return [(unit.first, unit.last) for unit in essay.units if unit.last > unit.first]
    return found


def _is_scraps(essay: ParsedEssay, units: Sequence[Unit], odds: float) -> bool:
    """Tell whether a text with the sentences and function words of prose has too little of its order."""
    words = sum(unit.last - unit.first for unit in units)
    if words < max(_PROSE_WORDS, _PROSE_SENTENCE * len(units)) or odds >= _PROSE_ODDS * words:
        return False
    return essay.content.count(0) >= _PROSE_SHARE * len(essay.content)
