"""A question that is written down as JSON reads back as the same question."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import RubricError
from grader.rubric import AnyGroup, Card, Essential, KeyPoint, Level, Prompt, Side
from grader.rubric.parsing import prompt_from_body

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
some_texts = st.lists(texts, max_size=2).map(tuple)
essentials = st.builds(Essential, texts, some_texts)
cards = st.lists(st.builds(Card, st.integers(1, 9), texts, some_texts), max_size=2).map(tuple)
levels = st.lists(st.builds(Level, st.integers(1, 5), st.floats(0, 1), texts), max_size=3).map(tuple)


@st.composite
def prompts(draw: st.DrawFn) -> Prompt:
    ids = draw(st.lists(texts, min_size=2, max_size=4, unique=True))
    parts = st.lists(essentials, max_size=2).map(tuple)
    points = tuple(
        KeyPoint(key, draw(texts), draw(texts), 1, 1, draw(some_texts), draw(some_texts), (), draw(parts))
        for key in ids
    )
    return Prompt(
        slug=draw(texts),
        unit=draw(texts),
        unit_title=draw(texts),
        question=draw(texts),
        sides=(Side(draw(texts), tuple(ids[:1])), Side(draw(texts), tuple(ids[1:]))),
        key_points=points,
        cards=draw(cards),
        marks={key: draw(st.integers(1, 3)) for key in ids},
        any_groups=(AnyGroup(1, tuple(ids)),) if draw(st.booleans()) else (),
        levels=draw(levels),
        minutes=draw(st.integers(1, 90)),
        balanced=draw(st.booleans()),
        model_answer=draw(texts),
    )


@given(prompts())
def test_reading_back_is_the_inverse_of_writing_down(prompt: Prompt) -> None:
    again = prompt_from_body(json.loads(json.dumps(prompt.to_body())))
    assert again == prompt
    assert again.content_hash == prompt.content_hash
    assert again.structure_hash == prompt.structure_hash


@given(prompts())
def test_a_database_that_sorts_keys_and_shortens_numbers_changes_no_hash(prompt: Prompt) -> None:
    body = prompt.to_body()
    for level in body["levels"]:
        level["from_share"] = (
            int(level["from_share"]) if level["from_share"] in (0, 1) else level["from_share"]
        )
    stored = json.dumps(body, sort_keys=True)
    assert prompt_from_body(json.loads(stored)).content_hash == prompt.content_hash


@pytest.mark.parametrize("body", [{}, {"slug": "x", "sides": 3}, {"slug": "x", "sides": [{"nom": 1}]}])
def test_a_body_that_nobody_wrote_is_refused_in_a_sentence(body: dict[str, object]) -> None:
    with pytest.raises(RubricError, match="cannot be read back"):
        prompt_from_body(body)
