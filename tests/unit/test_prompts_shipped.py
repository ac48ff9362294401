"""What marked essays taught comes with the built-in questions, as long as they stay what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.material import marked_essays
from grader.calibration.point_view import MEASURES
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from prompts import list_prompts, load_prompt, shipped_calibration

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


def test_what_is_known_of_a_key_point_goes_with_it_into_other_questions() -> None:
    one, other = PROMPTS[0], PROMPTS[1]
    known, also = shipped_calibration(one), shipped_calibration(other)
    assert known is not None
    assert also is not None
    mine = replace(one, slug="of-my-own", key_points=(one.key_points[0], other.key_points[0]))
    found = shipped_calibration(mine)
    assert found is not None
    assert found.own == {
        one.key_points[0].id: known.own[one.key_points[0].id],
        other.key_points[0].id: also.own[other.key_points[0].id],
    }
    assert found.structure_hash == mine.structure_hash


def test_a_key_point_that_says_something_else_goes_without() -> None:
    prompt = PROMPTS[0]
    first, *others = prompt.key_points
    changed = replace(prompt, key_points=(replace(first, text="Something else."), *others))
    found = shipped_calibration(changed)
    assert found is not None
    assert first.id not in found.own
    assert others[0].id in found.own


def test_a_key_point_of_ones_own_among_those_that_ship_is_marked_as_the_scorer_alone_marks_it() -> None:
    """In each essay on the question; the others are marked as marked essays have taught."""
    prompt = load_prompt("economic-reforms-impact")
    first, *others = prompt.key_points
    mine = replace(prompt, key_points=(replace(first, id="of-my-own"), *others))
    alone, taught = KeyPointScorer(mine), KeyPointScorer(mine, calibration=shipped_calibration(mine))
    essays = [row["text"] for row in marked_essays() if row["prompt"] == prompt.slug]
    reports = [(alone.score(text), taught.score(text)) for text in essays]
    assert [b.point("of-my-own").verdict for _, b in reports] == [
        a.point("of-my-own").verdict for a, _ in reports
    ]
    assert any(a.point(p.id).verdict is not b.point(p.id).verdict for a, b in reports for p in others)


def test_a_unit_nobody_ships_anything_for_goes_without() -> None:
    assert shipped_calibration(replace(PROMPTS[0], unit="bees")) is None
