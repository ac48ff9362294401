"""What a calibration gets to see, and what it may change."""

from __future__ import annotations

from dataclasses import replace

from grader.calibrated import judge_taught
from grader.calibration import Calibration, likeliest
from grader.company import ALONE, Company
from grader.point_view import MEASURES
from grader.rehearsal import for_rehearsal
from grader.report import Verdict
from grader.scorer import KeyPointScorer
from prompts import load_prompt

ANSWER = load_prompt("economic-reforms-impact").model_answer
PROMPT = for_rehearsal(load_prompt("economic-reforms-impact"))
SCORER = KeyPointScorer(PROMPT)


def test_views_come_to_the_verdicts_of_the_report() -> None:
    text = ANSWER
    report = SCORER.score(text)
    views = SCORER.views(text)
    assert [view.key for view in views] == [point.key for point in report.points]
    verdicts = [point.verdict for point in report.points]
    assert [view.own for view in views] == verdicts
    assert [likeliest(view.chances) for view in views] == verdicts


def test_a_calibration_without_weights_changes_no_verdict_but_the_signature() -> None:
    nothing = Calibration(PROMPT.structure_hash, MEASURES, {}, {})
    as_it_is = SCORER.score(ANSWER)
    calibrated = KeyPointScorer(PROMPT, calibration=nothing).score(ANSWER)
    assert [p.verdict for p in calibrated.points] == [p.verdict for p in as_it_is.points]
    assert calibrated.signature != as_it_is.signature


def test_who_rejects_false_claims_is_accused_of_nothing_by_their_words() -> None:
    """Words are what a calibration goes by, and a refuted claim has the words of the error."""
    accuses = Calibration(PROMPT.structure_hash, MEASURES, {"always": (0.0, 0.0, 50.0, 0.0)}, {})
    view = replace(SCORER.views(ANSWER)[0], own=Verdict.HIT)
    assert judge_taught(view, accuses, ALONE).verdict is Verdict.CONTRADICTED
    assert judge_taught(view, accuses, Company(knows=True)).verdict is Verdict.HIT


def test_a_text_in_which_nothing_can_count_has_no_views() -> None:
    assert (
        SCORER.views("Ich weiß leider gar nichts über dieses Thema und schreibe nur auf Deutsch. " * 5) == ()
    )
