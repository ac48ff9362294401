"""Read unit and question files: from bytes to tables, and every fault of a folder on the way.

What cannot be read at all (not TOML, not UTF-8, too large) becomes a fault like any other, with its
line and column, so that one run tells an author everything.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any

from grader.errors import Fault
from grader.rubric import Prompt, Unit
from grader.rubric.parsing import examine_prompt, examine_unit

UNIT_FILE = "unit.toml"
MOST_BYTES = 2_000_000
"""Largest file that is read; the Khrushchev unit, with 53 key points, takes 130,000."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What could be read of a unit's folder, and all of its faults."""

    unit: Unit | None
    prompts: tuple[Prompt, ...]
    faults: tuple[Fault, ...]


def read_toml(text: str, file: str) -> Mapping[str, Any] | Fault:
    """Return the table that a TOML text holds, or the fault that keeps it from being read."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        return Fault(file, "file", "has brackets within brackets too deep to read: close those that are open")
    except ValueError as error:  # TOMLDecodeError, and whole numbers of thousands of figures
        return Fault(file, *_place_of(str(error), text))


def read_file(file: Traversable, name: str) -> Mapping[str, Any] | Fault:
    """Return the table that a file holds, or the fault that keeps it from being read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        return Fault(
            name, "file", f"cannot be opened ({error.strerror or error}): check the name and who may read it"
        )
    if len(content) > MOST_BYTES:
        return Fault(name, "file", f"is larger than {MOST_BYTES:,} bytes: split the unit into several")
    try:
        return read_toml(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Fault(name, f"line {line}", "is not UTF-8: save the file with the encoding UTF-8")


def examine_folder(folder: Traversable, shown: str) -> Examined:
    """Return what a unit's folder holds, and all of its faults; `shown` names the folder in them."""
    unit, faults = read_unit_file(folder, shown)
    prompts: list[Prompt] = []
    for file in question_files(folder):
        prompt, more = read_question_file(file, unit, shown)
        prompts += [prompt] if prompt else []
        faults += more
    return Examined(unit, tuple(prompts), faults)


def read_unit_file(folder: Traversable, shown: str) -> tuple[Unit | None, tuple[Fault, ...]]:
    """Return the unit of a folder, as far as it can be read, and its faults."""
    name = str(PurePath(shown, UNIT_FILE))
    file = folder / UNIT_FILE
    if not file.is_file():
        return None, (
            Fault(name, "file", "not found: a folder of questions needs one for its cards and key points"),
        )
    data = read_file(file, name)
    if isinstance(data, Fault):
        return None, (data,)
    return examine_unit(data, file=name, slug=folder.name)


def read_question_file(
    file: Traversable, unit: Unit | None, shown: str
) -> tuple[Prompt | None, tuple[Fault, ...]]:
    """Return the question of a file, as far as it can be read, and its faults."""
    name = str(PurePath(shown, file.name))
    data = read_file(file, name)
    if isinstance(data, Fault):
        return None, (data,)
    return examine_prompt(data, unit=unit, file=name, slug=file.name.removesuffix(".toml"))


def question_files(folder: Traversable) -> list[Traversable]:
    """Return a unit folder's question files, by name."""
    files = [file for file in folder.iterdir() if file.name.endswith(".toml") and file.name != UNIT_FILE]
    return sorted(files, key=lambda file: file.name)


def unit_folders(root: Traversable) -> list[Traversable]:
    """Return the folders of a root that hold a unit, by name."""
    folders = [entry for entry in root.iterdir() if entry.is_dir() and holds_toml(entry)]
    return sorted(folders, key=lambda folder: folder.name)


def holds_toml(folder: Traversable) -> bool:
    """Say whether a folder is meant to be a unit's: it holds a TOML file."""
    return any(entry.name.endswith(".toml") for entry in folder.iterdir())


def _place_of(message: str, text: str) -> tuple[str, str]:
    """Return where a TOML error stands and what it says, from the message of `tomllib`."""
    found = re.fullmatch(r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if not found:
        return "file", f"cannot be read as TOML ({message}): compare it with the example in prompts/README.md"
    said, line, column = found.groups()
    if not line:  # at the end of the text
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    reason = f"is not TOML ({said}): look for a quote, comma or bracket that is not closed"
    return f"line {line}, column {column}", reason
