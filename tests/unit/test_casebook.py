"""The test bench sorts what became of each key point, with the sentences on both sides."""

from __future__ import annotations

import pytest

from grader.agreement.casebook import CaseKind, collect_cases
from grader.agreement.comparison import MarkedEssay
from grader.report import CREDIT, Clash, NearMiss, PointReport, ScoreReport, Span, Verdict

TEXT = "Zoë wrote: trade grew. Grain ran short in 1965. L’été fut froid."
TRADE, GRAIN = Span(11, 22), Span(23, 47)
HIT, PARTIAL, AGAINST, MISS = Verdict.HIT, Verdict.PARTIAL, Verdict.CONTRADICTED, Verdict.MISS


def essay(number: int = 1, **labels: Verdict) -> MarkedEssay:
    return MarkedEssay(f"e{number}", "reforms", TEXT, labels, {"trade": "trade grew"})


def report(**points: PointReport) -> ScoreReport:
    return ScoreReport("reforms", 0.0, 2.0, 12, tuple(points.values()), (), (), None, (), (), "")


def point(verdict: Verdict, *spans: Span, key: str = "trade", **more: object) -> PointReport:
    return PointReport(key, verdict, CREDIT[verdict], 0.9, spans, **more)  # type: ignore[arg-type] # near miss, clash


@pytest.mark.parametrize(
    "human,machine,kind",
    [
        (HIT, HIT, CaseKind.RIGHTLY_CREDITED),
        (HIT, PARTIAL, CaseKind.RIGHTLY_CREDITED),
        (MISS, PARTIAL, CaseKind.WRONGLY_CREDITED),
        (AGAINST, HIT, CaseKind.WRONGLY_CREDITED),
        (PARTIAL, MISS, CaseKind.MISSED),
        (HIT, AGAINST, CaseKind.WRONGLY_CONTRADICTED),
        (MISS, AGAINST, CaseKind.WRONGLY_CONTRADICTED),
        (AGAINST, MISS, CaseKind.CONTRADICTION_MISSED),
        (AGAINST, AGAINST, None),
        (MISS, MISS, None),
    ],
)
def test_every_pair_of_verdicts_has_its_place(
    human: Verdict, machine: Verdict, kind: CaseKind | None
) -> None:
    (found,) = collect_cases([(essay(trade=human), report(trade=point(machine)))])
    assert [case.kind for case in found.cases] == ([kind] if kind else [])


def test_a_hand_made_corpus_gives_figures_that_can_be_counted_by_hand() -> None:
    graded = [
        (essay(1, trade=HIT, grain=MISS), report(t=point(HIT, TRADE), g=point(PARTIAL, GRAIN, key="grain"))),
        (essay(2, trade=HIT, grain=HIT), report(t=point(MISS), g=point(AGAINST, GRAIN, key="grain"))),
        (essay(3, trade=PARTIAL, grain=MISS), None),
    ]
    trade, grain = collect_cases(graded)
    assert [len(trade.of(kind)) for kind in CaseKind] == [1, 0, 2, 0, 0]
    assert [len(grain.of(kind)) for kind in CaseKind] == [0, 1, 0, 1, 0]
    assert [case.essay for case in trade.of(CaseKind.MISSED)] == ["e2", "e3"]


def test_a_case_quotes_both_sides() -> None:
    (found,) = collect_cases([(essay(trade=HIT), report(t=point(HIT, TRADE, GRAIN)))])
    (case,) = found.cases
    assert (case.marked, case.read) == ("trade grew", "trade grew. ... Grain ran short in 1965.")


def test_a_missed_point_shows_the_nearest_passage_and_what_it_lacks() -> None:
    near = NearMiss(GRAIN, ("who sold it",))
    (found,) = collect_cases([(essay(trade=HIT), report(t=point(MISS, near_miss=near)))])
    (case,) = found.of(CaseKind.MISSED)
    assert (case.read, case.lacks) == ("Grain ran short in 1965.", ("who sold it",))


def test_a_clash_says_what_was_read_and_what_the_notes_say() -> None:
    clashing = point(AGAINST, GRAIN, clash=Clash("date", "1965", "1963"))
    (found,) = collect_cases([(essay(trade=PARTIAL), report(t=clashing))])
    (case,) = found.of(CaseKind.WRONGLY_CONTRADICTED)
    assert (case.wrote, case.notes) == ("1965", "1963")


def test_a_point_that_nobody_credits_is_listed_without_cases() -> None:
    (found,) = collect_cases([(essay(trade=MISS), report())])
    assert (found.key, found.prompt, found.cases) == ("trade", "reforms", ())
