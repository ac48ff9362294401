from __future__ import annotations

import pytest

from grader.levels import BRIEF, NO_JUDGEMENT, NOT_ALONE, ONE_SIDED, indicate_level
from grader.report import ArgumentSignal, SideReport

BOTH = (SideReport("for", 2, 0, 0, 4, 0.5), SideReport("against", 2, 0, 0, 4, 0.5))
ONE = (SideReport("for", 4, 0, 0, 4, 1.0), SideReport("against", 0, 0, 0, 4, 0.0))


def signals(**present: bool) -> tuple[ArgumentSignal, ...]:
    found = {"both_sides": True, "judgement": True, **present}
    return tuple(ArgumentSignal(code.replace("_", "-"), there, "") for code, there in found.items())


def bounds(
    share: float, *, words: int = 400, sides: tuple[SideReport, ...] = BOTH, **present: bool
) -> tuple[int, int]:
    level = indicate_level(share, sides, signals(**present), words)
    return level.low, level.high


@pytest.mark.parametrize(
    "share, expected",
    [
        (0.0, (1, 2)),
        (0.27, (1, 2)),
        (0.28, (2, 3)),
        (0.39, (2, 3)),
        (0.40, (3, 4)),
        (0.79, (3, 4)),
        (0.80, (4, 5)),
        (1.0, (4, 5)),
    ],
)
def test_the_range_moves_up_with_the_share(share: float, expected: tuple[int, int]) -> None:
    assert bounds(share) == expected


def test_one_side_alone_stays_at_low_level_three() -> None:
    level = indicate_level(0.9, ONE, signals(both_sides=False), 400)
    assert (level.high, level.reasons) == (3, (ONE_SIDED,))


def test_without_a_judgement_level_four_is_the_top() -> None:
    level = indicate_level(0.9, BOTH, signals(judgement=False), 400)
    assert (level.low, level.high, level.reasons) == (3, 4, (NO_JUDGEMENT,))


def test_level_five_is_never_given_alone() -> None:
    level = indicate_level(1.0, BOTH, signals(), 400)
    assert level.low < 5
    assert NOT_ALONE in level.reasons


def test_a_brief_answer_counts_in_proportion_and_says_so() -> None:
    level = indicate_level(0.8, BOTH, signals(), 100)
    assert (level.low, level.high, level.reasons) == (2, 3, (BRIEF,))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
def test_length_beyond_a_developed_answer_earns_nothing(share: float) -> None:
    assert bounds(share, words=250) == bounds(share, words=5000)
