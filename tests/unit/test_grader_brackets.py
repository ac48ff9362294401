"""Brackets full of terms are lists as a whole; brackets that say something stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.language.essay import parse_essay
from grader.matching import RubricIndex
from grader.screening.enumerations import ListFinder
from tests.bee_rubric import bee_rubric

FINDER = ListFinder(bee_rubric(), RubricIndex(bee_rubric()).vocabulary.ids)


def found(text: str, finder: ListFinder = FINDER) -> list[str]:
    essay = parse_essay(text)
    return [" ".join(essay.tokens.words[first:last]) for first, last in finder.find(essay)]


@pytest.mark.parametrize(
    "text, listed",
    [
        (
            "We were tired (farmers sprayed, crops, flowers, meadows, wild species) of it.",
            "farmers sprayed crops flowers meadows wild species",
        ),
        (
            "We were tired (crops, flowers, meadows, wild species), and bees died of sprays.",
            "crops flowers meadows wild species",
        ),
    ],
)
def test_brackets_that_are_mostly_a_list_are_one(text: str, listed: str) -> None:
    (*_, whole) = sorted(found(text), key=len)
    assert whole == listed


def test_brackets_that_say_something_stay_though_they_name_a_few_things() -> None:
    said = (
        "Bees (whose work the farmers had taken for granted until the harvest failed for want of it) matter"
    )
    assert found(said + ", and so do crops, flowers, meadows and species.") == [
        "crops flowers meadows and species"
    ]


def test_what_the_rubric_lists_itself_is_a_statement_until_its_sentence_is_taken_to_pieces() -> None:
    first, *others = bee_rubric().key_points
    listing = replace(first, text="Cold, drought or late sprays harm bees and crops")
    rubric = replace(bee_rubric(), key_points=(listing, *others))
    finder = ListFinder(rubric, RubricIndex(rubric).vocabulary.ids)
    assert found("Much was against them: cold, drought, late sprays and crops.", finder) == []
    (listed,) = found("It is known (bees, cold, crops, drought, harm, late, sprays).", finder)
    assert listed.startswith("bees cold crops")
