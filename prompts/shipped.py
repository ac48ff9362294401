"""What marked essays have taught about a built-in question: the calibration that comes with it.

It lies beside the question as `SLUG.calibration.json`, made by `python -m bench.taught --write`, and belongs
to the question as it stands there: one whose key points or marks an author has changed goes without.
"""

from __future__ import annotations

import json
from functools import cache

from grader.calibration import Calibration
from grader.calibration_json import calibration_from_json
from grader.rubric import Prompt
from prompts.loading import built_in_root

_SUFFIX = ".calibration.json"


def shipped_calibration(prompt: Prompt) -> Calibration | None:
    """Return what comes with a question; None where nothing does, or it is for other key points."""
    found = _read(prompt.unit, prompt.slug)
    return found if found and found.structure_hash == prompt.structure_hash else None


def calibration_file(prompt: Prompt) -> str:
    """Return the path, from the folder of the units, of the calibration that comes with a question."""
    return f"{prompt.unit}/{prompt.slug}{_SUFFIX}"


@cache
def _read(unit: str, slug: str) -> Calibration | None:
    file = built_in_root() / unit / f"{slug}{_SUFFIX}"
    if not file.is_file():
        return None
    values = json.loads(file.read_text(encoding="utf-8"))
    return calibration_from_json(values, structure_hash=values["structure_hash"])
