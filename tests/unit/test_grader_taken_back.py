"""Claims that a text takes back as a whole, before or after it makes them; and what only looks like it."""

from __future__ import annotations

import pytest

from grader.report import Verdict
from grader.rubric import KeyPoint
from grader.scorer import KeyPointScorer
from tests.bee_rubric import bee_rubric
from tests.denials import denied

CLAIM = "the traders of the towns grew rich"
WORDS = {"traders", "towns", "grew", "rich"}


@pytest.mark.parametrize(
    "frame",
    [
        "{}: that is a myth.",
        "{}, which is untrue.",
        "{}, or so the king claimed.",
        "{} is what the chronicles wrongly say.",
        "{}. That is simply not true.",
        "{}? Far from it.",
        "If only {}!",
        "It would have been better if {}.",
        "Far from it being true that {}.",
        "It never happened that {}.",
        "Some believed that {}, but they were quite mistaken.",
        "The king promised that {}, but nothing came of it.",
        "The king had hoped to hear one day that {}, yet his hopes came to nothing.",
        "If you believe that {}, you will believe anything.",
        "We are asked to imagine a country in which {}; the real one was poor.",
        "A common mistake in answers is to say that {}.",
        "The rumour went round that {}, only to turn out to be false.",
        "The older books taught that {}, a view which has since been disproved.",
        "You would think from the pictures that {}. You would be wrong.",
        "At no point can it truthfully be said that {}.",
        "‘{}’, the chronicler of the court wrote, but nobody else saw it.",
    ],
)
def test_a_claim_that_is_taken_back_is_denied(frame: str) -> None:
    said = frame.format(CLAIM)
    assert denied(said[0].upper() + said[1:]) >= WORDS


@pytest.mark.parametrize(
    "text",
    [
        "The traders of the towns grew rich, and that was a mistake of the king’s.",
        "The traders of the towns grew rich: that is what made the king uneasy.",
        "The traders of the towns grew rich. That was wrong in the eyes of the church.",
        "The traders of the towns grew rich, or so much richer than before that people noticed.",
        "The traders of the towns grew rich if only for a while.",
        "The king was content, if only because the traders of the towns grew rich.",
        "It would have been a hard winter even if the traders of the towns grew rich.",
        "The king would have fallen if he had not seen to it that the traders of the towns grew rich.",
        "Why had the traders of the towns grown rich? Not by chance.",
        "The traders of the towns grew rich, as the king had hoped.",
        "The traders of the towns grew rich? Certainly.",
        "The traders of the towns grew rich, which proved wrong the prophets of ruin.",
        "The king had expected that much, and the traders of the towns grew rich.",
        "Nobody could imagine a country like it: the traders of the towns grew rich.",
    ],
)
def test_what_is_judged_or_explained_is_not_denied(text: str) -> None:
    assert not denied(text) & WORDS


@pytest.mark.parametrize("point", bee_rubric().key_points, ids=lambda point: point.id)
@pytest.mark.parametrize("frame", ["It is a lie that {}.", "{}: that is a myth.", "Nobody can say that {}."])
def test_a_phrasing_that_is_rejected_as_a_whole_contradicts(point: KeyPoint, frame: str) -> None:
    said = frame.format(point.text[0].lower() + point.text[1:].rstrip("."))
    text = f"We kept goats. {said[0].upper()}{said[1:]} The weather was fair that year, and the hay was in."
    verdicts = {p.key: p.verdict for p in KeyPointScorer(bee_rubric()).score(text).points}
    assert verdicts[point.id] is Verdict.CONTRADICTED
