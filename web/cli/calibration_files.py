"""Calibrations as files: what `markscheme fit` writes and `markscheme grade --calibration` reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from grader.calibration import Calibration
from grader.calibration.point_view import MEASURES
from grader.calibration.reading import calibration_from_json
from grader.errors import CalibrationError
from prompts import load_all

MAX_BYTES = 64 * 2**20
"""Largest file that is read: a rubric of fifty key points and a hundred essays come to a tenth of it."""


def read_calibration(path: Path) -> tuple[str, Calibration]:
    """Return the slug of the question that a calibration is for, and the calibration.

    Stops the command with a sentence where the file is not a calibration for any question there is.
    """
    values = _read_json(path)
    structure = values.get("structure_hash") if isinstance(values, dict) else None
    prompts = [prompt for loaded in load_all() for prompt in loaded.prompts]
    slug = next((prompt.slug for prompt in prompts if prompt.structure_hash == structure), None)
    try:
        calibration = calibration_from_json(values, structure_hash=str(structure) if slug else "")
        calibration.check_measures(MEASURES)
    except CalibrationError as error:
        raise click.ClickException(f"{path}: {error}") from None
    return str(slug), calibration


def _read_json(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise click.ClickException(f"{path} is too large for a calibration.")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise click.ClickException(f"{path} is not JSON: make it with `markscheme fit`.") from None
