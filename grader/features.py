"""What the verdict on a key point rests on.

A model weighs a dozen features and no more: few carry over to questions nobody has marked yet, fifty do
not. None of them rewards length.
"""

from __future__ import annotations

from typing import NamedTuple

from grader.rubric import KeyPoint


class Given(NamedTuple):
    """What a rubric gives to judge a key point by: essentials of it or not, partial phrasings or not.

    `thin` is one through the number of accepted phrasings, the statement of the point among them.
    """

    essentials: float
    halves: float
    thin: float

    @classmethod
    def by(cls, point: KeyPoint) -> Given:
        """Return what the rubric gives of a key point."""
        return cls(float(bool(point.essentials)), float(bool(point.partial)), 1.0 / (1 + len(point.accept)))


class Features(NamedTuple):
    """What the verdict on one key point rests on; all in [0, 1] or small numbers.

    Own words and groups fade where a passage only talks about the answer ("an important factor").
    The last three are those of `Given`.
    """

    own_words: float
    groups: float
    groups_loosely: float
    groups_anywhere: float
    lead: float
    accept: float
    covered: float
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
    tells_point: float
    tells_whole: float
    tells_opposite: float
    gathered_own: float
    idle: float
    essentials: float
    halves: float
    thin: float
