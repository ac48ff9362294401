"""Turn tables into units and questions, or say everything that is wrong with them at once.

Pure: the tables come from `tomllib` (files, `prompts.loading`) or from JSON (stored questions).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.errors import Fault, RubricError
from grader.rubric import AnyGroup, Card, Essential, KeyPoint, Level, Prompt, Side, Unit
from grader.rubric.field_reader import FaultLog, Table
from grader.rubric.prompt_parsing import read_prompt
from grader.rubric.unit_parsing import read_unit


def examine_unit(data: Table, *, file: str, slug: str | None = None) -> tuple[Unit, tuple[Fault, ...]]:
    """Return what can be read of a unit, and its faults.

    Args:
        data: the file as a table.
        file: how the file is named in a fault.
        slug: what the unit's slug must be; None where any will do.
    """
    log = FaultLog(file)
    return read_unit(data, log, slug=slug), log.faults


def examine_prompt(
    data: Table, *, unit: Unit | None, file: str, slug: str | None = None
) -> tuple[Prompt, tuple[Fault, ...]]:
    """Return what can be read of a question, and its faults; without a unit, ids are not looked up."""
    log = FaultLog(file)
    return read_prompt(data, log, unit=unit, slug=slug), log.faults


def parse_unit(data: Table, *, file: str, slug: str | None = None) -> Unit:
    """Return a unit; raise RubricError with every fault where there is one."""
    unit, faults = examine_unit(data, file=file, slug=slug)
    _refuse(faults)
    return unit


def parse_prompt(data: Table, *, unit: Unit, file: str, slug: str | None = None) -> Prompt:
    """Return a question set on a unit; raise RubricError with every fault where there is one."""
    prompt, faults = examine_prompt(data, unit=unit, file=file, slug=slug)
    _refuse(faults)
    return prompt


def prompt_from_body(body: Mapping[str, Any]) -> Prompt:
    """Return the question that `Prompt.to_body` wrote down; the inverse of it, hashes included.

    Raises:
        RubricError: a stored body that no version of this program wrote.
    """
    try:
        return Prompt(
            **{
                **body,
                "sides": tuple(Side(**_with_tuples(side)) for side in body["sides"]),
                "key_points": tuple(_point(point) for point in body["key_points"]),
                "cards": tuple(Card(**_with_tuples(card)) for card in body["cards"]),
                "any_groups": tuple(AnyGroup(**_with_tuples(group)) for group in body["any_groups"]),
                "levels": tuple(_level(level) for level in body["levels"]),
            }
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"cannot be read back ({error}): sync the questions anew"
        raise RubricError((Fault("stored question", str(body.get("slug", "?")), reason),)) from error


def _point(stored: Mapping[str, Any]) -> KeyPoint:
    essentials = tuple(Essential(**_with_tuples(essential)) for essential in stored["essentials"])
    return KeyPoint(**{**_with_tuples(stored), "essentials": essentials})


def _level(stored: Mapping[str, Any]) -> Level:
    """Read a level; a database may have kept 0.0 as 0, which would change the hash."""
    return Level(**{**stored, "from_share": float(stored["from_share"])})


def _with_tuples(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}


def _refuse(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise RubricError(faults)
