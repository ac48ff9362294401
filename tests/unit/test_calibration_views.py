"""What a calibration gets to see, and what it may change."""

from __future__ import annotations

from dataclasses import replace
from math import log

from grader.attacks.rehearsal import for_rehearsal
from grader.calibration import Calibration, PointView
from grader.calibration.calibrated import judge_taught
from grader.calibration.chances import likeliest
from grader.calibration.point_view import MEASURES
from grader.report import Verdict
from grader.scorer import KeyPointScorer
from grader.verdicts.company import ALONE, Company
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


CREDITS, ACCUSES = (
    Calibration(PROMPT.structure_hash, MEASURES, {"always": weights}, {})
    for weights in ((50.0, 0.0, 0.0, 0.0), (0.0, 0.0, 50.0, 0.0))
)
VIEW = SCORER.views(ANSWER)[0]
HIT, CONTRADICTED, MISS = (replace(VIEW, own=v) for v in (Verdict.HIT, Verdict.CONTRADICTED, Verdict.MISS))


def judged(
    views: list[PointView], calibration: Calibration, company: Company = ALONE, *, prose: bool = True
) -> list[Verdict]:
    return [found.verdict for found in judge_taught(views, calibration, company, prose=prose)]


def accused_of_others() -> list[PointView]:
    """Return views of two other key points, which say the opposite beyond doubt."""
    return [replace(CONTRADICTED, key=f"other-{number}", chances=(0.0, 0.0, 1.0, 0.0)) for number in (1, 2)]


def test_who_rejects_false_claims_is_accused_of_nothing_by_their_words() -> None:
    """Words are what a calibration goes by, and a refuted claim has the words of the error."""
    assert judged([HIT], ACCUSES) == [Verdict.CONTRADICTED]
    assert judged([HIT], ACCUSES, Company(knows=True)) == [Verdict.HIT]


def test_who_turns_the_notes_round_is_acquitted_of_nothing_by_their_words() -> None:
    """A text that says the opposite of everything has the words of the notes."""
    opposite, others = Verdict.CONTRADICTED, accused_of_others()
    some_doubt = replace(CONTRADICTED, chances=(0.01, 0.0, 0.99, 0.0))
    more_likely = log(0.7 / 0.3) - log(0.01 / 0.99)
    about_one = Calibration(
        PROMPT.structure_hash, MEASURES, {}, {VIEW.key: {"always": (more_likely, 0.0, 0.0, 0.0)}}
    )
    assert judged([some_doubt, *others], about_one) == [Verdict.HIT, opposite, opposite]
    assert judged([some_doubt, *others], about_one, Company(turned=True)) == [opposite] * 3


def test_words_that_leave_hardly_a_doubt_acquit_even_in_a_text_that_seems_turned_round() -> None:
    """An honest writer who errs in every second point can look like that."""
    about_one = Calibration(PROMPT.structure_hash, MEASURES, {}, {VIEW.key: CREDITS.shared})
    found = judged([CONTRADICTED, *accused_of_others()], about_one, Company(turned=True))
    assert found == [Verdict.HIT, Verdict.CONTRADICTED, Verdict.CONTRADICTED]


def test_a_text_that_is_acquitted_of_most_was_not_turned_round() -> None:
    assert judged([CONTRADICTED] * 3, CREDITS, Company(turned=True)) == [Verdict.HIT] * 3


def test_marks_find_nothing_more_beside_lists() -> None:
    assert judged([MISS, HIT], CREDITS) == [Verdict.HIT, Verdict.HIT]
    assert judged([MISS, HIT], CREDITS, prose=False) == [Verdict.MISS, Verdict.HIT]


def test_a_view_holds_what_a_passage_says_and_what_it_denies() -> None:
    """In the terms and ideas of the rubric: a calibration can weigh them, whatever word they came in."""
    said = "Trade with the communist countries of Europe grew."
    views = {"": SCORER.views(said)[0], "!": SCORER.views(said.replace("grew", "never grew"))[0]}
    ideas = {mark: {gram for gram in view.grams[1] if gram.startswith("s:@")} for mark, view in views.items()}
    denied = {idea for idea in ideas["!"] if idea.endswith("!")}
    assert denied
    assert {idea.rstrip("!") for idea in denied} <= ideas[""]


def test_a_text_in_which_nothing_can_count_has_no_views() -> None:
    assert (
        SCORER.views("Ich weiß leider gar nichts über dieses Thema und schreibe nur auf Deutsch. " * 5) == ()
    )
