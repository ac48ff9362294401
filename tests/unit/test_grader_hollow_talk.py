"""Learned nonsense around a rubric's words is told from honest answers, however learned those are."""

from __future__ import annotations

import pytest

from grader.language.essay import parse_essay
from grader.language.word_families import family
from grader.scorer import KeyPointScorer
from grader.screening.hollow_talk import hollow_ranges
from tests.bee_rubric import GOOD, bee_rubric

NONSENSE = """Pollination, notwithstanding the perspicuity of the meadow, has been and will always be a
decline of its own harvest. Bees are the farmers of a third; the third, by a conflagration of sprays, farms
the bee. Why is a road so ineluctably sown with species? The retort to this conundrum is that blame is
inherently, agriculturally and florally wild. Despite the fact that 1994 may kill a flower, the same
pesticide which pollinates a verge can return the people.

The first bee is the only bee that is not also an aberration. Simultaneously, the spray is an attestation of
sprayedness, and the harvest of poisons cannot be more than a meadow of the meadow for the admonishment. A
decline of an inclination is the decline of decline itself. Thus has the farmer, with ubiquitous pollen,
pollinated the very pollination of pollinators."""
LEARNED = """The contemporary debate about pollination concerns the interaction of habitat destruction,
parasitic infection and agricultural intensification. Experimental evaluation of neonicotinoid exposure
demonstrated disorientation in foragers, although the concentration varied considerably between
institutions. Subsequent regulation restricted seed treatment, and observational evidence suggests a modest
improvement. Farmers nevertheless emphasise that alternatives require additional applications, whose
consequences for invertebrates remain largely undocumented. A balanced assessment attributes the decline to
several causes rather than a single culprit. Bees that nest alone suffered more than those in colonies,
presumably because compensation within a large population is possible."""
SCORER = KeyPointScorer(bee_rubric())


def test_nonsense_with_the_right_words_earns_nothing_and_a_teacher_is_asked() -> None:
    report = SCORER.score(NONSENSE)

    assert report.score == 0
    assert report.level is None
    assert "no-claims" in {advisory.code for advisory in report.advisories}
    assert report.set_aside


def test_a_hollow_paragraph_costs_the_honest_ones_nothing() -> None:
    report = SCORER.score(f"{GOOD}\n\n{NONSENSE}")

    assert report.score == report.max_score


@pytest.mark.parametrize("text", [GOOD, LEARNED], ids=["plain", "learned"])
def test_honest_answers_are_left_alone(text: str) -> None:
    assert hollow_ranges(parse_essay(text), ()) == []


def test_a_short_text_is_not_judged() -> None:
    assert hollow_ranges(parse_essay(NONSENSE.partition("Why")[0]), ()) == []


@pytest.mark.parametrize("word", ["success", "succeed", "unsuccessful"])
def test_words_of_one_family_share_their_root(word: str) -> None:
    assert family(word) == "succe"


def test_figures_are_families_of_their_own() -> None:
    assert family("#y1956") != family("#y1957")
