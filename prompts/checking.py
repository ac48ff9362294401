"""Say everything that is wrong with a question, a unit's folder or a whole collection, at once.

A question that reads well is tried out too: its model answer has to earn every mark. The scorer is
loaded for that alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

from grader.errors import Fault
from grader.rubric import Prompt
from prompts.loading import PASTED, UnknownSlug, built_in_root, examine_prompt_text, load_unit, shared_slugs
from prompts.reading import (
    UNIT_FILE,
    Examined,
    examine_folder,
    holds_toml,
    read_question_file,
    read_unit_file,
    unit_folders,
)


def check(path: Path | str | None = None, *, strict: bool = False) -> tuple[Fault, ...]:
    """Return every fault of a question file, a unit's folder or a folder of units; none means sound.

    Args:
        path: what to check; the built-in units where left out.
        strict: also try to earn marks without making points (word list, shuffled sentences ...); a
            question that pays for an attempt has a fault.
    """
    if path is None:
        return _check_collection(built_in_root(), "prompts", strict)
    place = Path(path).resolve()  # so that "." has a name, which a unit's slug must equal
    shown = str(Path(path))
    if place.is_dir():
        return (
            _check_folder(examine_folder(place, shown), shown, strict)
            if holds_toml(place)
            else _check_collection(place, shown, strict)
        )
    if place.is_file():
        return _check_file(place, str(Path(path).parent), strict)
    return (Fault(shown, "file", "not found: give a question’s file, a unit’s folder or a folder of units"),)


def check_prompt_text(toml_text: str, unit_slug: str) -> tuple[Fault, ...]:
    """Return every fault of a question that is pasted as TOML and set on a built-in unit."""
    try:
        unit = load_unit(unit_slug)
    except UnknownSlug as unknown:
        return (Fault(PASTED, "unit", str(unknown)),)
    prompt, faults = examine_prompt_text(toml_text, unit)
    return faults or (try_out(prompt) if prompt else ())


def try_out(prompt: Prompt) -> tuple[Fault, ...]:
    """Return the faults of a pasted question that show when its model answer is graded; none without one."""
    return _try_out([(prompt, PASTED)]) if prompt.model_answer.strip() else ()


def _check_collection(root: Traversable, shown: str, strict: bool) -> tuple[Fault, ...]:
    folders = {
        str(Path(shown, folder.name)): examine_folder(folder, str(Path(shown, folder.name)))
        for folder in unit_folders(root)
    }
    if not folders:
        return (Fault(shown, "folder", f"holds no unit: add a folder with a {UNIT_FILE} and a question"),)
    found = [_check_folder(folder, name, strict) for name, folder in folders.items()]
    return (*(fault for faults in found for fault in faults), *shared_slugs(list(folders.values())))


def _check_folder(folder: Examined, shown: str, strict: bool) -> tuple[Fault, ...]:
    """Return a folder's faults of form, and those of trying out the questions that have none."""
    faulty = {fault.file for fault in folder.faults}
    if str(PurePath(shown, UNIT_FILE)) in faulty:
        return folder.faults
    named = [(prompt, str(PurePath(shown, f"{prompt.slug}.toml"))) for prompt in folder.prompts]
    return (*folder.faults, *_try_out([pair for pair in named if pair[1] not in faulty], strict))


def _try_out(named: Iterable[tuple[Prompt | None, str]], strict: bool = False) -> tuple[Fault, ...]:
    """Grade the model answers of sound questions; the scorer is loaded here and not before."""
    from prompts.trial import try_question

    return tuple(
        fault for prompt, file in named if prompt for fault in try_question(prompt, file, strict=strict)
    )


def _check_file(file: Path, shown: str, strict: bool) -> tuple[Fault, ...]:
    """Check one file; a question's unit is read too, since its faults may be the cause."""
    unit, faults = read_unit_file(file.parent, shown)
    if file.name == UNIT_FILE:
        return faults
    prompt, more = read_question_file(file, unit, shown)
    return (*faults, *more) or _try_out([(prompt, str(PurePath(shown, file.name)))], strict)
