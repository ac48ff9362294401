"""Agreement with marked essays and resistance to cheating stay above their floors.

Every question is graded with parameters that were fitted without it. The essays are synthetic, the
floors lie below the figures of docs/scoring.md by about what another forty essays might move them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from bench.corpora import (
    ESSAYS,
    FITTED,
    FRESH,
    ONLY_MEASURED,
    REFUTING,
    Corpora,
    Rows,
    read_corpora,
    read_lines,
)
from bench.loqo import Graded, figures, scorers_without_own_question, take_claims
from grader.report import Verdict
from grader.rubric import KeyPoint
from grader.scorer import KeyPointScorer
from prompts import load_prompt, shipped_calibration

GAMING = Path(__file__).parents[1] / "data" / "gaming.jsonl"
FURTHER_ATTEMPTS, LATER_ATTEMPTS = map(GAMING.with_name, ("further-attempts.jsonl", "later-attempts.jsonl"))
AT_LEAST = {
    "credit F1": 0.86,
    "verdict kappa": 0.62,
    "F1 of partial": 0.25,
    "F1 of contradicted": 0.50,
    "mark QWK": 0.80,
    "evidence overlap": 0.90,
    "level in range": 0.75,
}
AT_MOST = {"mark MAE": 0.13, "contradictions credited": 0.40, "width of range": 2.0}


@pytest.fixture(scope="module")
def fitted() -> Corpora:
    return read_corpora(FITTED)


@pytest.fixture(scope="module")
def scorers(fitted: Corpora) -> dict[str, KeyPointScorer]:
    """A scorer for every question, fitted without it."""
    asked = {row["prompt"] for row in (*fitted.essays, *fitted.further, *fitted.claims)}
    return scorers_without_own_question(asked, fitted)


@pytest.fixture(scope="module")
def graded(fitted: Corpora, scorers: dict[str, KeyPointScorer]) -> list[Graded]:
    unfitted = [row for path in ONLY_MEASURED for row in read_lines(path)]
    rows = [*fitted.essays, *fitted.further, *unfitted]
    return [Graded(row, scorers[row["prompt"]].score(row["text"])) for row in rows]


def of(rows: Rows, graded: list[Graded]) -> dict[str, float]:
    """Return the figures of some of the essays."""
    ids = {row["id"] for row in rows}
    return figures([one for one in graded if one.essay["id"] in ids])


def test_agreement_on_unseen_questions_stays_above_its_floors(fitted: Corpora, graded: list[Graded]) -> None:
    found = of(fitted.essays, graded)
    assert {name: found[name] for name, floor in AT_LEAST.items() if found[name] < floor} == {}
    assert {name: found[name] for name, limit in AT_MOST.items() if found[name] > limit} == {}


@pytest.mark.parametrize(
    "prefix, credit, kappa",
    [
        ("held", 0.82, 0.65),  # questions that no essay was fitted on
        ("unseen", 0.80, 0.58),  # essays that no model is fitted on
        ("later", 0.78, 0.55),  # others, written when the fourth round was over
        ("last", 0.85, 0.55),  # and when the fifth was
        ("newest", 0.82, 0.52),  # and when calibrations came with the unit
        ("varied", 0.72, 0.45),  # of more kinds, with more near misses and errors
        ("wider", 0.70, 0.43),  # the same, by writers who were to differ from all others
        ("broader", 0.70, 0.43),  # the same, by six more, of two dozen kinds
        ("plain", 0.78, 0.52),  # fourteen kinds, by six more
        ("ample", 0.78, 0.50),  # and by six more
        ("manifold", 0.74, 0.45),  # and by seven who write loosely, briefly or at length
        ("diverse", 0.76, 0.48),  # and by ten more, half of them with gaps and slips
        ("further", 0.73, 0.42),  # essays that keep away from the phrasings
        (("antibiotics", "aswan-dam"), 0.68, 0.38),  # subjects that no weight was fitted on
    ],
)
def test_agreement_on_other_essays_stays_above_its_floors(
    graded: list[Graded], prefix: str | tuple[str, ...], credit: float, kappa: float
) -> None:
    found = figures([one for one in graded if str(one.essay["id"]).startswith(prefix)])
    assert found["credit F1"] >= credit
    assert found["verdict kappa"] >= kappa


def test_what_marked_essays_taught_makes_marks_of_others_agree_more() -> None:
    """As shipped, with and without its calibration, on essays that nothing at all was fitted on.

    `python -m bench.taught` measures the same for every set, by calibrations of the other sets.
    """
    before: list[Graded] = []
    after: list[Graded] = []
    for path in FRESH:
        rows = read_lines(path)
        own, taught = ([_shipped(row, taught=taught) for row in rows] for taught in (False, True))
        assert figures(taught)["verdict kappa"] >= figures(own)["verdict kappa"] + 0.05, path.stem
        before, after = before + own, after + taught
    assert figures(after)["verdict kappa"] >= figures(before)["verdict kappa"] + 0.12
    assert figures(after)["credit F1"] >= figures(before)["credit F1"] + 0.02
    assert figures(after)["mark MAE"] <= figures(before)["mark MAE"] - 0.02


def test_who_rejects_what_others_claim_is_mostly_believed() -> None:
    """No claim in these essays is wrong as their writers state it; they report many that are."""
    graded = [_shipped(row, taught=True) for row in read_lines(REFUTING)]
    given = [verdict for one in graded for _, verdict in one.pairs]
    assert given.count(Verdict.CONTRADICTED) <= 0.08 * len(given)
    assert figures(graded)["verdict kappa"] >= 0.72


def _shipped(row: dict[str, Any], *, taught: bool) -> Graded:
    return Graded(row, _scorer(row["prompt"], (), taught).score(row["text"]))


def test_single_claims_are_mostly_taken_for_what_they_are(
    fitted: Corpora, scorers: dict[str, KeyPointScorer]
) -> None:
    """Claims turned round in other words fall short, and have no floor here (docs/scoring.md)."""
    taken = take_claims(fitted.claims, scorers)
    assert taken["made", "credited"] >= 74
    assert taken["denied", "contradicted"] >= 38
    assert taken["made by denying", "contradicted"] <= 24
    assert taken["error refuted, point made", "contradicted"] <= 10


def without_essentials(point: KeyPoint) -> KeyPoint:
    return replace(point, essentials=())


def without_halves_and_opposites(point: KeyPoint) -> KeyPoint:
    return replace(point, partial=(), contrary=())


def with_phrasings_alone(point: KeyPoint) -> KeyPoint:
    return replace(point, essentials=(), partial=(), contrary=())


def with_its_statement_alone(point: KeyPoint) -> KeyPoint:
    return replace(with_phrasings_alone(point), accept=())


@pytest.mark.parametrize(
    "thin, kappa",
    [
        (without_essentials, 0.55),
        (without_halves_and_opposites, 0.57),
        (with_phrasings_alone, 0.45),
        (with_its_statement_alone, 0.33),
    ],
)
def test_agreement_by_a_rubric_that_gives_less_stays_above_its_floor(
    thin: Callable[[KeyPoint], KeyPoint], kappa: float
) -> None:
    graded: list[Graded] = []
    for slug, essays in groupby(read_lines(ESSAYS), key=itemgetter("prompt")):
        prompt = load_prompt(slug)
        scorer = KeyPointScorer(replace(prompt, key_points=tuple(map(thin, prompt.key_points))))
        graded += [Graded(essay, scorer.score(essay["text"])) for essay in essays]
    assert figures(graded)["verdict kappa"] >= kappa


@pytest.mark.parametrize(
    "kind, held_at_least",
    [
        ("keyword-soup", 3), ("stuffed", 2), ("repetition", 2), ("question-echo", 3), ("negated", 2),
        ("off-topic", 3), ("notes-paste", 3), ("other-side", 3), ("reported-then-rejected", 2), ("babel", 2),
        ("wrong-facts", 2), ("swapped-roles", 2),
    ],
)  # fmt: skip
def test_attempts_of_a_kind_stay_unpaid(kind: str, held_at_least: int) -> None:
    cases = [case for case in read_lines(GAMING) if case["kind"] == kind]
    assert sum(_is_held(case) for case in cases) >= held_at_least


@pytest.mark.parametrize(
    "kind, share",
    [
        ("keyword-soup", 0.75), ("stuffed", 0.7), ("repetition", 0.8), ("question-echo", 0.9),
        ("other-side", 0.9), ("babel", 0.7), ("wrong-facts", 0.7), ("off-topic", 0.65),
        ("negated", 0.6), ("reported-then-rejected", 0.7), ("swapped-roles", 0.3),
    ],
)  # fmt: skip
def test_further_attempts_of_a_kind_stay_unpaid(kind: str, share: float) -> None:
    """The models have seen these, but for what is set aside."""
    cases = [case for case in read_lines(FURTHER_ATTEMPTS) if case["kind"] == kind]
    assert sum(_is_held(case) for case in cases) >= share * len(cases)


@pytest.mark.parametrize(
    "kind, held_at_least",
    [
        ("negated", 18), ("wrong-facts", 18), ("reported-then-rejected", 15), ("off-topic", 15),
        ("babel", 16), ("keyword-soup", 13), ("stuffed", 9), ("repetition", 12), ("question-echo", 13),
        ("other-side", 13), ("swapped-roles", 12),
    ],
)  # fmt: skip
def test_attempts_that_no_model_has_seen_stay_unpaid(kind: str, held_at_least: int) -> None:
    """With all that ships, which has learnt from claims that turn single points round."""
    cases = [case for case in read_lines(LATER_ATTEMPTS) if case["kind"] == kind]
    assert sum(_is_held(case, shipped=True) for case in cases) >= held_at_least


@cache
def _scorer(slug: str, notes: tuple[str, ...], shipped: bool) -> KeyPointScorer:
    prompt = load_prompt(slug)
    return KeyPointScorer(prompt, notes=notes, calibration=shipped_calibration(prompt) if shipped else None)


def _is_held(case: dict[str, object], *, shipped: bool = False) -> bool:
    text, expect = str(case["text"]), case["expect"]
    assert isinstance(expect, dict)
    notes = (text,) if case["kind"] == "notes-paste" else ()
    report = _scorer(str(case["prompt"]), notes, shipped).score(text)
    told = Counter(report.point(key).verdict is Verdict.CONTRADICTED for key in expect["contradicted"])
    if case["kind"] == "reported-then-rejected":
        return all(point.verdict is not Verdict.CONTRADICTED for point in report.points)
    if case["kind"] == "notes-paste":
        return any("copied" in advisory.code for advisory in report.advisories)
    paid = expect["max_share"] is not None and report.score / report.max_score > expect["max_share"] + 0.05
    return not paid and told[True] >= told[False]
