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
    `essentials`, `halves` and `thin` are those of `Given`. What follows takes a stance to know. `rejected` is
    the number of claims that the whole essay rejects as untrue. `quoted` is 1 for a sentence that says an
    accepted phrasing and no other word within it, -1 for a contrary one.
    """

    own_words: float
    groups: float
    groups_loosely: float
    groups_anywhere: float
    lead: float
    accept: float
    covered: float
    tells_point: float
    tells_whole: float
    tells_opposite: float
    idle: float
    essentials: float
    halves: float
    thin: float
    contrary: float = 0.0
    denied: float = 0.0
    reversed: float = 0.0
    along: float = 0.0
    disorder: float = 0.0
    exchanged: float = 0.0
    misplaced: float = 0.0
    stranger: float = 0.0
    replaced: float = 0.0
    substituted: float = 0.0
    flipped: float = 0.0
    denied_share: float = 0.0
    figure_clash: float = 0.0
    verbatim: float = 0
    gathered_own: float = 0.0
    rejected: float = 0.0
    quoted: float = 0.0
