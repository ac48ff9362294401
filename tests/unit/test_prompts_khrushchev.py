"""The built-in unit is complete, sound, and tells students nothing before its time."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

import prompts
from grader.rubric import KeyPoint, Prompt

UNIT = prompts.load_unit("khrushchev")
PROMPTS = prompts.load_all()[0].prompts
NAMES = {"Khrushchev", "Stalin", "Congress", "Soviet", "USSR", "I"}
"""Names that the questions themselves use, or that every card does."""


def told_to_students(point: KeyPoint) -> list[str]:
    return [point.hint, *(essential.asks for essential in point.essentials)]


def ids(point: KeyPoint) -> str:
    return point.id


def test_there_are_ten_cards_and_53_key_points_on_them() -> None:
    assert [card.number for card in UNIT.cards] == list(range(1, 11))
    assert len(UNIT.key_points) == 53
    lines = [(point.card, point.line) for point in UNIT.key_points]
    assert lines == [(card.number, n) for card in UNIT.cards for n in range(1, len(card.lines) + 1)]


def test_every_key_point_is_asked_for_in_some_question() -> None:
    asked = {key for prompt in PROMPTS for key in prompt.marks}
    assert asked == {point.id for point in UNIT.key_points}


def test_there_are_seven_questions_with_one_mark_a_point() -> None:
    assert {prompt.slug: prompt.max_score for prompt in PROMPTS} == {
        "anti-party-conspiracy": 9,
        "break-with-stalinism": 11,
        "economic-reforms-impact": 9,
        "political-reforms-success": 7,
        "reform-motives": 10,
        "secret-speech-impact": 17,
        "secret-speech-motives": 7,
    }
    assert all(set(prompt.marks.values()) == {1} and not prompt.any_groups for prompt in PROMPTS)
    assert [prompt.slug for prompt in PROMPTS if not prompt.balanced] == ["secret-speech-motives"]


@pytest.mark.parametrize("point", UNIT.key_points, ids=ids)
def test_a_hint_is_a_short_question_and_a_gap_is_named_in_a_few_words(point: KeyPoint) -> None:
    assert point.hint.endswith("?")
    assert len(point.hint.split()) <= 14
    for essential in point.essentials:
        assert len(essential.asks.split()) <= 8
        assert essential.asks[0].islower()
        assert essential.asks[-1].isalpha()


@pytest.mark.parametrize("point", UNIT.key_points, ids=ids)
def test_hints_and_gaps_hold_no_figure_and_no_name_of_the_point(point: KeyPoint) -> None:
    names = set(re.findall(r"\b[A-Z]\w+", point.text)) - NAMES
    for text in told_to_students(point):
        assert not re.search(r"\d", text)
        assert not [name for name in names if re.search(rf"\b{name}\b", text)]


@pytest.mark.parametrize("point", UNIT.key_points, ids=ids)
def test_every_key_point_has_all_kinds_of_phrasing(point: KeyPoint) -> None:
    assert len(point.accept) >= 20
    assert len(point.partial) >= 10
    assert len(point.contrary) >= 10
    assert point.essentials


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.slug)
def test_a_model_answer_has_a_word_of_every_essentials_group(prompt: Prompt) -> None:
    answer = prompt.model_answer.casefold()
    assert 300 <= len(answer.split()) <= 450
    lacking = [
        (point.id, essential.asks)
        for point in prompt.key_points
        for essential in point.essentials
        if not any(word.casefold() in answer for word in essential.words)
    ]
    assert lacking == []


def test_the_synthetic_essays_name_questions_and_key_points_that_exist() -> None:
    essays = (files("prompts") / "khrushchev" / "essays.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(essays) == 40
    for essay in map(json.loads, essays):
        assert set(essay["labels"]) == set(prompts.load_prompt(essay["prompt"]).marks)
