"""Read a calibration back from JSON, trusting nothing: the file may come from anywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from grader.calibration import FORMAT, Calibration, Weights
from grader.calibration.familiarity import Familiarity
from grader.calibration.weighing import Weighing
from grader.errors import CalibrationError
from grader.report import Verdict

MAX_WEIGHT = 50.0
"""Log-odds beyond this are no opinion but a broken file."""


def calibration_from_json(values: Any, *, structure_hash: str) -> Calibration:
    """Read what `Calibration.to_json` wrote, for the rubric with this structure hash.

    Raises:
        CalibrationError: with a sentence that says what is wrong and what to do about it.
    """
    if not isinstance(values, Mapping) or values.get("format") != FORMAT:
        raise CalibrationError(
            f"This is not a calibration of format {FORMAT}: make one with `markscheme fit`."
        )
    if values.get("structure_hash") != structure_hash:
        raise CalibrationError(
            "This calibration belongs to another question, or to a version of it with other key points or "
            "marks: fit it again for this one."
        )
    try:
        return _read(values)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CalibrationError(
            f"This calibration is damaged ({type(error).__name__}: {error}): "
            "make it again with `markscheme fit`."
        ) from error


def _read(values: Mapping[str, Any]) -> Calibration:
    if values["verdicts"] != [str(verdict) for verdict in Verdict]:
        raise ValueError("verdicts are not the ones in use")
    return Calibration(
        structure_hash=values["structure_hash"],
        similarities=_names(values, "similarities"),
        shared=_weights(values["shared"]),
        own={str(key): _weights(own) for key, own in values["own"].items()},
        familiarity=Familiarity.from_json(values["familiarity"]) if "familiarity" in values else None,
        weighing=_weighing(values["weighing"]) if "weighing" in values else None,
        base=_base(values["base"], values["structure_hash"]) if "base" in values else None,
    )


def _weighing(values: Mapping[str, Any]) -> Weighing:
    return Weighing(_names(values, "measures"), _weights(values["weights"]))


def _base(values: Mapping[str, Any], structure_hash: str) -> Calibration:
    if "base" in values:
        raise ValueError("what it is laid on is laid on another")
    return calibration_from_json(values, structure_hash=structure_hash)


def _names(values: Mapping[str, Any], what: str) -> tuple[str, ...]:
    names = values[what]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{what} is not a list of names")
    return tuple(names)


def _weights(values: Mapping[str, Any]) -> Weights:
    weights = {str(name): tuple(_number(weight) for weight in row) for name, row in values.items()}
    if any(len(row) != len(Verdict) for row in weights.values()):
        raise ValueError(f"a weight has not {len(Verdict)} numbers")
    return weights


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is not a number")
    if not math.isfinite(value) or abs(value) > MAX_WEIGHT:
        raise ValueError(f"{value!r} is out of bounds")
    return float(value)
