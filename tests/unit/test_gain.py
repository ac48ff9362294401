"""Between two attempts a point is won, lost, kept or still open."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grader.report import ScoreReport, Verdict
from services.gain import Change, gain
from services.resolution import ResolvedScore
from tests.factories import make_report, make_rubric

RUBRIC = make_rubric()
KEYS = [point.id for point in RUBRIC.key_points]
readings = st.fixed_dictionaries(dict.fromkeys(KEYS, st.sampled_from(Verdict)))


def attempt(reading: dict[str, Verdict]) -> ResolvedScore:
    return resolved(make_report(RUBRIC, reading))


def resolved(report: ScoreReport) -> ResolvedScore:
    return ResolvedScore(report, report, {}, None, report.max_score)


def test_points_are_known_by_their_numbers_in_the_later_attempt() -> None:
    before = attempt({"a-point": Verdict.MISS, "b-point": Verdict.HIT, "c-point": Verdict.PARTIAL})
    after = attempt({"a-point": Verdict.HIT, "b-point": Verdict.MISS, "c-point": Verdict.PARTIAL})
    found = gain(before, after)
    assert (found.won, found.lost, found.still_open) == ((1,), (2,), (3, 4))
    assert found.numbers[1] is Change.WON


def test_half_a_point_more_is_won_and_half_a_point_less_is_lost() -> None:
    half, whole = attempt({"a-point": Verdict.PARTIAL}), attempt({"a-point": Verdict.HIT})
    assert gain(half, whole).won == (1,)
    assert gain(whole, half).lost == (1,)


def test_a_point_that_the_earlier_question_did_not_ask_for_is_neither_won_nor_lost() -> None:
    before = make_report(RUBRIC)
    shorter = resolved(replace(before, points=before.points[1:]))
    found = gain(shorter, attempt({"a-point": Verdict.HIT}))
    assert (found.won, found.lost) == ((), ())
    assert found.numbers[1] is Change.NEW


@given(readings)
def test_nothing_is_won_or_lost_against_oneself(reading: dict[str, Verdict]) -> None:
    found = gain(attempt(reading), attempt(reading))
    assert (found.won, found.lost, found.marks) == ((), (), 0)


@given(readings, readings)
def test_what_one_way_wins_the_other_way_loses(first: dict[str, Verdict], second: dict[str, Verdict]) -> None:
    there, back = gain(attempt(first), attempt(second)), gain(attempt(second), attempt(first))
    assert (there.won, there.lost, there.marks) == (back.lost, back.won, -back.marks)


def test_an_attempt_that_awaits_marking_gains_nothing() -> None:
    waiting = ResolvedScore(None, None, {}, None, 5.0)
    assert gain(attempt({}), waiting).numbers == {}
