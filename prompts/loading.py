"""Load units and questions: the built-in ones, those of any folder, and one that is pasted as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from grader.errors import Fault, RubricError
from grader.rubric import Prompt, Unit
from grader.rubric.parsing import examine_prompt, examine_unit, parse_prompt
from prompts.reading import UNIT_FILE, Examined, examine_folder, read_toml, unit_folders

PASTED = "question"
"""How a question that is pasted as text is named in its faults."""
A_UNIT = Fault(
    PASTED,
    "file",
    "is a unit with its cards and key points, not a question: save it as unit.toml in a folder of its own "
    "and check that with `markscheme prompts check FOLDER`; here, paste one question at a time",
)
_UNITS_REMEMBERED = 32
_EXAMPLE = re.compile(r"^`[\w-]+/(?!unit)[\w-]+\.toml`\n\n```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LoadedUnit:
    """A unit with the questions set on it, by slug."""

    unit: Unit
    prompts: tuple[Prompt, ...]


class UnknownSlug(LookupError):
    """No unit or question has this slug; `nearest` is the one that was probably meant."""

    def __init__(self, slug: str, kind: str, known: tuple[str, ...]) -> None:
        self.slug = slug
        self.nearest = next(iter(get_close_matches(slug, known, n=1)), None)
        meant = f'; did you mean "{self.nearest}"?' if self.nearest else f"; there are {', '.join(known)}."
        super().__init__(f'There is no {kind} "{slug}"{meant}')


def built_in_root() -> Traversable:
    """Return the folder that holds the built-in units."""
    return files("prompts")


@cache
def load_all() -> tuple[LoadedUnit, ...]:
    """Return the built-in units with their questions; raise RubricError with every fault."""
    return _loaded(
        [examine_folder(folder, f"prompts/{folder.name}") for folder in unit_folders(built_in_root())]
    )


def load_folder(path: Path | str) -> tuple[LoadedUnit, ...]:
    """Return the unit of a folder, or the units of the folders in it; raise RubricError with every fault."""
    root = Path(path).resolve()
    folders = [root] if (root / "unit.toml").is_file() else unit_folders(root)
    return _loaded([examine_folder(folder, str(folder)) for folder in folders])


def unit_slugs() -> tuple[str, ...]:
    """Return the slugs of the built-in units."""
    return tuple(loaded.unit.slug for loaded in load_all())


def load_unit(slug: str) -> Unit:
    """Return a built-in unit; raise UnknownSlug where there is none."""
    for loaded in load_all():
        if loaded.unit.slug == slug:
            return loaded.unit
    raise UnknownSlug(slug, "unit", unit_slugs())


def units_as_they_stand() -> tuple[Unit, ...]:
    """Return the units as their files stand now, those without a fault: a new one needs no restart."""
    found = [_unit_in(folder) for folder in unit_folders(built_in_root()) if (folder / UNIT_FILE).is_file()]
    return tuple(unit for unit in found if unit)


def _unit_in(folder: Traversable) -> Unit | None:
    try:
        return _sound_unit((folder / UNIT_FILE).read_text(encoding="utf-8-sig"), folder.name)
    except (OSError, UnicodeDecodeError):
        return None


@lru_cache(_UNITS_REMEMBERED)
def _sound_unit(text: str, slug: str) -> Unit | None:
    data = read_toml(text, UNIT_FILE)
    if isinstance(data, Fault):
        return None
    unit, faults = examine_unit(data, file=UNIT_FILE, slug=slug)
    return None if faults else unit


def load_prompt(slug: str) -> Prompt:
    """Return a built-in question; raise UnknownSlug where there is none."""
    for prompt in list_prompts():
        if prompt.slug == slug:
            return prompt
    raise UnknownSlug(slug, "question", tuple(prompt.slug for prompt in list_prompts()))


def example_text() -> str:
    """Return the question that the authors' guide prints in full, on a subject of its own."""
    guide = (built_in_root() / "README.md").read_text(encoding="utf-8")
    (example,) = _EXAMPLE.findall(guide)
    return str(example)


def list_prompts() -> tuple[Prompt, ...]:
    """Return the built-in questions, unit by unit."""
    return tuple(prompt for loaded in load_all() for prompt in loaded.prompts)


def examine_prompt_text(text: str, unit: Unit) -> tuple[Prompt | None, tuple[Fault, ...]]:
    """Return what can be read of a question pasted as TOML, and its faults."""
    data = _read_pasted(text)
    if isinstance(data, Fault):
        return None, (data,)
    return examine_prompt(data, unit=unit, file=PASTED)


def parse_prompt_text(text: str, unit: Unit) -> Prompt:
    """Return a question pasted as TOML; raise RubricError with every fault where there is one."""
    data = _read_pasted(text)
    if isinstance(data, Fault):
        raise RubricError((data,))
    return parse_prompt(data, unit=unit, file=PASTED)


def _read_pasted(text: str) -> Mapping[str, Any] | Fault:
    data = read_toml(text, PASTED)
    return A_UNIT if not isinstance(data, Fault) and "cards" in data and "sides" not in data else data


def shared_slugs(folders: list[Examined]) -> tuple[Fault, ...]:
    """Return a fault for each question whose slug another unit uses too: a slug is an address."""
    owners: dict[str, str] = {}
    faults = []
    for prompt in (prompt for folder in folders for prompt in folder.prompts if prompt.unit):
        owner = owners.setdefault(prompt.slug, prompt.unit)
        if owner != prompt.unit:
            reason = f'"{prompt.slug}" is a question of the unit "{owner}" too: rename the file and its slug'
            faults.append(Fault(f"{prompt.unit}/{prompt.slug}.toml", "slug", reason))
    return tuple(faults)


def _loaded(folders: list[Examined]) -> tuple[LoadedUnit, ...]:
    faults = (*(fault for folder in folders for fault in folder.faults), *shared_slugs(folders))
    if faults:
        raise RubricError(faults)
    return tuple(LoadedUnit(folder.unit, folder.prompts) for folder in folders if folder.unit)
