"""For each key point the passage of an essay that comes nearest to it, with the features to judge by.

A dozen features and no more: few carry over to questions nobody has marked yet, fifty do not.
None of them rewards length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from grader.essay import ParsedEssay, Unit
from grader.matching import RubricIndex, Similarities, Windows
from grader.negation import denials
from grader.rubric import Prompt
from grader.stance import PointStance, Stance, passage


class Features(NamedTuple):
    """What the verdict on one key point rests on; all in [0, 1] or small positive numbers."""

    own_words: float
    covered: float
    accept: float
    groups: float
    groups_loosely: float
    groups_anywhere: float
    lead: float
    partial_lead: float
    contrary_lead: float
    against: float
    along: float
    strongest: float
    figure_clash: float
    figure_agrees: float
    spread: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best passage for one key point: first and last unit, features, stance.

    `groups_missing` are the places of the point's essentials that the passage does not meet.
    """

    first: Unit
    last: Unit
    features: Features
    stance: Stance
    groups_missing: tuple[int, ...]


class CandidateFinder:
    """Finds the best passage for every key point of one rubric."""

    def __init__(self, prompt: Prompt) -> None:
        self.index = RubricIndex(prompt)
        self._stances = [PointStance(self.index, number) for number in range(len(prompt.key_points))]

    def find(self, essay: ParsedEssay, units: Sequence[Unit]) -> list[Candidate]:
        """Return one candidate for each key point, in order; `units` are those that may be credited."""
        windows = self.index.windows(essay, units)
        likeness = self.index.compare(windows)
        chosen = rank(likeness, windows).argmax(axis=0)
        seen = _Seen(essay, units, windows, likeness, denials(essay))
        return [self._candidate(seen, point, int(row)) for point, row in enumerate(chosen)]

    def _candidate(self, seen: _Seen, point: int, row: int) -> Candidate:
        first, last = seen.units[seen.windows.first[row]], seen.units[seen.windows.last[row]]
        stance = self._stances[point].read(*passage(seen.essay, first, last, seen.denied))
        features = _features(seen.likeness, seen.windows, stance, point, row)
        return Candidate(first, last, features, stance, self.index.groups_missing(seen.windows, point, row))


@dataclass(frozen=True, slots=True)
class _Seen:
    """An essay with all that was measured on it."""

    essay: ParsedEssay
    units: Sequence[Unit]
    windows: Windows
    likeness: Similarities
    denied: Sequence[bool]


def rank(likeness: Similarities, windows: Windows) -> np.ndarray:
    """Windows x points: how promising a window is; a longer one has to earn its length."""
    promise = likeness.accept + 0.5 * likeness.covered + 0.3 * likeness.own_words
    promise += 0.25 * likeness.groups + 0.15 * likeness.groups_loosely
    return np.asarray(promise - 0.05 * (windows.last - windows.first)[:, None])


def _features(likeness: Similarities, windows: Windows, stance: Stance, point: int, row: int) -> Features:
    own = likeness.own_words[row]
    rival = float(np.delete(own, point).max(initial=0.0))
    accept = float(likeness.accept[row, point])
    return Features(
        own_words=float(own[point]),
        covered=float(likeness.covered[row, point]),
        accept=accept,
        groups=float(likeness.groups[row, point]),
        groups_loosely=float(likeness.groups_loosely[row, point]),
        groups_anywhere=float(likeness.groups[:, point].max()),
        lead=float(own[point]) - rival,
        partial_lead=float(likeness.partial[row, point]) - accept,
        contrary_lead=float(likeness.contrary[row, point]) - accept,
        against=stance.against,
        along=stance.along,
        strongest=stance.strongest,
        figure_clash=stance.figure_clash,
        figure_agrees=stance.figure_agrees,
        spread=float(windows.last[row] - windows.first[row]),
    )
