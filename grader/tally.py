"""From verdicts to figures: coverage by side, and marks. The same sums for the machine and for a teacher."""

from __future__ import annotations

from collections.abc import Sequence

from grader.report import PointReport, SideReport, Verdict
from grader.rubric import Prompt, Side


def tally_sides(prompt: Prompt, points: Sequence[PointReport]) -> tuple[SideReport, ...]:
    """Return each side's figures, in the order of the rubric.

    `coverage` (0 to 1) is what the side's points earn over the most that they can earn, so that points
    beyond an any-N group's count neither add to it nor are wanted for it.
    """
    by_key = {point.key: point for point in points}
    return tuple(
        _tally(prompt, side, [by_key[key] for key in side.key_points if key in by_key])
        for side in prompt.sides
    )


def tally_marks(prompt: Prompt, points: Sequence[PointReport]) -> float:
    """Return the sum of what the points earn, after any-N groups, in marks."""
    return prompt.total({point.key: point.credit for point in points})


def _tally(prompt: Prompt, side: Side, points: Sequence[PointReport]) -> SideReport:
    verdicts = [point.verdict for point in points]
    at_most = prompt.total(dict.fromkeys(side.key_points, 1.0))
    return SideReport(
        name=side.name,
        hits=verdicts.count(Verdict.HIT),
        partials=verdicts.count(Verdict.PARTIAL),
        contradicted=verdicts.count(Verdict.CONTRADICTED),
        points=len(points),
        coverage=tally_marks(prompt, points) / at_most if at_most else 0.0,
    )
