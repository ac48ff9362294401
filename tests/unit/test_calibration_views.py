"""What a calibration gets to see: the scorer's own verdict, and measures that stay within bounds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.calibration import Calibration, decide
from grader.likeness import Likeness, compare_closely, nearest
from grader.point_view import MEASURES
from grader.rehearsal import for_rehearsal
from grader.scorer import KeyPointScorer
from grader.text import fold
from grader.tokens import Token, tokenise
from prompts import load_prompt

ANSWER = load_prompt("economic-reforms-impact").model_answer
PROMPT = for_rehearsal(load_prompt("economic-reforms-impact"))
SCORER = KeyPointScorer(PROMPT)
WORDS = st.text(st.sampled_from("the trade grew wheat Kruschev žito 1963 not, . ' ’ economics"), max_size=80)


def tokens(text: str) -> list[Token]:
    return list(tokenise(fold(text).text))


def same_weight(term: str) -> float:
    return 1.0


def test_views_come_to_the_verdicts_of_the_report() -> None:
    text = ANSWER
    report = SCORER.score(text)
    views = SCORER.views(text)
    assert [view.key for view in views] == [point.key for point in report.points]
    assert [decide(view.chances) for view in views] == [point.verdict for point in report.points]


def test_a_calibration_without_weights_changes_no_verdict_but_the_signature() -> None:
    nothing = Calibration(PROMPT.structure_hash, MEASURES, {}, {})
    as_it_is = SCORER.score(ANSWER)
    calibrated = KeyPointScorer(PROMPT, calibration=nothing).score(ANSWER)
    assert [p.verdict for p in calibrated.points] == [p.verdict for p in as_it_is.points]
    assert calibrated.signature != as_it_is.signature


def test_a_text_in_which_nothing_can_count_has_no_views() -> None:
    assert (
        SCORER.views("Ich weiß leider gar nichts über dieses Thema und schreibe nur auf Deutsch. " * 5) == ()
    )


def test_the_same_words_are_wholly_alike() -> None:
    assert compare_closely(tokens("Trade grew."), tokens("trade grew"), same_weight) == Likeness(*[1.0] * 6)


def test_slips_of_spelling_keep_most_of_their_worth() -> None:
    slip = compare_closely(
        tokens("Agricultrual output fell"), tokens("agricultural output fell"), same_weight
    )
    other = compare_closely(tokens("Political output fell"), tokens("agricultural output fell"), same_weight)
    assert slip.softly_covered > 0.7 > other.softly_covered


def test_another_year_is_another_thing() -> None:
    assert compare_closely(tokens("1965"), tokens("1956"), same_weight).softly_covered == 0.0


def test_no_phrasing_is_like_nothing() -> None:
    assert nearest(tokens("anything"), [], same_weight) == Likeness(*[0.0] * 6)


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_every_measure_is_between_nought_and_one(passage: str, phrasing: str) -> None:
    likeness = compare_closely(tokens(passage), tokens(phrasing), same_weight)
    assert all(0.0 <= value <= 1.0 + 1e-9 for value in likeness)
