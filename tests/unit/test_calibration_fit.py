"""Fitting: marks that tell something are learnt, marks that tell nothing leave the scorer alone."""

from __future__ import annotations

import json

import numpy as np
import pytest

from grader.calibration import PointView
from grader.calibration.chances import likeliest
from grader.calibration.fitting import MarkedPoint, Spread, agreement, chances_held_out, fit_weights
from grader.calibration.ngrams import word_ngrams
from grader.language.tokens import tokenise
from grader.report import Verdict
from grader.text import fold

LIKELY_MISS = (0.2, 0.05, 0.02, 0.73)
LIKELY_HIT = (0.73, 0.05, 0.02, 0.2)


def marked(
    essay: int, passage: str, human: Verdict, *, key: str = "trade", sure: bool = False
) -> MarkedPoint:
    chances = LIKELY_HIT if sure else LIKELY_MISS
    grams = (word_ngrams(tuple(tokenise(fold(passage).text).terms)),)
    own = likeliest(chances)
    return MarkedPoint(f"e{essay}", PointView(key, grams, {"covered": 0.4}, chances, own), own, human)


def overlooked(essays: int) -> list[MarkedPoint]:
    """Passages in which the markers see a point that the scorer does not: said in words it does not know."""
    said = "The breadbasket stood empty and wheat came by ship from Canada."
    unsaid = "Party officials quarrelled over who should speak next."
    return [marked(n, *((said, Verdict.HIT) if n % 2 else (unsaid, Verdict.MISS))) for n in range(essays)]


def judge_held_out(rows: list[MarkedPoint], seed: int) -> list[Verdict]:
    chances = chances_held_out(rows, seed=seed)
    return list(map(likeliest, chances))


def agrees(rows: list[MarkedPoint], machine: list[Verdict]) -> float:
    return agreement([row.human for row in rows], machine)


def test_words_that_markers_credit_are_learnt() -> None:
    rows = overlooked(20)
    assert agrees(rows, [row.machine for row in rows]) == 0.0
    assert agrees(rows, judge_held_out(rows, seed=1)) == 1.0


def test_the_fitted_weights_judge_like_the_held_out_ones() -> None:
    rows = overlooked(20)
    learnt = fit_weights(rows, structure_hash="s", seed=1)
    assert [likeliest(learnt.adjust(row.view)) for row in rows] == [row.human for row in rows]


def test_marks_that_follow_nothing_leave_the_scorer_alone() -> None:
    random = np.random.default_rng(7)
    rows = [
        marked(n, "The same words in every essay.", Verdict.HIT if sure else Verdict.MISS, sure=bool(sure))
        for n, sure in enumerate(random.integers(0, 2, 30))
    ]
    held_out = judge_held_out(rows, seed=1)
    assert held_out == [row.machine for row in rows]


def test_the_same_rows_and_seed_give_the_same_weights() -> None:
    first, again = (fit_weights(overlooked(12), structure_hash="s", seed=3) for _ in range(2))
    assert first == again


def test_other_key_points_lend_strength() -> None:
    near, far = {"covered": 0.9}, {"covered": 0.1}
    rows = [
        MarkedPoint(
            f"e{n}", PointView(f"point-{n}", (), alike, LIKELY_MISS, Verdict.MISS), Verdict.MISS, human
        )
        for n in range(15)
        for alike, human in ((near, Verdict.HIT), (far, Verdict.MISS))
    ]
    near_new, far_new = (PointView("new", (), alike, LIKELY_MISS, Verdict.MISS) for alike in (near, far))
    learnt = fit_weights(rows, structure_hash="s", seed=1)
    assert learnt.adjust(near_new)[0] > LIKELY_MISS[0] > learnt.adjust(far_new)[0]
    shared = Spread(shared=1.4, own=0.4, shared_grams=0.0, own_grams=1.4)
    learnt = fit_weights(rows, structure_hash="s", seed=1, spread=shared)
    verdicts = [likeliest(learnt.adjust(view)) for view in (near_new, far_new)]
    assert verdicts == [Verdict.HIT, Verdict.MISS]


def test_words_of_a_single_essay_are_never_stored() -> None:
    rows = [*overlooked(20), marked(99, "My cousin Zoë said xylophone.", Verdict.HIT)]
    kept = json.dumps(fit_weights(rows, structure_hash="s", seed=1).to_json(), ensure_ascii=False)
    assert "breadbasket" in kept
    assert "xylophon" not in kept


def test_one_essay_is_too_little_to_move_anything() -> None:
    assert judge_held_out(overlooked(1), seed=1) == [Verdict.MISS]


def test_nothing_to_fit_on_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to fit on"):
        fit_weights([], structure_hash="s", seed=1)
