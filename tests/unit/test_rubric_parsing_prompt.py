"""Every rule of a question has a broken question and its exact sentence."""

from __future__ import annotations

import math

import pytest

from grader.errors import RubricError
from grader.rubric import Prompt
from grader.rubric.default_levels import DEFAULT_LEVELS
from grader.rubric.parsing import examine_prompt, parse_prompt
from tests.rubric_tables import Table, altered, prompt_faults, prompt_table, sound_unit

BROKEN = [
    ("format", None, "format: not found: add format = 1"),
    ("format", "1", "format: must be a whole number, such as 1, but is text"),
    ("slug", "other", 'slug: is "other", but the file is named "vikings-impact": make the two the same'),
    ("question", None, 'question: not found: add question = "How do plants make use of light?"'),
    ("question", " ", "question: is blank: write something between the quotes, or take it out"),
    ("minutes", 0, "minutes: must be a whole number from 1 to 1000"),
    ("minutes", 40.5, "minutes: must be a whole number, such as 40, but is a number"),
    ("minuts", 40, 'minuts: is not a field of a question: did you mean "minutes"?'),
    ("balanced", "yes", "balanced: must be true or false, without quotes, but is text"),
    ("marks", None, "marks: not found: add marks = 9"),
    ("marks", 4, "marks: is 4, but the parts add up to 3: make the two agree"),
    ("model_answer", "", "model_answer: is blank: write something between the quotes, or take it out"),
    ("sides", None, "sides: not found: add [[sides]]"),
    ("sides", {"name": "x"}, "sides: must be written as [[sides]] headings, but is a table"),
    ("sides.0.name", "gain", 'sides[2].name: "gain" is the name of another side too: give this one its own'),
    ("sides.1.key_points", [], "sides[2].key_points: is empty: put at least one entry between the brackets"),
    ("sides.1.key_points", None, 'sides[2].key_points: not found: add key_points = ["...", "..."]'),
    (
        "sides.0.key_points.1",
        "v2-monk",
        (
            'sides[1].key_points[2]: there is no key point "v2-monk" in the unit "vikings": '
            'did you mean "v2-monks"?'
        ),
    ),
    (
        "sides.0.key_points.1",
        "zzz",
        (
            'sides[1].key_points[2]: there is no key point "zzz" in the unit "vikings": '
            "add it to unit.toml, or take it out here"
        ),
    ),
    (
        "sides.0.key_points",
        ["v1-ships", "v2-monks", "v1-ships"],
        'sides[1].key_points[3]: "v1-ships" stands twice on this side: take one out',
    ),
    (
        "sides.1.key_points",
        ["v3-dublin", "v1-ships"],
        'sides[2].key_points[2]: "v1-ships" stands on side 1 too: keep it on one side',
    ),
    (
        "sides.0.points",
        ["v1-ships"],
        'sides[1].points: is not a field of a side: did you mean "key_points"?',
    ),
    (
        "key_point_marks",
        2,
        "key_point_marks: must be written under a [key_point_marks] heading, but is a whole number",
    ),
    (
        "key_point_marks",
        {"v2-monk": 1},
        'key_point_marks.v2-monk: is on no side of this question: did you mean "v2-monks"?',
    ),
    ("key_point_marks", {"v2-monks": 0}, "key_point_marks.v2-monks: must be a whole number from 1 to 1000"),
]

GROUPS = [
    ({"count": 2}, 'any[1].key_points: not found: add key_points = ["...", "..."]'),
    (
        {"count": 1, "key_points": []},
        "any[1].key_points: is empty: put at least one entry between the brackets",
    ),
    (
        {"count": 0, "key_points": ["v1-ships", "v2-monks"]},
        "any[1].count: must be a whole number from 1 to 1000",
    ),
    (
        {"count": 2, "key_points": ["v1-ships", "v2-monks"]},
        "any[1].count: is 2 of 2: write a smaller number, or take the group out",
    ),
    (
        {"count": 1, "key_points": ["v1-ships", "v9"]},
        'any[1].key_points[2]: "v9" is on no side of this question: add it to one, or take it out here',
    ),
    (
        {"count": 1, "key_points": ["v1-ships", "v1-ships", "v2-monks"]},
        'any[1].key_points[2]: "v1-ships" stands twice in this group: keep it in one place',
    ),
    (
        {"count": 1, "key_points": ["v1-ships", "v2-monks"], "of": 3},
        "any[1].of: is not a field of an any-group: its fields are count, key_points",
    ),
]

LEVELS = [
    (
        [(1, 0.1), (2, 0.5)],
        "levels[1].from_share: must be 0.0 in the lowest level, so that every essay has one",
    ),
    ([(1, 0), (2, 0.0)], "levels[2].from_share: is 0.0, but must be more than 0.0, the level below"),
    ([(1, 0.0), (3, 0.5)], "levels[2].number: is 3, but should be 2: number levels from the lowest, 1, 2, 3"),
    ([(1, 0.0), (2, 1.5)], "levels[2].from_share: must be a number from 0 to 1, such as 0.4"),
    ([(1, 0.0), (2, math.nan)], "levels[2].from_share: must be a number from 0 to 1, such as 0.4"),
    ([(1, 0.0)], "levels: there is one only: write at least two, or none to have the usual five"),
]


def parsed(table: Table) -> Prompt:
    return parse_prompt(table, unit=sound_unit(), file="vikings-impact.toml", slug="vikings-impact")


def with_levels(shares: list[tuple[int, float]]) -> Table:
    levels = [{"number": n, "from_share": share, "descriptor": "Says this."} for n, share in shares]
    return altered(prompt_table(), "levels", levels)


def test_a_sound_question_carries_its_points_cards_and_default_levels() -> None:
    prompt = parsed(prompt_table())
    assert [point.id for point in prompt.key_points] == ["v1-ships", "v2-monks", "v3-dublin"]
    assert [card.number for card in prompt.cards] == [1, 2]
    assert (prompt.unit, prompt.unit_title) == ("vikings", "Vikings in Éire, ré na Lochlannach")
    assert prompt.levels == DEFAULT_LEVELS
    assert prompt.max_score == 3
    assert prompt.side_of("v3-dublin") == "gain"


@pytest.mark.parametrize(
    "path,value,sentence", BROKEN, ids=[f"{path}={value!r:.20}" for path, value, _ in BROKEN]
)
def test_a_broken_question_is_told_what_to_mend(path: str, value: object, sentence: str) -> None:
    assert sentence in prompt_faults(altered(prompt_table(), path, value))


@pytest.mark.parametrize("group,sentence", GROUPS)
def test_a_broken_any_group_is_told_what_to_mend(group: Table, sentence: str) -> None:
    assert sentence in prompt_faults(altered(prompt_table(), "any", [group]))


def test_a_point_in_two_any_groups_is_told() -> None:
    groups = [{"count": 1, "key_points": ["v1-ships", "v2-monks"]}] * 2
    sentence = 'any[2].key_points[1]: "v1-ships" stands in group 1 too: keep it in one place'
    assert sentence in prompt_faults(altered(prompt_table(), "any", groups))


def test_an_any_group_with_different_marks_is_told() -> None:
    table = altered(prompt_table(), "key_point_marks", {"v1-ships": 2})
    altered(table, "any", [{"count": 1, "key_points": ["v1-ships", "v2-monks"]}])
    sentence = "any[1].key_points: carry different marks (v1-ships 2, v2-monks 1): give them all the same"
    assert sentence in prompt_faults(table)


@pytest.mark.parametrize("shares,sentence", LEVELS)
def test_broken_levels_are_told_what_to_mend(shares: list[tuple[int, float]], sentence: str) -> None:
    assert sentence in prompt_faults(with_levels(shares))


def test_levels_of_its_own_replace_the_default_ones() -> None:
    prompt = parsed(with_levels([(1, 0), (2, 0.5), (3, 1)]))
    assert [level.from_share for level in prompt.levels] == [0.0, 0.5, 1.0]


def test_an_any_group_pays_for_its_best_points_only() -> None:
    table = altered(prompt_table(), "any", [{"count": 1, "key_points": ["v1-ships", "v2-monks"]}])
    prompt = parsed(altered(table, "marks", 2))
    assert prompt.max_score == 2
    assert prompt.total({"v1-ships": 0.5, "v2-monks": 1.0, "v3-dublin": 0.0}) == 1.0


def test_key_points_may_carry_more_marks_than_one() -> None:
    table = altered(prompt_table(), "key_point_marks", {"v3-dublin": 4})
    assert parsed(altered(table, "marks", 6)).marks == {"v1-ships": 1, "v2-monks": 1, "v3-dublin": 4}


def test_balance_is_taken_from_the_number_of_sides_where_left_out() -> None:
    both = altered(prompt_table(), "balanced", None)
    assert parsed(both).balanced
    one = altered(altered(both, "sides", prompt_table()["sides"][:1]), "marks", 2)
    assert not parsed(one).balanced
    sentence = "balanced: is true, but there is one side only: add a side, or write balanced = false"
    assert prompt_faults(altered(one, "balanced", True)) == [sentence]


def test_all_faults_are_named_at_once() -> None:
    table = altered(prompt_table(), "marks", 7)
    altered(table, "sides.0.key_points", ["v1-ships", "v1-ships", "v2-monk"])
    altered(table, "sides.1.key_points", [])
    altered(table, "minuts", 1)
    with pytest.raises(RubricError) as refused:
        parsed(table)
    assert [fault.key for fault in refused.value.faults] == [
        "sides[1].key_points[2]",
        "sides[1].key_points[3]",
        "sides[2].key_points",
        "minuts",
        "marks",
    ]
    assert str(refused.value).count("\n") == 4


def test_without_a_unit_ids_are_not_looked_up() -> None:
    table = altered(prompt_table(), "sides.0.key_points.0", "unheard-of")
    assert examine_prompt(table, unit=None, file="q.toml")[1] == ()


def test_what_needs_no_mending_is_left_alone_by_a_typo_in_the_question() -> None:
    before, after = parsed(prompt_table()), parsed(altered(prompt_table(), "question", "Was it good?"))
    assert before.structure_hash == after.structure_hash
    assert before.content_hash != after.content_hash
