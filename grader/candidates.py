"""For each key point the passage of an essay that comes nearest to it, with the features to judge by.

A dozen features and no more: few carry over to questions nobody has marked yet, fifty do not.
None of them rewards length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from grader.displacement import NOTHING, Displacement, PointPlaces
from grader.essay import ParsedEssay, Unit
from grader.matching import RubricIndex, Similarities
from grader.negation import denials
from grader.rubric import Prompt
from grader.stance import PointStance, Stance
from grader.statements import Statement, StatementReader
from grader.verbatim import Sense, sense_of
from grader.windows import Floats, Windows, read_windows

_ALL = 0.99
_SOME_TALK = 0.05
_NEAR = 0.2
"""Least coverage of a phrasing by a passage whose words are worth comparing place by place."""
_OWN = 0.35
"""Least share of a point's own words in such a passage: with fewer it does not speak of the point."""
_FADING = 3.0
"""Passages that make a point have at most one idle word in eight; lists of topics, one in four."""


class Features(NamedTuple):
    """What the verdict on one key point rests on; all in [0, 1] or small numbers.

    Those of the first block fade where a passage only talks about the answer ("an important factor").
    """

    own_words: float
    own_words_of_one: float
    own_doings: float
    groups: float

    groups_loosely: float
    groups_anywhere: float
    density: float
    lead: float
    accept: float
    covered: float
    covered_root: float
    partial_lead: float
    contrary_lead: float
    contrary: float
    denied: float
    reversed: float
    along: float
    disorder: float
    exchanged: float
    misplaced: float
    stranger: float
    replaced: float
    substituted: float
    flipped: float
    denied_share: float
    figure_clash: float
    verbatim: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best passage for one key point: first and last unit, features, stance, what has moved.

    `groups_missing` are the places of the point's essentials that the passage does not meet.
    """

    first: Unit
    last: Unit
    features: Features
    stance: Stance
    moved: Displacement
    groups_missing: tuple[int, ...]


class CandidateFinder:
    """Finds the best passage for every key point of one rubric."""

    def __init__(self, prompt: Prompt) -> None:
        self.index = RubricIndex(prompt)
        self.statements = StatementReader(prompt, self.index)
        points = range(len(prompt.key_points))
        self._stances = [PointStance(self.index, number) for number in points]
        self._places = [PointPlaces(self.statements, self.index, number) for number in points]

    def find(self, essay: ParsedEssay, units: Sequence[Unit]) -> list[Candidate]:
        """Return one candidate for each key point, in order; `units` are those that may be credited."""
        return self.find_all([(essay, units)])[0]

    def find_all(self, essays: Sequence[tuple[ParsedEssay, Sequence[Unit]]]) -> list[list[Candidate]]:
        """Return the same for many essays, compared together; nothing where no unit may be credited."""
        windows = [read_windows(essay, units, self.index.vocabulary) for essay, units in essays if units]
        measured = zip(windows, self.index.compare_many(windows), strict=True)
        return [self._choose(essay, units, *next(measured)) if units else [] for essay, units in essays]

    def _choose(
        self, essay: ParsedEssay, units: Sequence[Unit], windows: Windows, likeness: Similarities
    ) -> list[Candidate]:
        chosen = rank(likeness, windows).argmax(axis=0)
        seen = _Seen(essay, units, windows, likeness, self.statements)
        return [self._candidate(seen, point, int(row)) for point, row in enumerate(chosen)]

    def _candidate(self, seen: _Seen, point: int, row: int) -> Candidate:
        windows = seen.windows
        focus = seen.focus(point, row)
        unit = seen.units[focus]
        tokens, denied = seen.essay.tokens_of(unit), seen.denied[unit.first : unit.last]
        stance = self._stances[point].read(tokens, windows.units[focus], denied, seen.sense(row))
        near = seen.likeness.covered[row, point] >= _NEAR and seen.likeness.own_words[row, point] >= _OWN
        moved = self._places[point].compare(seen.statement(focus)) if near else NOTHING
        missing = self.index.essentials.missing(windows, point, row)
        first, last = seen.units[int(windows.first[row])], seen.units[int(windows.last[row])]
        features = _features(seen, stance, moved, (point, row))
        return Candidate(first, last, features, stance, moved, missing)


class _Seen:
    """An essay with all that was measured on it, and what is best anywhere in it."""

    def __init__(
        self,
        essay: ParsedEssay,
        units: Sequence[Unit],
        windows: Windows,
        likeness: Similarities,
        statements: StatementReader,
    ) -> None:
        self.essay, self.units, self.windows, self.likeness = essay, units, windows, likeness
        self.denied = denials(essay)
        self._statements = statements
        self._stated: dict[int, Statement] = {}
        self.own_words_of_one = likeness.own_words[: len(units)].max(axis=0)
        self.groups_anywhere = likeness.groups.max(axis=0) > _ALL
        self._senses = [
            sense_of(reading, self.denied[unit.first : unit.last])
            for unit, reading in zip(units, windows.units, strict=True)
        ]

    def statement(self, number: int) -> Statement:
        """Return what a unit states; read once, since several key points may rest on it."""
        if number not in self._stated:
            tokens = self.essay.tokens_of(self.units[number])
            terms = [token.term for token in tokens]
            for at, end, term in self.windows.units[number]:
                if end == at + 1 and term[0] not in "@!":
                    terms[at] = term
            self._stated[number] = self._statements.read(tokens, terms)
        return self._stated[number]

    def sense(self, row: int) -> Sense:
        """Return what a window says in order: a phrasing may be spread over its units."""
        first, last = int(self.windows.first[row]), int(self.windows.last[row])
        return tuple(chain.from_iterable(self._senses[first : last + 1]))

    def focus(self, point: int, row: int) -> int:
        """Return the unit of a window that says most of a point: the one whose stance counts.

        Single units come first among the windows, so that a unit's index is its row.
        """
        first, last = int(self.windows.first[row]), int(self.windows.last[row])
        return first + int(self.likeness.own_words[first : last + 1, point].argmax())

    def rival(self, point: int, row: int) -> float:
        """Return how much a window has of the words of another point, whichever it has most of."""
        own = self.likeness.own_words[row]
        return max((float(own[p]) for p in range(len(own)) if p != point), default=0.0)


def rank(likeness: Similarities, windows: Windows) -> Floats:
    """Windows x points: how promising a window is; a longer one has to earn its length."""
    promise = np.minimum(likeness.own_words, 1.5) + 0.5 * likeness.accept + 0.5 * likeness.covered
    promise += 0.25 * likeness.groups + 0.15 * likeness.groups_loosely
    return np.asarray(promise - 0.08 * (windows.last - windows.first)[:, None], dtype=np.float32)


def _features(seen: _Seen, stance: Stance, moved: Displacement, at: tuple[int, int]) -> Features:
    point, row = at
    likeness, windows = seen.likeness, seen.windows
    own = float(likeness.own_words[row, point])
    accept, covered = float(likeness.accept[row, point]), float(likeness.covered[row, point])
    content = max(1.0, float(windows.words[row]))
    says = _says_something(float(windows.idle[row]) / content)
    return Features(
        own_words=says * own,
        own_words_of_one=says * float(seen.own_words_of_one[point]),
        own_doings=says * float(likeness.own_doings[row, point]),
        groups=says * float(likeness.groups[row, point]),
        groups_loosely=float(likeness.groups_loosely[row, point]),
        groups_anywhere=float(seen.groups_anywhere[point]),
        density=float(likeness.own_terms[row, point]) / content,
        lead=own - seen.rival(point, row),
        accept=accept,
        covered=covered,
        covered_root=covered**0.5,
        partial_lead=float(likeness.partial[row, point]) - accept,
        contrary_lead=float(likeness.contrary[row, point]) - accept,
        contrary=stance.contrary,
        denied=stance.denied,
        reversed=stance.reversed,
        along=stance.along,
        disorder=stance.disorder,
        exchanged=float(moved.places.exchange is not None),
        misplaced=covered * moved.places.misplaced,
        stranger=covered * moved.stranger.share,
        replaced=covered * moved.stranger.replaces,
        substituted=covered * moved.substituted,
        flipped=stance.flipped,
        denied_share=stance.denied_share * accept,
        figure_clash=stance.figure_clash,
        verbatim=stance.verbatim,
    )


def _says_something(idle: float) -> float:
    """Return 1 for a plain statement, falling to 0 as talk about the answer takes over."""
    return min(1.0, max(0.0, 1.0 - _FADING * (idle - _SOME_TALK)))
