"""What words taught is weighed beside the scorer's own opinion and the rest of the essay."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.weighing import Held, fit_weighing
from grader.calibration import PointView
from grader.calibration.chances import Chances, likeliest, log_chances
from grader.calibration.fitting import MarkedPoint
from grader.calibration.point_view import MEASURES
from grader.calibration.weighing import SIGNS, Weighing, names_of, signs_of
from grader.report import CREDIT, Verdict
from prompts import load_prompt, shipped_calibration

HIT, WRONG, MISS = (0.9, 0.05, 0.02, 0.03), (0.03, 0.02, 0.9, 0.05), (0.03, 0.05, 0.02, 0.9)
NOTHING_ALIKE: dict[str, float] = {}
VERDICTS = [str(verdict) for verdict in Verdict]


def weighing(**signs: tuple[float, ...]) -> Weighing:
    """Return one that goes by what words taught, and by these signs."""
    identity = {
        f"taught {name}": tuple(float(name == other) for other in VERDICTS)
        for name in VERDICTS
    }  # fmt: skip
    none = dict.fromkeys(names_of(()), (0.0,) * len(VERDICTS))
    return Weighing((), none | identity | {name.replace("_", " "): row for name, row in signs.items()})


def weighed(model: Weighing, taught: list[Chances], own: list[Chances] | None = None) -> list[Chances]:
    return model.weigh(own or taught, taught, [NOTHING_ALIKE] * len(taught))


def test_the_signs_are_those_of_the_point_and_of_all_others() -> None:
    measures = [{"covered": 0.1}, {"covered": 0.2}, {"covered": 0.3}]
    first, *_ = signs_of([MISS, HIT, HIT], [HIT, MISS, WRONG], measures, ["covered"])
    named = dict(zip(names_of(["covered"]), first, strict=True))
    assert [named[f"taught {name}"] for name in VERDICTS] == log_chances(HIT)
    assert [named[f"own {name}"] for name in VERDICTS] == log_chances(MISS)
    assert named["others hit"] == pytest.approx((MISS[0] + WRONG[0]) / 2)
    assert named["others contradicted"] == pytest.approx((MISS[2] + WRONG[2]) / 2)
    assert (named["always"], named["alike covered"]) == (1.0, 0.1)


def test_without_further_weights_words_have_the_say() -> None:
    for chances, found in zip((HIT, WRONG), weighed(weighing(), [HIT, WRONG]), strict=True):
        assert found == pytest.approx(chances)


def test_no_others_are_no_company() -> None:
    ((*_, hits, wrongs),) = signs_of([HIT], [HIT], [NOTHING_ALIKE], [])
    assert hits == pytest.approx(0.0)
    assert wrongs == pytest.approx(0.0)


def test_who_makes_the_other_points_has_more_probably_made_this_one() -> None:
    model = weighing(others_hit=(4.0, 2.0, 0.0, 0.0))
    unsure = (0.3, 0.1, 0.0, 0.6)
    among_hits, among_misses = (weighed(model, [unsure, *[each] * 4])[0] for each in (HIT, MISS))
    assert likeliest(among_misses) is Verdict.MISS
    assert among_hits[0] > among_misses[0]


def test_half_of_the_others_are_company_enough() -> None:
    """The best essays leave points out as well."""
    model = weighing(others_hit=(4.0, 2.0, 0.0, 0.0))
    unsure = (0.3, 0.1, 0.0, 0.6)
    most, all_of_them = (weighed(model, [unsure, *[HIT] * n, *[MISS] * (6 - n)])[0] for n in (4, 6))
    assert all_of_them == pytest.approx(most)


@pytest.mark.parametrize(
    "doubt, company, verdict",
    [
        (0.55, 2.6, Verdict.HIT),
        (0.65, 1.0, Verdict.MISS),  # likelier than not is not enough
        (0.75, 9.0, Verdict.MISS),  # words leave it too little of a chance
    ],
)
def test_good_company_alone_makes_no_point(doubt: float, company: float, verdict: Verdict) -> None:
    """What neither the scorer nor its words find has to have a chance by words, and become likely."""
    unsaid = (1.0 - doubt, 0.0, 0.0, doubt)
    model = weighing(others_hit=(company, 0.0, 0.0, 0.0))
    assert likeliest(weighed(model, [unsaid, *[HIT] * 4])[0]) is verdict


def test_what_the_scorer_finds_need_not_be_likely() -> None:
    model = weighing(others_hit=(5.0, 0.0, 0.0, 0.0))
    unsaid = (0.1, 0.0, 0.0, 0.9)
    found = weighed(model, [unsaid, *[HIT] * 4], [HIT] * 5)[0]
    assert likeliest(found) is Verdict.HIT
    assert found[-1] > 0.3


@cache
def shipped_weighing() -> Weighing:
    shipped = shipped_calibration(load_prompt("economic-reforms-impact"))
    assert shipped is not None
    assert shipped.weighing is not None
    return shipped.weighing


@given(
    st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4),
    st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4),
    st.integers(0, 8),
)
def test_a_point_more_never_costs_another_one(own: list[float], taught: list[float], made: int) -> None:
    """By the weights that ship: whoever adds a point to an essay loses nothing elsewhere by it."""
    alike = dict.fromkeys(MEASURES, 0.4)
    before, after = (tuple(value / sum(values) for value in values) for values in (own, taught))

    def credit(hits: int) -> float:
        others = [HIT] * hits + [MISS] * (9 - hits)
        found = shipped_weighing().weigh([before, *others], [after, *others], [alike] * 10)[0]
        return CREDIT[likeliest(found)]

    assert credit(made + 1) >= credit(made)


def test_it_is_fitted_to_what_marks_say_of_held_out_points() -> None:
    """Words that are surely wrong half of the time are trusted half as much."""

    def held(essay: int, human: Verdict) -> Held:
        said = dict.fromkeys(MEASURES, 0.5)
        view = PointView("trade", (), said, (0.25,) * 4, Verdict.MISS)
        return Held(MarkedPoint(f"e{essay}", view, Verdict.MISS, human), HIT if essay % 2 else MISS)

    marks = {1: (Verdict.HIT, Verdict.MISS), 0: (Verdict.MISS, Verdict.MISS)}
    rows = [held(n, marks[n % 2][n // 2 % 2]) for n in range(400)]
    rows += [held(n, other) for n, other in enumerate((Verdict.PARTIAL, Verdict.CONTRADICTED), 1000)]
    model = fit_weighing(rows)
    assert tuple(model.weights) == names_of(MEASURES)
    views = [rows[1].point.view]
    sure, unsure = (
        model.weigh([view.chances for view in views], [taught], [view.similarities for view in views])[0]
        for taught in (HIT, MISS)
    )
    assert sure[0] == pytest.approx(0.5, abs=0.06)
    assert unsure[0] < 0.1


def test_its_signs_are_named_once() -> None:
    assert len(set(names_of(MEASURES))) == len(names_of(MEASURES)) == len(SIGNS) + len(MEASURES)
