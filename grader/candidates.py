"""For each key point the passage of an essay that comes nearest to it, with the features to judge by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.language.essay import ParsedEssay, Unit
from grader.matching import RubricIndex, Similarities
from grader.matching.verbatim import Quoted
from grader.matching.windows import MAX_WINDOW, Floats, Indices, Windows
from grader.rubric import Prompt
from grader.stance import NO_STANCE, PointStance, Stance, wordings_of
from grader.stance.displacement import NOTHING, Displacement, PointPlaces
from grader.stance.leanings import Elsewhere
from grader.stance.rivals import Rivals
from grader.stance.seen_essay import SeenEssay
from grader.stance.statements import StatementReader
from grader.verdicts.features import Features, Given

_ALL = 0.99
_SOME_TALK = 0.05
_NEAR = 0.2
"""Least coverage of a phrasing by a passage whose words are worth comparing place by place."""
_MOSTLY = 0.5
"""Share of a point's own words from which on they are stated, whatever claim beside them is refuted."""
_OWN = 0.35
"""Least share of a point's own words in such a passage: with fewer it does not speak of the point."""
_OF_OWN, _OF_GROUPS, _OF_TELLING, _OF_IDLE = 3.56, 2.33, 4.05, 5.46
"""Log odds that a window speaks of a point, for own words, essentials, what tells the point, idle words."""
_ENOUGH_OWN = 1.8
_OF_LENGTH = 0.4
"""Log odds that each further unit costs a window."""
_FADING = 3.0
"""Passages that make a point have at most one idle word in eight; lists of topics, one in four."""


class Candidate(NamedTuple):
    """The best passage for one key point: first and last unit, features, stance, what has moved.

    `groups_missing` are the places of the point's essentials that the passage does not meet; `says` reads
    what it says, for whoever needs to know: each term and idea, those that are denied with a "!" behind.
    """

    first: Unit
    last: Unit
    features: Features
    stance: Stance
    moved: Displacement
    groups_missing: tuple[int, ...]
    says: Callable[[], frozenset[str]]


_Test: TypeAlias = Callable[[Features], bool]


class CandidateFinder:
    """Finds the best passage for every key point of one rubric."""

    def __init__(self, prompt: Prompt) -> None:
        self.index = RubricIndex(prompt)
        self.statements = StatementReader(prompt, self.index)
        points, elsewhere = range(len(prompt.key_points)), Elsewhere(self.index.phrasings)
        rivals = Rivals(self.index, len(points))
        self._wordings = wordings_of(self.index.phrasings)
        self._stances = [PointStance(self.index, number, elsewhere, rivals) for number in points]
        self._places = [PointPlaces(self.statements, self.index, rivals, number) for number in points]
        self._given = tuple(zip(*map(Given.by, prompt.key_points), strict=True))

    def find(self, essay: ParsedEssay, units: Sequence[Unit]) -> list[Candidate]:
        """Return one candidate for each key point, in order; `units` are those that may be credited."""
        return self.find_all([(essay, units)])[0]

    def find_all(
        self,
        essays: Sequence[tuple[ParsedEssay, Sequence[Unit]]],
        needs_stance: _Test = lambda _: True,
    ) -> list[list[Candidate]]:
        """Return the same for many essays, compared together; nothing where no unit may be credited.

        `needs_stance` tells from the other features whether the stance of a passage can matter.
        """
        seen = [SeenEssay(self.index, self.statements, essay, units) for essay, units in essays if units]
        measured = zip(seen, self.index.compare_many([each.windows for each in seen]), strict=True)
        return [self._choose(*next(measured), needs_stance) if units else [] for _, units in essays]

    def _choose(self, seen: SeenEssay, likeness: Similarities, needs_stance: _Test) -> list[Candidate]:
        contents = map(seen.windows.units.content, seen.units)
        quoted = self._wordings.quoted(contents, lambda unit: seen.sense(unit, unit), seen.rejects)
        chosen = rank(likeness, seen.windows).argmax(axis=0)
        for point, (unit, _) in quoted.items():
            chosen[point] = unit  # single units come first among the windows
        measured = _measured(likeness, seen.windows, chosen, self._given)
        return [
            self._candidate(seen, point, place, features, quoted.get(point), needs_stance)
            for point, (place, features) in enumerate(measured)
        ]

    def _candidate(
        self,
        seen: SeenEssay,
        point: int,
        place: _Place,
        features: Features,
        quoted: Quoted | None,
        needs_stance: _Test,
    ) -> Candidate:
        stance, moved = NO_STANCE, NOTHING
        missing: tuple[int, ...] = ()
        if quoted or needs_stance(features):
            said = seen.sense(place.first, place.last)
            stated = self._stances[point].stated(seen.passage(place.focus))
            beside = _MOSTLY <= stated < 1.0
            stance = self._stances[point].read(seen.passage(place.focus, beside=beside), said)
            if features.covered >= _NEAR and place.own_words >= _OWN:
                moved = self._places[point].compare(seen.statement(place.focus, beside=beside))
            gathered = self.index.gathered(seen.windows, place.fullest, point)
            features = _with_stance(features, stance, moved, gathered, stated)
        features = features._replace(rejected=float(seen.rejected), quoted=_sign(quoted))
        if place.groups <= _ALL:
            missing = self.index.essentials.missing(seen.windows, point, place.row)
        first, last = seen.units[place.first], seen.units[place.last]
        says = partial(seen.says, place.first, place.last)
        return Candidate(first, last, features, stance, moved, missing, says)


def _sign(quoted: Quoted | None) -> float:
    return (1.0 if quoted.agrees else -1.0) if quoted else 0.0


class _Place(NamedTuple):
    """The window chosen for one key point; `row` is its number among all.

    `first`, `last` and `focus`, the one whose stance counts, are units. `fullest` are the two units of the
    whole essay that say most of the point. `own_words` and `groups` are those of the window, not faded.
    """

    row: int
    first: int
    last: int
    focus: int
    fullest: list[int]
    own_words: float
    groups: float


def _measured(
    likeness: Similarities, windows: Windows, chosen: Indices, given: Sequence[Sequence[float]]
) -> Iterator[tuple[_Place, Features]]:
    """Yield for each key point the window chosen, and the features that take no stance to know.

    `tells_opposite` is that of the focus: its neighbours may report what it refutes. `given` holds the
    columns of `Given`.
    """
    points = np.arange(len(chosen))
    here, first, last = (chosen, points), windows.first[chosen], windows.last[chosen]
    of_one = likeness.own_words[: len(windows.said)]  # single units come first among the windows
    focus = _fullest(of_one, first, last)
    own_words, groups = likeness.own_words[here], likeness.groups[here]
    others = likeness.own_words[chosen]
    others[points, points] = 0.0
    idle = windows.idle[chosen].astype(np.float64) / np.maximum(1.0, windows.words[chosen])
    says = _says_something(idle)
    places = (chosen, first, last, focus, np.argsort(-of_one, axis=0, kind="stable")[:2].T, own_words, groups)
    features = (
        says * own_words,
        says * groups,
        likeness.groups_loosely[here],
        (likeness.groups.max(axis=0) > _ALL).astype(np.float64),
        own_words.astype(np.float64) - others.max(axis=1),
        likeness.accept[here],
        likeness.covered[here],
        likeness.tells_point[here],
        likeness.tells_whole[here],
        likeness.tells_opposite[focus, points],
        idle,
    )
    return zip(
        map(_Place, *[column.tolist() for column in places]),
        map(Features, *[column.tolist() for column in features], *given),
        strict=True,
    )


def _fullest(own_words: Floats, first: Indices, last: Indices) -> Indices:
    """Return for each key point the unit, of those from `first` to `last`, that says most of it."""
    points = np.arange(len(first))
    fullest = first
    for step in range(1, MAX_WINDOW):
        unit = np.minimum(first + step, last)
        fullest = np.where(own_words[unit, points] > own_words[fullest, points], unit, fullest)
    return fullest


def rank(likeness: Similarities, windows: Windows) -> Floats:
    """Windows x points: how surely a window speaks of a point (log odds); a longer one has to earn it.

    The weights are near those that `spoken_of` is fitted to, and stay put while it is fitted.
    """
    idle = (windows.idle / np.maximum(1.0, windows.words))[:, None]
    says = _says_something(idle)
    surely = says * (_OF_OWN * np.minimum(likeness.own_words, _ENOUGH_OWN) + _OF_GROUPS * likeness.groups)
    surely += _OF_TELLING * likeness.tells_point - _OF_IDLE * idle
    return np.asarray(surely - _OF_LENGTH * (windows.last - windows.first)[:, None], dtype=np.float32)


def _with_stance(
    features: Features, stance: Stance, moved: Displacement, gathered: float, stated: float
) -> Features:
    """Add what a passage says of a point; only what is stated can speak against it.

    Where most of it is, the stance was read from that alone.
    """
    weight = 1.0 if stated >= _MOSTLY else stated
    covered = weight * features.covered
    return features._replace(
        contrary=weight * stance.contrary,
        denied=stance.denied,
        reversed=stance.reversed,
        along=stance.along,
        disorder=weight * stance.disorder,
        exchanged=float(moved.places.exchange is not None),
        misplaced=covered * moved.places.misplaced,
        stranger=covered * moved.stranger.share,
        replaced=covered * (moved.stranger.token is not None),
        substituted=covered * moved.substituted,
        flipped=stance.flipped,
        denied_share=stance.denied_share * features.accept,
        figure_clash=stance.figure_clash,
        verbatim=stance.verbatim,
        tells_opposite=stated * features.tells_opposite * (1.0 - stance.denied_share),
        gathered_own=gathered,
    )


def _says_something(idle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1 for plain statements, falling to 0 as talk about the answer takes over."""
    return np.minimum(1.0, np.maximum(0.0, 1.0 - _FADING * (idle - _SOME_TALK)))
