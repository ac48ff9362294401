"""An indicative range of levels from coverage, balance and signs of argument.

Examiners judge an answer as a whole; this gives two neighbouring levels and its reasons, for
practice. Knowledge proposes, argument disposes: one side alone stays at low level 3, no judgement at
low level 4, and level 5 is never given alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.report import ArgumentSignal, LevelRange, SideReport

_TOP = 5
_STEPS = (0.28, 0.40, 0.80)
"""Shares of the marks where the range moves up: levels 1-2, 2-3, 3-4, then 4-5.

Chosen for what the scorer gives to 157 synthetic essays whose questions it was not fitted on.
"""
_DEVELOPED = 250
"""Words of an essay that develops its points; below, the share counts in proportion: a gate, no reward."""
BRIEF = "Under 250 words, points are named more than they are developed."
ONE_SIDED = "Only one side is argued: no higher than low level 3."
NO_JUDGEMENT = "There is no judgement at the end: no higher than low level 4."
NOT_ALONE = "Level 5 is a teacher’s to give."


def indicate_level(
    share: float, sides: Sequence[SideReport], signals: Sequence[ArgumentSignal], words: int
) -> LevelRange:
    """Return the range of levels for a share (0 to 1) of the marks, earned in so many words.

    The range is two neighbouring levels, or one where a cap cuts it.
    """
    present = {signal.code: signal.present for signal in signals}
    developed = share * min(1.0, words / _DEVELOPED)
    low = _step(developed)
    high = low + 1
    reasons = [BRIEF] if low < _step(share) else []
    if not present.get("both-sides", True) and _is_one_sided(sides) and high > 3:
        low, high, reasons = min(low, 3), 3, [*reasons, ONE_SIDED]
    if not present.get("judgement", True) and high > 4:
        low, high, reasons = min(low, 3), 4, [*reasons, NO_JUDGEMENT]
    if high == _TOP:
        reasons.append(NOT_ALONE)
    return LevelRange(low, high, tuple(reasons))


def _step(share: float) -> int:
    return 1 + sum(share >= step for step in _STEPS)


def _is_one_sided(sides: Sequence[SideReport]) -> bool:
    return sum(1 for side in sides if side.hits or side.partials) <= 1
