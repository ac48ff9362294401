"""Passages that stand word for word in the notes, on a card or in the model answer earn nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.attacks.rehearsal import for_rehearsal
from grader.scorer import KeyPointScorer
from tests.bee_rubric import CARD, GOOD, NOTES, bee_rubric

SCORER = KeyPointScorer(bee_rubric(), notes=[NOTES])
PROSE = (
    " The garden was quiet in the evening and nobody came to see it for a long time, which I did not mind."
)
COPIED = " Elsewhere dry summers emptied ponds and ditches, so that frogs and newts had to walk to the river."


@pytest.mark.parametrize("source", [CARD, NOTES])
def test_copied_notes_are_set_aside_and_flagged(source: str) -> None:
    report = SCORER.score(source + PROSE * 3)
    assert report.score == 0
    assert any("copied" in advisory.code for advisory in report.advisories)


@pytest.mark.parametrize("text", [GOOD, GOOD.upper(), "My essay.\n\n" + GOOD[200:] + PROSE])
def test_a_model_answer_handed_in_earns_nothing_and_says_so(text: str) -> None:
    report = KeyPointScorer(replace(bee_rubric(), model_answer=GOOD)).score(text)
    assert report.score == 0
    (advisory,) = [each for each in report.advisories if "copied" in each.code]
    assert advisory.code == "copied-model-answer"
    assert "copied-model-answer" in {passage.code for passage in report.set_aside}
    assert report.level is None


def test_own_words_beside_a_passage_of_a_model_answer_are_marked() -> None:
    question = replace(bee_rubric(), model_answer="Beekeepers in our valley " + COPIED)
    alone, beside = (KeyPointScorer(question).score(text) for text in (GOOD, GOOD + COPIED))
    assert beside.score == alone.score > 0
    (passage,) = beside.set_aside
    assert (GOOD + COPIED)[passage.start : passage.end].strip(". ") == COPIED.strip(". ")


def test_trying_out_a_model_answer_is_not_copying_it() -> None:
    question = replace(bee_rubric(), model_answer=GOOD)
    report = KeyPointScorer(for_rehearsal(question)).score(GOOD)
    assert report.score == SCORER.score(GOOD).score > 0
    assert report.set_aside == ()


def test_who_shares_a_few_words_with_a_model_answer_has_not_copied_it() -> None:
    scorer = KeyPointScorer(replace(bee_rubric(), model_answer=GOOD))
    text = (
        "Bees matter because they carry pollen, and in 1994 farmers sprayed chemicals on their fields."
        + PROSE
    )
    assert not any("copied" in advisory.code for advisory in scorer.score(text).advisories)


LINES = (
    "Elsewhere dry summers emptied ponds and ditches, so that frogs and newts had to walk to the river.",
    "Old barns were pulled down at that time.",
    "Swallows found nowhere to nest in spring.",
)


def test_pasted_lines_that_are_joined_by_a_few_words_are_all_set_aside() -> None:
    scorer = KeyPointScorer(bee_rubric(), notes=[" ".join(LINES)])
    joined = f"To begin with, {LINES[0]} It is said that {LINES[1].lower()} Then {LINES[2]}"
    report = scorer.score(joined + PROSE)
    (passage,) = report.set_aside
    assert joined[passage.start : passage.end].endswith("to nest in spring")


def test_a_few_words_of_the_notes_are_no_copy_where_little_else_is() -> None:
    scorer = KeyPointScorer(bee_rubric(), notes=[" ".join(LINES)])
    text = GOOD + " Old barns were pulled down at that time." + PROSE
    assert scorer.score(text).set_aside == ()
