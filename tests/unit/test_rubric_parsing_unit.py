"""Every rule of a unit has a broken unit and its exact sentence."""

from __future__ import annotations

import pytest

from grader.errors import RubricError
from grader.rubric.parsing import parse_unit
from tests.rubric_tables import altered, sound_unit, unit_faults, unit_table

BROKEN = [
    ("format", None, "format: not found: add format = 1"),
    ("format", 2, "format: 2 is not a form that this version reads: write format = 1"),
    ("slug", "norse", 'slug: is "norse", but the folder is named "vikings": make the two the same'),
    (
        "slug",
        "Vikings!",
        (
            'slug: "Vikings!" cannot be used: use small letters a to z, figures and single hyphens, '
            "such as leaf-and-light"
        ),
    ),
    ("title", "  ", "title: is blank: write something between the quotes, or take it out"),
    ("title", 5, 'title: must be text in quotes, such as "Photosynthesis", but is a whole number'),
    ("subject", None, 'subject: not found: add subject = "Biology"'),
    ("subjekt", "x", 'subjekt: is not a field of a unit: did you mean "subject"?'),
    ("cards", None, "cards: not found: add [[cards]]"),
    ("cards", [], "cards: is empty: add at least one [[cards]]"),
    ("cards", "none", "cards: must be written as [[cards]] headings, but is text"),
    ("cards.1", 3, "cards: must be written as [[cards]] headings, each with its own fields below"),
    ("cards.1.number", 1, "cards[1].number: 1 is the number of another card too: give each its own"),
    ("cards.0.number", 0, "cards[1].number: must be a whole number from 1 to 1000"),
    ("cards.0.number", True, "cards[1].number: must be a whole number, such as 1, but is true or false"),
    ("cards.0.lines", [], "cards[1].lines: is empty: put at least one entry between the brackets"),
    ("cards.0.lines.1", 7, "cards[1].lines[2]: must be text in quotes, but is a whole number"),
    (
        "cards.0.lines.1",
        "",
        "cards[1].lines[2]: is blank: write something between the quotes, or take it out",
    ),
    (
        "cards.0.points",
        ["x"],
        "cards[1].points: is not a field of a card: its fields are number, title, lines",
    ),
    ("key_points", [], "key_points: is empty: add at least one [[key_points]]"),
    ("key_points.0.card", 9, "key_points.v1-ships.card: there is no card 9: the cards are 1, 2"),
    ("key_points.0.line", 3, "key_points.v1-ships.line: card 1 has no line 3: its lines are 1 to 2"),
    ("key_points.1.card", None, "key_points.v2-monks.card: not found: add card = 1"),
    ("key_points.1.hint", None, 'key_points.v2-monks.hint: not found: add hint = "In which part of the cell'),
    ("key_points.1.id", None, 'key_points[2].id: not found: add id = "p1-chloroplasts"'),
    ("key_points.1.id", "v1-ships", 'key_points[2].id: "v1-ships" is already the id of key point 1'),
    ("key_points.1.id", "Mönche", 'key_points[2].id: "Mönche" cannot be used: use small letters a to z'),
    (
        "key_points.0.acept",
        ["x"],
        'key_points.v1-ships.acept: is not a field of a key point: did you mean "accept"?',
    ),
    ("key_points.0.accept", "x", "key_points.v1-ships.accept: must be a list of texts, such as"),
    (
        "key_points.0.contrary.0",
        "Their  LONGSHIPS were quick.",
        (
            'key_points.v1-ships.contrary: "their longships were quick." stands in accept and in contrary: '
            "keep it in one place"
        ),
    ),
    (
        "key_points.0.accept",
        ["Quick ships.", "Quick ships."],
        'key_points.v1-ships.accept: "quick ships." stands twice in accept: keep it in one place',
    ),
    (
        "key_points.0.hint",
        "What did the ships do?",
        'key_points.v1-ships.hint: gives the point away with "ships": ask a question that leaves them out',
    ),
    (
        "key_points.0.essentials.0.asks",
        "what kind of ship",
        (
            'key_points.v1-ships.essentials[1].asks: gives away "ship", one of its own words: '
            "ask for it without saying it"
        ),
    ),
    (
        "key_points.0.essentials.0.words",
        [],
        "key_points.v1-ships.essentials[1].words: is empty: put at least one entry between the brackets",
    ),
    (
        "key_points.0.essentials.0.words",
        None,
        'key_points.v1-ships.essentials[1].words: not found: add words = ["...", "..."]',
    ),
    (
        "key_points.0.essentials",
        ["ship"],
        (
            "key_points.v1-ships.essentials: must be written as [[key_points.essentials]] headings, "
            "each with its own fields below"
        ),
    ),
    (
        "key_points.1.text",
        "x" * 20_001,
        "key_points.v2-monks.text: is 20,001 characters long: shorten it to 20,000 at most",
    ),
]


def test_a_sound_unit_has_no_fault() -> None:
    assert unit_faults(unit_table()) == []


@pytest.mark.parametrize(
    "path,value,sentence", BROKEN, ids=[f"{path}={value!r:.20}" for path, value, _ in BROKEN]
)
def test_a_broken_unit_is_told_what_to_mend(path: str, value: object, sentence: str) -> None:
    faults = unit_faults(altered(unit_table(), path, value))
    assert faults[0].startswith(sentence)


def test_one_slip_is_one_fault() -> None:
    knock_on = {"slug", "cards", "cards.1", "key_points", "cards.0.number", "cards.1.number"}
    for path, value, sentence in BROKEN:
        if path not in knock_on:
            assert len(unit_faults(altered(unit_table(), path, value))) == 1, sentence


def test_all_faults_are_named_at_once() -> None:
    table = altered(unit_table(), "title", "")
    altered(table, "key_points.0.card", 9)
    altered(table, "key_points.2.id", "v2-monks")
    altered(table, "cards.0.titel", "x")
    with pytest.raises(RubricError) as refused:
        parse_unit(table, file="vikings/unit.toml", slug="vikings")
    keys = {fault.key for fault in refused.value.faults}
    assert keys == {"title", "key_points.v1-ships.card", "key_points[3].id", "cards[1].titel"}
    assert all(fault.file == "vikings/unit.toml" for fault in refused.value.faults)


def test_space_around_a_text_is_dropped() -> None:
    table = altered(unit_table(), "title", "\n Vikings \n")
    assert parse_unit(table, file="unit.toml").title == "Vikings"


def test_a_key_point_is_found_by_its_id() -> None:
    assert sound_unit().key_point("v3-dublin").card == 2
    with pytest.raises(KeyError):
        sound_unit().key_point("v9")
