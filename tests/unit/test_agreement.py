"""Agreement over essays: figures with n, intervals that resample essays, and flags."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from grader.agreement import measure_agreement
from grader.agreement.comparison import Comparison, Judgement, compare, marked_essay_from_json
from grader.report import LevelRange, PointReport, ScoreReport, Span, Verdict

LETTERS = {"h": Verdict.HIT, "p": Verdict.PARTIAL, "c": Verdict.CONTRADICTED, "-": Verdict.MISS}


def essay(
    human: str, machine: str, *, level: int | None = None, given: LevelRange | None = None
) -> Comparison:
    """One essay written as two rows of letters: hit, partial, contradicted, - for a miss."""
    judgements = tuple(
        Judgement(f"g{number}", LETTERS[h], LETTERS[m])
        for number, (h, m) in enumerate(zip(human, machine, strict=True), start=1)
    )
    return Comparison(judgements, human_level=level, machine_level=given)


def value(comparisons: Sequence[Comparison], name: str) -> float | None:
    return measure_agreement(comparisons, seed=1, resamples=50).figures[name].value


MIXED = [essay("hhp-", "hh--"), essay("hc--", "hh--"), essay("hhhh", "hhhp"), essay("----", "---h")]


def test_credit_f1_counts_hits_and_partials_alike() -> None:
    # both credit 7 judgements; people credit 8, the machine 9
    assert value(MIXED, "credit_f1") == pytest.approx(2 * 7 / (8 + 9))


def test_a_contradiction_that_the_machine_credits_is_counted() -> None:
    figure = measure_agreement(MIXED, seed=1, resamples=50).figures["contradictions_credited"]
    assert (figure.value, figure.n) == (1.0, 1)


def test_marks_are_shares_of_credit_in_tenths() -> None:
    # .625 and .5, .25 and .5, 1 and .875, 0 and .25: in tenths 6/5, 2/5, 10/9, 0/2
    assert value(MIXED, "mark_exact") == 0
    assert value(MIXED, "mark_adjacent") == pytest.approx(0.5)
    assert value(MIXED, "mark_mae") == pytest.approx((0.125 + 0.25 + 0.125 + 0.25) / 4)


def test_full_agreement_is_one_everywhere_and_raises_no_flag() -> None:
    same = [essay(letters, letters) for letters in ("hp-c", "hh--", "hhhh", "----")]
    agreement = measure_agreement(same, seed=1)
    for name in ("credit_f1", "verdict_kappa", "mark_qwk", "mark_exact", "mark_adjacent"):
        assert agreement.figures[name].value == pytest.approx(1)
    assert agreement.figures["mark_smd"].value == pytest.approx(0)
    assert agreement.flags == ()


def test_a_generous_machine_is_flagged_in_words() -> None:
    generous = [essay("h---", "hhhh"), essay("----", "hhhh"), essay("hh--", "hhhh")]
    flags = measure_agreement(generous, seed=1, resamples=50).flags
    assert any(flag.startswith("QWK of the marks is") for flag in flags)
    assert "0% of the marks are within one tenth, below 95%." in flags
    assert any(flag.startswith("The machine marks higher than people") for flag in flags)


def test_the_same_seed_gives_the_same_intervals_and_another_seed_others() -> None:
    first, again, other = (measure_agreement(MIXED, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.figures["credit_f1"] != other.figures["credit_f1"]


def test_an_interval_holds_the_figure_and_narrows_with_more_essays() -> None:
    few, many = (measure_agreement(MIXED * times, seed=1).figures["credit_f1"] for times in (2, 40))
    for figure in (few, many):
        assert figure.value is not None and figure.low is not None and figure.high is not None
        assert figure.low <= figure.value <= figure.high
    assert (many.high or 0) - (many.low or 0) < (few.high or 0) - (few.low or 0)


def test_the_bootstrap_resamples_essays_so_asking_twice_in_an_essay_narrows_nothing() -> None:
    doubled = [
        Comparison(tuple(Judgement(j.key + s, j.human, j.machine) for s in "ab" for j in c.judgements))
        for c in MIXED
    ]
    once, twice = (measure_agreement(c, seed=3).figures["credit_f1"] for c in (MIXED, doubled))
    assert (once.low, once.high) == pytest.approx((twice.low, twice.high))


def test_each_key_point_has_its_own_counts() -> None:
    point = measure_agreement(MIXED, seed=1, resamples=10).points[1]
    assert (point.key, point.n, point.credited) == ("g2", 4, 2)
    assert (point.rightly_credited, point.wrongly_credited, point.overlooked) == (2, 1, 0)
    assert point.exact.value == pytest.approx(0.75)


def test_levels_count_where_both_gave_one() -> None:
    essays = [
        essay("h", "h", level=3, given=LevelRange(2, 3)),
        essay("h", "h", level=5, given=LevelRange(3, 4)),
        essay("h", "h", level=5),
    ]
    figures = measure_agreement(essays, seed=1, resamples=10).figures
    assert (figures["level_in_range"].value, figures["level_in_range"].n) == (0.5, 2)
    assert figures["level_width"].value == 2


def test_no_essays_give_undefined_figures_and_no_error() -> None:
    agreement = measure_agreement([], seed=1)
    assert agreement.essays == agreement.judgements == 0
    assert all(figure.value is None and figure.n == 0 for figure in agreement.figures.values())


def marked(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "id": "e1",
        "prompt": "q",
        "text": "Trade grew — Zoë's view. Farms did not.",
        "labels": {"g1": "hit", "g2": "miss", "g3": "partial"},
        "evidence": {"g1": "Trade grew"},
        "level": 3,
    }
    return values | changes


def report(*points: PointReport) -> ScoreReport:
    return ScoreReport("q", 1.0, 3.0, 7, points, (), (), LevelRange(2, 3), (), (), "s")


def test_evidence_is_right_where_it_touches_the_words_that_a_person_pointed_to() -> None:
    gold = marked_essay_from_json(marked())
    right = compare(gold, report(PointReport("g1", Verdict.HIT, 1.0, 0.9, (Span(6, 20),))))
    wrong = compare(gold, report(PointReport("g1", Verdict.PARTIAL, 0.5, 0.9, (Span(25, 30),))))
    assert right.judgements[0].evidence_right is True
    assert wrong.judgements[0].evidence_right is False
    assert right.judgements[2] == Judgement("g3", Verdict.PARTIAL, Verdict.MISS)


def test_an_essay_that_was_refused_counts_as_one_with_nothing_found() -> None:
    comparison = compare(marked_essay_from_json(marked()), None)
    assert {judgement.machine for judgement in comparison.judgements} == {Verdict.MISS}
    agreement = measure_agreement([comparison], seed=1, resamples=10)
    assert (agreement.ungraded, agreement.figures["credit_f1"].value) == (1, 0.0)


@pytest.mark.parametrize(
    "changes,sentence",
    [
        ({"id": 7}, '"id" should be a text in quotes.'),
        ({"labels": {}}, '"labels" should give a verdict for each key point'),
        ({"labels": {"g1": "splendid"}}, 'A verdict in "labels" is not one of hit, partial'),
        ({"evidence": ["x"]}, '"evidence" should give the words'),
        ({"level": "B"}, '"level" should be a whole number'),
        ({"level": True}, '"level" should be a whole number'),
    ],
)
def test_a_malformed_marked_essay_is_refused_with_what_to_do(
    changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        marked_essay_from_json(marked(**changes))
