"""A small sound unit and question as tables, to be broken in one place at a time."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from grader.rubric import Unit
from grader.rubric.parsing import examine_prompt, examine_unit, parse_unit

Table = dict[str, Any]

UNIT: Table = {
    "format": 1,
    "slug": "vikings",
    "title": "Vikings in Éire, ré na Lochlannach",
    "subject": "History",
    "cards": [
        {"number": 1, "title": "Raids", "lines": ["Ships came from the north.", "Monasteries were robbed."]},
        {"number": 2, "title": "Towns", "lines": ["Dublin began as a camp for ships."]},
    ],
    "key_points": [
        {
            "id": "v1-ships",
            "card": 1,
            "line": 1,
            "text": "Fast ships let small crews raid the coast",
            "hint": "How did they travel?",
            "accept": ["Their longships were quick."],
            "partial": ["They had ships."],
            "contrary": ["They came on foot."],
            "essentials": [{"asks": "what they came in", "words": ["ship", "ships", "longships"]}],
        },
        {
            "id": "v2-monks",
            "card": 1,
            "line": 2,
            "text": "Monks lost their treasure",
            "hint": "Who suffered?",
        },
        {"id": "v3-dublin", "card": 2, "line": 1, "text": "Camps grew into towns", "hint": "What remained?"},
    ],
}

PROMPT: Table = {
    "format": 1,
    "slug": "vikings-impact",
    "question": "Did the Vikings’ coming harm Ireland?",
    "minutes": 30,
    "balanced": True,
    "marks": 3,
    "sides": [
        {"name": "harm", "key_points": ["v1-ships", "v2-monks"]},
        {"name": "gain", "key_points": ["v3-dublin"]},
    ],
}


def unit_table() -> Table:
    """Return a sound unit, free to be changed."""
    return deepcopy(UNIT)


def prompt_table() -> Table:
    """Return a sound question, free to be changed."""
    return deepcopy(PROMPT)


def sound_unit() -> Unit:
    """Return the unit that the question is set on."""
    return parse_unit(unit_table(), file="vikings/unit.toml", slug="vikings")


def unit_faults(table: Table) -> list[str]:
    """Return the faults of a unit as lines of text, without the file."""
    return _lines(examine_unit(table, file="unit.toml", slug="vikings")[1])


def prompt_faults(table: Table) -> list[str]:
    """Return the faults of a question as lines of text, without the file."""
    found = examine_prompt(table, unit=sound_unit(), file="vikings-impact.toml", slug="vikings-impact")[1]
    return _lines(found)


def _lines(faults: Any) -> list[str]:
    return [f"{fault.key}: {fault.reason}" for fault in faults]


def altered(table: Table, path: str, value: object) -> Table:
    """Set, or with None remove, what stands at a dotted path ("key_points.0.card")."""
    *above, last = path.split(".")
    place: Any = table
    for step in above:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is None:
        del place[last]
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return table
