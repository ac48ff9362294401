"""Questions: what they state, refute or leave open, and that a text of questions earns nothing."""

from __future__ import annotations

import pytest

from grader.language.essay import parse_essay
from grader.language.questions import Answer, questions, unanswered
from grader.language.refutation import refuted_ranges
from grader.scorer import KeyPointScorer
from tests.bee_rubric import GOOD, bee_rubric


@pytest.mark.parametrize(
    "text, answer",
    [
        ("Did farmers kill wild bees? Yes, with their sprays.", Answer.YES),
        ("Did farmers kill wild bees? They did.", Answer.YES),
        ("Did farmers kill wild bees? Of course not.", Answer.NO),
        ("Did farmers kill wild bees? They did not.", Answer.NO),
        ("Did farmers kill wild bees? On the contrary, they fed them.", Answer.NO),
        ("Did farmers kill wild bees? Some people think so.", Answer.NONE),
        ("And were the meadows sown?", Answer.NONE),
    ],
)
def test_a_question_is_answered_by_the_sentence_after_it(text: str, answer: Answer) -> None:
    assert [found for _, found in questions(parse_essay(text))] == [answer]


@pytest.mark.parametrize(
    "text",
    ["Why did the bees die? Farmers sprayed.", "Were not the sprays poison?", "Farmers killed wild bees."],
)
def test_other_sentences_are_no_questions_of_that_kind(text: str) -> None:
    assert list(questions(parse_essay(text))) == []
    assert unanswered(parse_essay(text)) == []


@pytest.mark.parametrize(
    "text, claim",
    [
        ("Who could claim that farmers were kind to wild bees? Nobody.", "farmers were kind to wild bees"),
        ("Had the meadows been sown, species would have come.", "the meadows been sown"),
    ],
)
def test_what_is_not_so_is_no_claim(text: str, claim: str) -> None:
    essay = parse_essay(text)
    assert [" ".join(essay.words[a:b]) for a, b in refuted_ranges(essay)] == [claim]


ASKED = (
    "Do bees pollinate a third of our crops? Would harvests fail without them? Did farmers use sprays "
    "from 1994 that killed wild bees? Were meadows sown along roads, and did several species return? Has "
    "anybody written about these questions in the books of the library of our school?"
)


def test_questions_alone_earn_nothing_and_the_writer_is_told_why() -> None:
    report = KeyPointScorer(bee_rubric()).score(ASKED)

    assert report.score == 0
    assert "question" in {advisory.code for advisory in report.advisories}
    assert {passage.code for passage in report.set_aside} >= {"question"}


def test_a_question_among_statements_costs_nothing() -> None:
    scorer = KeyPointScorer(bee_rubric())
    report = scorer.score(f"Did it all matter? Much depends on whom one asks. {GOOD}")

    assert report.score == scorer.score(GOOD).score
    assert "question" not in {advisory.code for advisory in report.advisories}
    assert "question" not in {passage.code for passage in report.set_aside}
