"""What marked essays have taught about the key points of a unit: the calibration that comes with it.

It lies beside the unit as `calibration.jsonl`, made by `python -m bench.taught --write`: a line for what all
key points share, then one for each of them, so that a question reads those of its own alone. What it knows of
a key point belongs to that point's statement, in whatever question it stands: a point that an author has put
otherwise goes without.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from grader.calibration import Calibration
from grader.calibration.reading import calibration_from_json
from grader.rubric import KeyPoint, Prompt
from prompts.loading import built_in_root

CALIBRATION_FILE = "calibration.jsonl"


class _Shipped(NamedTuple):
    """A unit's calibration without what is known of single points; statements and JSON lines by point."""

    values: Mapping[str, Any]
    statements: Mapping[str, str]
    lines: Mapping[str, str]


def shipped_calibration(prompt: Prompt) -> Calibration | None:
    """Return what is known of the key points of a question; None where nothing is."""
    found = _read(prompt.unit)
    if found is None:
        return None
    keys = [point.id for point in prompt.key_points if found.statements.get(point.id) == point.text]
    if not keys:
        return None
    own = {key: json.loads(found.lines[key])[1] for key in keys}
    whole = calibration_from_json({**found.values, "own": own}, structure_hash=prompt.unit)
    return whole.about(keys, prompt.structure_hash)


def to_ship(calibration: Calibration, points: Iterable[KeyPoint]) -> str:
    """Return the JSON lines of a unit's calibration; `points` are the unit's."""
    statements = {point.id: point.text for point in points if point.id in calibration.own}
    values = calibration.to_json()
    own = values.pop("own")
    rows = [{"calibration": values, "statements": statements}, *([key, own[key]] for key in sorted(own))]
    write = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "".join(write(row) + "\n" for row in rows)


@cache
def _read(unit: str) -> _Shipped | None:
    file = built_in_root() / unit / CALIBRATION_FILE
    if not file.is_file():
        return None
    first, *lines = file.read_text(encoding="utf-8").split("\n")
    values = json.loads(first)
    # A line begins with the id of its point: the other points' weights are not looked at.
    by_key = {line.split('"', 2)[1]: line for line in lines if line}
    return _Shipped(values["calibration"], values["statements"], by_key)
