"""What marked essays have taught about the key points of a unit: the calibration that comes with it.

It lies beside the unit as `calibration.json`, made by `python -m bench.taught --write`. What it knows of a
key point belongs to that point's statement, in whatever question it stands: a point that an author has put
otherwise goes without.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from grader.calibration import Calibration
from grader.calibration_json import calibration_from_json
from grader.rubric import KeyPoint, Prompt
from prompts.loading import built_in_root

CALIBRATION_FILE = "calibration.json"
_LIST = re.compile(r"\[[^\[\]{}\"]*\]")


def shipped_calibration(prompt: Prompt) -> Calibration | None:
    """Return what is known of the key points of a question; None where nothing is."""
    found = _read(prompt.unit)
    if found is None:
        return None
    statements, values = found["statements"], found["calibration"]
    keys = [point.id for point in prompt.key_points if statements.get(point.id) == point.text]
    if not keys:
        return None
    # A question has a sixth of the unit's key points: the others' weights are not looked at.
    asked = {**values, "own": {key: values["own"][key] for key in keys}}
    return calibration_from_json(asked, structure_hash=prompt.unit).about(keys, prompt.structure_hash)


def to_ship(calibration: Calibration, points: Iterable[KeyPoint]) -> str:
    """Return the JSON of a unit's calibration, a line for each weight; `points` are the unit's."""
    statements = {point.id: point.text for point in points if point.id in calibration.own}
    values = {"calibration": calibration.to_json(), "statements": statements}
    text = json.dumps(values, ensure_ascii=False, indent=0, sort_keys=True)
    return _LIST.sub(lambda found: found.group().replace("\n", ""), text) + "\n"


@cache
def _read(unit: str) -> Mapping[str, Any] | None:
    """Return a unit's calibration as JSON values, and the statements of its key points by id."""
    file = built_in_root() / unit / CALIBRATION_FILE
    if not file.is_file():
        return None
    values: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return values
