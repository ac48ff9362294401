"""Say everything that is wrong with a question, a unit's folder or a whole collection, at once."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from grader.errors import Fault
from prompts.loading import PASTED, UnknownSlug, built_in_root, examine_prompt_text, load_unit, shared_slugs
from prompts.reading import (
    UNIT_FILE,
    examine_folder,
    holds_toml,
    read_question_file,
    read_unit_file,
    unit_folders,
)


def check(path: Path | str | None = None) -> tuple[Fault, ...]:
    """Return every fault of a question file, a unit's folder or a folder of units; none means sound.

    Args:
        path: what to check; the built-in units where left out.
    """
    if path is None:
        return _check_collection(built_in_root(), "prompts")
    place = Path(path).resolve()  # so that "." has a name, which a unit's slug must equal
    shown = str(Path(path))
    if place.is_dir():
        return examine_folder(place, shown).faults if holds_toml(place) else _check_collection(place, shown)
    if place.is_file():
        return _check_file(place, str(Path(path).parent))
    return (Fault(shown, "file", "not found: give a question's file, a unit's folder or a folder of units"),)


def check_prompt_text(toml_text: str, unit_slug: str) -> tuple[Fault, ...]:
    """Return every fault of a question that is pasted as TOML and set on a built-in unit."""
    try:
        unit = load_unit(unit_slug)
    except UnknownSlug as unknown:
        return (Fault(PASTED, "unit", str(unknown)),)
    return examine_prompt_text(toml_text, unit)[1]


def _check_collection(root: Traversable, shown: str) -> tuple[Fault, ...]:
    folders = [examine_folder(folder, str(Path(shown, folder.name))) for folder in unit_folders(root)]
    if not folders:
        return (Fault(shown, "folder", f"holds no unit: add a folder with a {UNIT_FILE} and a question"),)
    return (*(fault for folder in folders for fault in folder.faults), *shared_slugs(folders))


def _check_file(file: Path, shown: str) -> tuple[Fault, ...]:
    """Check one file; a question's unit is read too, since its faults may be the cause."""
    unit, faults = read_unit_file(file.parent, shown)
    if file.name == UNIT_FILE:
        return faults
    return (*faults, *read_question_file(file, unit, shown)[1])
