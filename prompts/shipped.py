"""What marked essays have taught about the key points of a unit: the calibration that comes with it.

It lies beside the unit as `calibration.json`, made by `python -m bench.taught --write`. What it knows of a
key point belongs to that point's statement, in whatever question it stands: a point that an author has put
otherwise goes without.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from grader.calibration import Calibration
from grader.calibration_json import calibration_from_json
from grader.rubric import KeyPoint, Prompt
from prompts.loading import built_in_root

CALIBRATION_FILE = "calibration.json"
_LIST = re.compile(r"\[[^\[\]{}\"]*\]")


@dataclass(frozen=True, slots=True)
class _Shipped:
    """A unit's calibration, and the statements of the key points that it is about, by id."""

    calibration: Calibration
    statements: Mapping[str, str]


def shipped_calibration(prompt: Prompt) -> Calibration | None:
    """Return what is known of the key points of a question; None where nothing is."""
    found = _read(prompt.unit)
    if found is None:
        return None
    keys = [point.id for point in prompt.key_points if found.statements.get(point.id) == point.text]
    return found.calibration.about(keys, prompt.structure_hash) if keys else None


def to_ship(calibration: Calibration, points: Iterable[KeyPoint]) -> str:
    """Return the JSON of a unit's calibration, a line for each weight; `points` are the unit's."""
    statements = {point.id: point.text for point in points if point.id in calibration.own}
    values = {"calibration": calibration.to_json(), "statements": statements}
    text = json.dumps(values, ensure_ascii=False, indent=0, sort_keys=True)
    return _LIST.sub(lambda found: found.group().replace("\n", ""), text) + "\n"


@cache
def _read(unit: str) -> _Shipped | None:
    file = built_in_root() / unit / CALIBRATION_FILE
    if not file.is_file():
        return None
    values = json.loads(file.read_text(encoding="utf-8"))
    return _Shipped(calibration_from_json(values["calibration"], structure_hash=unit), values["statements"])
