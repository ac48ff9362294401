"""From marked essays to a calibration, and when it may not replace what marks now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.agreement.comparison import MarkedEssay
from grader.calibration import Calibration
from grader.calibration.point_view import MEASURES
from grader.errors import CalibrationError
from grader.learning import FittedCalibration, InForce, fit
from grader.report import Verdict
from prompts import load_prompt

PROMPT = load_prompt("economic-reforms-impact")
KEY = "g2-working-conditions"
SAID = "For the man at the lathe the factory gate opened sooner on a Saturday, and his wallet hardly felt it."
UNSAID = "Khrushchev's reforms of the Soviet economy have been argued over ever since, and opinions differ."


def essay(number: int, *, verdict: Verdict | None = None) -> MarkedEssay:
    """Return a synthetic essay: odd numbers make a point in words that no rubric holds."""
    text = f"{SAID if number % 2 else UNSAID} That much any historian of the Soviet Union would grant."
    right = Verdict.HIT if number % 2 else Verdict.MISS
    return MarkedEssay(f"e{number}", PROMPT.slug, text, {KEY: verdict or right})


@pytest.fixture(scope="module")
def fitted() -> FittedCalibration:
    return fit(PROMPT, [essay(n) for n in range(16)], seed=1)


def test_what_markers_see_and_the_scorer_does_not_is_learnt(fitted: FittedCalibration) -> None:
    assert fitted.refusal == ""
    figures = fitted.figures()
    assert (figures["essays"], figures["judgements"]) == (16, 16)
    assert figures["before"]["verdict_exact"]["value"] == 0.5
    assert figures["after"]["verdict_exact"]["value"] == 1.0


def test_the_calibration_belongs_to_the_rubric(fitted: FittedCalibration) -> None:
    assert fitted.calibration.structure_hash == PROMPT.structure_hash
    assert fitted.calibration.similarities == MEASURES


def test_one_that_agrees_no_better_is_refused_with_the_figures() -> None:
    agreed = fit(PROMPT, [essay(2 * n) for n in range(10)], seed=1)
    assert "no better" in agreed.refusal
    assert "kappa 1.000 against 1.000 (over 10 essays, 10 verdicts)" in agreed.refusal


def test_one_that_credits_worse_is_refused(fitted: FittedCalibration) -> None:
    worse = replace(fitted.before.figures["credit_f1"], value=1.0)
    before = replace(fitted.before, figures={**fitted.before.figures, "credit_f1": worse})
    after = replace(
        fitted.after,
        figures={**fitted.after.figures, "credit_f1": replace(fitted.after.figures["credit_f1"], value=0.9)},
    )
    assert "credit F1 0.900 against 1.000" in replace(fitted, before=before, after=after).refusal


def test_one_that_agrees_less_than_the_one_in_force_is_refused(fitted: FittedCalibration) -> None:
    marked = [essay(n, verdict=Verdict.MISS if n >= 16 else None) for n in range(24)]
    rival = Calibration(PROMPT.structure_hash, MEASURES, {"always": (-9.0, 0.0, 0.0, 9.0)}, {})
    beaten = fit(PROMPT, marked, seed=1, in_force=InForce(rival, {f"e{n}" for n in range(16)}))
    assert beaten.duel is not None
    assert beaten.duel.n == 8
    assert beaten.duel.in_force == 1.0
    assert ("one in force" in beaten.refusal) == (beaten.duel.new < 1.0)


def test_there_is_no_duel_where_the_one_in_force_has_seen_everything(fitted: FittedCalibration) -> None:
    marked = [essay(n) for n in range(8)]
    again = fit(PROMPT, marked, seed=1, in_force=InForce(fitted.calibration, {e.id for e in marked}))
    assert again.duel is None


def test_a_few_drafts_of_one_writer_are_too_little() -> None:
    marked = [essay(n) for n in range(8)]
    with pytest.raises(CalibrationError, match="essays by 1 writers; fitting takes at least 5"):
        fit(PROMPT, marked, seed=1, writers={e.id: "ada" for e in marked})


def test_texts_that_cannot_be_marked_are_passed_over() -> None:
    blank = MarkedEssay("blank", PROMPT.slug, "   ", {KEY: Verdict.MISS})
    assert fit(PROMPT, [*(essay(n) for n in range(8)), blank], seed=1).essays == 8
