"""What marked essays taught comes with the built-in questions, as long as they stay what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.point_view import MEASURES
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from prompts import list_prompts, shipped_calibration

PROMPTS = list_prompts()


def slug_of(prompt: Prompt) -> str:
    return prompt.slug


@pytest.mark.parametrize("prompt", PROMPTS, ids=slug_of)
def test_every_built_in_question_comes_with_one_that_this_scorer_can_use(prompt: Prompt) -> None:
    found = shipped_calibration(prompt)
    assert found is not None
    found.check_measures(MEASURES)
    assert set(found.own) <= {point.id for point in prompt.key_points}


def test_it_is_part_of_the_signature() -> None:
    prompt = PROMPTS[0]
    found = shipped_calibration(prompt)
    assert found is not None
    assert found.fingerprint in KeyPointScorer(prompt, calibration=found).signature


def test_a_question_with_another_key_point_less_goes_without() -> None:
    prompt = PROMPTS[0]
    left = prompt.key_points[0].id
    sides = tuple(
        replace(side, key_points=tuple(key for key in side.key_points if key != left))
        for side in prompt.sides
    )
    marks = {key: mark for key, mark in prompt.marks.items() if key != left}
    shorter = replace(prompt, key_points=prompt.key_points[1:], sides=sides, marks=marks)
    assert shipped_calibration(shorter) is None


def test_a_question_nobody_ships_anything_for_goes_without() -> None:
    assert shipped_calibration(replace(PROMPTS[0], slug="of-my-own")) is None
    assert shipped_calibration(replace(PROMPTS[0], unit="bees")) is None
