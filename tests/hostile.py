"""The hostile inputs of tests/data/hostile.jsonl, the long ones built: {"repeat", "times"} and the like."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "hostile.jsonl"


@dataclass(frozen=True)
class Hostile:
    """A raw input for one field, and what has to happen to it."""

    id: str
    field: str
    prompt: str
    text: str
    must: tuple[str, ...]
    max_seconds: float


def hostile_inputs(field: str) -> list[Hostile]:
    """Return the inputs for a field such as "essay" or "student_name"."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    values = [json.loads(line) for line in lines if line.strip()]
    return [_read(value) for value in values if value["field"] == field]


def _read(value: dict[str, Any]) -> Hostile:
    expect = value["expect"]
    text = value["text"] if "text" in value else _build(value["gen"])
    return Hostile(
        value["id"], value["field"], value["prompt"], text, tuple(expect["must"]), expect["max_seconds"]
    )


def _build(gen: Any) -> str:
    match gen:
        case str():
            return gen
        case {"repeat": part, "times": times}:
            return str(part) * int(times)
        case {"concat": parts}:
            return "".join(_build(part) for part in parts)
        case {"range": [first, last], "join": joint}:
            return str(joint).join(str(number) for number in range(first, last))
        case {"of": text, "after_each_letter": extra}:
            return "".join(c + str(extra) if c.isalpha() else c for c in str(text))
        case _:
            raise ValueError(f"no way to build {gen!r}")
