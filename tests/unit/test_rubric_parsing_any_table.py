"""Whatever an author writes, the answer is a list of faults and never an exception."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from grader.rubric.parsing import examine_prompt, examine_unit
from tests.rubric_tables import prompt_table, sound_unit, unit_table

FIELDS = """
format slug title subject cards number lines key_points id card line text hint accept contrary essentials asks
words question minutes balanced marks sides name key_point_marks any count levels from_share v1-ships
"""
KEYS = st.sampled_from(FIELDS.split())
LEAVES = st.one_of(
    st.text(max_size=5),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(["v1-ships", "v2-monks"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=6)


@given(TABLES)
def test_any_table_gets_an_answer(table: dict[str, Any]) -> None:
    assert examine_unit(table, file="unit.toml", slug="vikings")[1]
    assert examine_prompt(table, unit=sound_unit(), file="q.toml", slug="vikings-impact")[1]


@given(TABLES)
def test_any_change_to_a_sound_table_gets_an_answer(changes: dict[str, Any]) -> None:
    unit, _ = examine_unit({**unit_table(), **changes}, file="unit.toml", slug="vikings")
    prompt, _ = examine_prompt({**prompt_table(), **changes}, unit=unit, file="q.toml")
    assert isinstance(prompt.max_score, int)
    assert len(prompt.content_hash) == 32


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_key_point_card_side_or_group_gets_an_answer(entry: dict[str, Any]) -> None:
    unit_part = {**unit_table(), "cards": [entry, entry], "key_points": [entry, {"id": entry}, entry]}
    unit, faults = examine_unit(unit_part, file="unit.toml")
    assert faults
    prompt_part = {**prompt_table(), "sides": [entry], "any": [entry], "levels": [entry, entry]}
    assert examine_prompt(prompt_part, unit=unit, file="q.toml")[1]
