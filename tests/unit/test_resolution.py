"""The resolved score is a fold: the teacher outranks the machine, and the total is the sum of its parts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import CREDIT, LevelRange, NearMiss, Span, Verdict
from grader.report_json import report_to_json
from grader.rubric import AnyGroup
from models import PointAction, PointScore, Score, ScoreAction, User
from services.resolution import ResolvedScore, resolve, rubric_order
from tests.factories import NOON, make_point, make_report, make_rubric

RUBRIC = make_rubric()
KEYS = rubric_order(RUBRIC)
MS_COLE = User(username="ms_cole", display_name="Ms Zoë Cole")

verdicts = st.sampled_from(Verdict)
readings = st.fixed_dictionaries(dict.fromkeys(KEYS, verdicts))


def machine(number: int, reading: dict[str, Verdict], signature: str = "") -> Score:
    report = make_report(RUBRIC, reading, signature=signature or f"recipe-{number}")
    return Score(
        id=number,
        action=ScoreAction.SCORED,
        signature=report.signature,
        mark=report.score,
        max_score=report.max_score,
        report=report_to_json(report),
        created_at=NOON,
        points=[],
    )


def ruling(number: int, key: str, verdict: Verdict, action: PointAction = PointAction.OVERRIDDEN) -> Score:
    point = PointScore(
        key=key, action=action, verdict=verdict, credit=CREDIT[verdict], reason="as said in class", comment=""
    )
    return teacher_row(number, ScoreAction.VERDICTS, points=[point])


def mark(number: int, value: float) -> Score:
    return teacher_row(number, ScoreAction.MARK, mark=value, comment="Well argued.")


def teacher_row(number: int, action: ScoreAction, **values: object) -> Score:
    return Score(id=number, action=action, rater=MS_COLE, max_score=5.0, created_at=NOON, **values)


def verdict_of(resolved: ResolvedScore, key: str) -> Verdict:
    assert resolved.report is not None
    return resolved.report.point(key).verdict


def test_without_a_machine_row_it_is_awaiting_and_never_a_zero() -> None:
    resolved = resolve(RUBRIC, [])
    assert resolved.awaiting
    assert resolved.mark is None
    assert resolved.coverage is None


def test_a_mark_given_while_awaiting_counts() -> None:
    resolved = resolve(RUBRIC, [mark(1, 3.5)])
    assert resolved.awaiting
    assert resolved.mark == 3.5


@given(readings)
def test_the_machine_alone_is_shown_as_it_is(reading: dict[str, Verdict]) -> None:
    resolved = resolve(RUBRIC, [machine(1, reading)])
    assert {point.key: point.verdict for point in resolved.points} == reading
    assert resolved.report == resolved.machine


@given(readings, readings)
def test_the_later_machine_row_replaces_the_earlier(
    first: dict[str, Verdict], second: dict[str, Verdict]
) -> None:
    resolved = resolve(RUBRIC, [machine(1, first), machine(2, second)])
    assert {point.key: point.verdict for point in resolved.points} == second


@given(readings, st.sampled_from(KEYS), verdicts, st.lists(readings, max_size=4))
def test_a_teacher_outranks_every_later_machine_row(
    first: dict[str, Verdict], key: str, decided: Verdict, later: list[dict[str, Verdict]]
) -> None:
    rows = [machine(1, first), ruling(2, key, decided)]
    rows += [machine(number, reading) for number, reading in enumerate(later, start=3)]
    resolved = resolve(RUBRIC, rows)
    assert verdict_of(resolved, key) is decided
    assert resolved.decisions[key].by == "Ms Zoë Cole"


@given(readings, st.sampled_from(KEYS), verdicts, readings)
def test_withdrawing_returns_to_what_the_machine_says_now(
    first: dict[str, Verdict], key: str, decided: Verdict, second: dict[str, Verdict]
) -> None:
    rows = [
        machine(1, first),
        ruling(2, key, decided),
        machine(3, second),
        ruling(4, key, decided, PointAction.WITHDRAWN),
    ]
    resolved = resolve(RUBRIC, rows)
    assert verdict_of(resolved, key) is second[key]
    assert key not in resolved.decisions


@dataclass(frozen=True)
class Act:
    """One act on a score, as a plan that a list of rows is made from."""

    kind: str
    key: str
    verdict: Verdict
    reading: dict[str, Verdict]
    value: float


acts = st.builds(
    Act,
    st.sampled_from(["scored", "overridden", "withdrawn", "mark", "mark-withdrawn"]),
    st.sampled_from(KEYS),
    verdicts,
    readings,
    st.floats(0, 5),
)


def rows_of(plan: list[Act]) -> list[Score]:
    return [_row(number, act) for number, act in zip(count(1), plan, strict=False)]


def _row(number: int, act: Act) -> Score:
    match act.kind:
        case "scored":
            return machine(number, act.reading)
        case "mark":
            return mark(number, act.value)
        case "mark-withdrawn":
            return teacher_row(number, ScoreAction.MARK_WITHDRAWN)
        case _:
            return ruling(number, act.key, act.verdict, PointAction(act.kind))


@given(st.lists(acts, max_size=12), st.randoms())
def test_only_the_ids_order_the_rows(plan: list[Act], dice: random.Random) -> None:
    shuffled = rows_of(plan)
    dice.shuffle(shuffled)
    assert resolve(RUBRIC, shuffled) == resolve(RUBRIC, rows_of(plan))


@given(st.lists(acts, max_size=12))
def test_the_score_is_the_sum_of_its_visible_parts(plan: list[Act]) -> None:
    resolved = resolve(RUBRIC, rows_of(plan))
    parts = [RUBRIC.marks[point.key] * point.credit for point in resolved.points]
    assert resolved.score == pytest.approx(sum(parts))
    assert 0 <= resolved.score <= resolved.max_score


@given(st.lists(acts, max_size=12))
def test_the_mark_is_the_teachers_last_standing_one_or_else_the_sum(plan: list[Act]) -> None:
    resolved = resolve(RUBRIC, rows_of(plan))
    standing = None
    for act in plan:
        if act.kind in {"mark", "mark-withdrawn"}:
            standing = act.value if act.kind == "mark" else None
    fallback = None if resolved.awaiting else resolved.score
    assert resolved.mark == (standing if standing is not None else fallback)


@given(st.lists(acts, max_size=12))
def test_sides_and_coverage_count_the_resolved_verdicts(plan: list[Act]) -> None:
    resolved = resolve(RUBRIC, rows_of(plan))
    hits = sum(point.verdict is Verdict.HIT for point in resolved.points)
    assert sum(side.hits for side in resolved.sides) == hits
    assert resolved.coverage is None or resolved.coverage.hits == hits


def test_the_mark_stands_beside_the_sum_and_both_are_kept() -> None:
    resolved = resolve(RUBRIC, [machine(1, {"a-point": Verdict.HIT}), mark(2, 4.5)])
    assert (resolved.score, resolved.mark) == (1.0, 4.5)
    assert resolved.teacher_mark is not None
    assert (resolved.teacher_mark.by, resolved.teacher_mark.comment) == ("Ms Zoë Cole", "Well argued.")


def test_a_confirmed_credit_stays_when_the_machine_changes_its_mind() -> None:
    confirmed = ruling(2, "a-point", Verdict.HIT, PointAction.CONFIRMED)
    resolved = resolve(RUBRIC, [machine(1, {"a-point": Verdict.HIT}), confirmed, machine(3, {})])
    assert resolved.score == 1.0
    assert resolved.decisions["a-point"].machine_verdict is Verdict.MISS


def test_points_stand_in_the_order_of_the_sides_whatever_order_the_report_has() -> None:
    row = machine(1, {})
    assert row.report is not None
    row.report["points"].reverse()
    assert tuple(point.key for point in resolve(RUBRIC, [row]).points) == KEYS


def test_an_overruled_miss_loses_its_evidence_and_an_overruled_hit_its_near_miss() -> None:
    near = NearMiss(Span(0, 4), ("what a acts on",))
    report = make_report(
        RUBRIC,
        {
            "a-point": make_point("a-point", Verdict.HIT, evidence=(Span(0, 4),)),
            "b-point": make_point("b-point", Verdict.PARTIAL, evidence=(Span(0, 4),), near_miss=near),
        },
    )
    row = machine(1, {})
    row.report = report_to_json(report)
    rulings = [ruling(2, "a-point", Verdict.MISS), ruling(3, "b-point", Verdict.HIT)]
    resolved = resolve(RUBRIC, [row, *rulings])
    assert resolved.points[0].evidence == ()
    assert resolved.points[1].evidence == (Span(0, 4),)
    assert resolved.points[1].near_miss is None


def test_the_level_follows_the_teachers_verdicts() -> None:
    everything = dict.fromkeys(KEYS, Verdict.HIT)
    rows = [machine(1, {}), *(ruling(n, key, v) for n, (key, v) in enumerate(everything.items(), start=2))]
    before, after = resolve(RUBRIC, rows[:1]), resolve(RUBRIC, rows)
    assert before.level == LevelRange(2, 3)
    assert after.level is not None
    assert after.level.high > 3


def test_a_flagged_essay_still_needs_a_teacher_for_its_level() -> None:
    row = machine(1, {})
    row.report = report_to_json(make_report(RUBRIC, level=None))
    assert resolve(RUBRIC, [row, ruling(2, "a-point", Verdict.HIT)]).level is None


def test_confidence_is_the_mean_over_what_no_teacher_has_decided() -> None:
    reading = machine(1, {})
    assert resolve(RUBRIC, [reading]).confidence == pytest.approx(0.8)
    decided = [ruling(n, key, Verdict.HIT) for n, key in enumerate(KEYS, start=2)]
    assert resolve(RUBRIC, [reading, *decided]).confidence == 1.0


def test_reviewed_means_every_point_decided_or_a_mark_for_the_whole() -> None:
    decided = [ruling(n, key, Verdict.HIT) for n, key in enumerate(KEYS, start=2)]
    assert not resolve(RUBRIC, [machine(1, {}), *decided[:-1]]).reviewed
    assert resolve(RUBRIC, [machine(1, {}), *decided]).reviewed
    assert resolve(RUBRIC, [machine(1, {}), mark(2, 3)]).reviewed


def test_any_two_of_three_never_pay_for_the_third() -> None:
    rubric = make_rubric(any_groups=(AnyGroup(2, ("a-point", "b-point", "c-point")),))
    row = machine(1, {})
    row.report = report_to_json(make_report(rubric, dict.fromkeys(KEYS[:3], Verdict.HIT)))
    resolved = resolve(rubric, [row])
    assert resolved.score == 2.0
    assert resolved.sides[0].coverage == 1.0
