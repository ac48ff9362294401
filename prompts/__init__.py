"""Units of revision notes and the essay questions set on them: data, and how to load and check it.

A folder beside `khrushchev` with a `unit.toml` and a file for each question is all that a new unit
takes. Loading refuses what breaks the rules, with every fault; checking lists the faults.
"""

from prompts.checking import check, check_prompt_text, try_out
from prompts.loading import (
    LoadedUnit,
    UnknownSlug,
    example_text,
    list_prompts,
    load_all,
    load_folder,
    load_prompt,
    load_unit,
    parse_prompt_text,
    unit_slugs,
    units_as_they_stand,
)
from prompts.shipped import shipped_calibration

__all__ = [
    "LoadedUnit", "UnknownSlug", "check", "check_prompt_text", "example_text", "list_prompts", "load_all",
    "load_folder", "load_prompt", "load_unit", "parse_prompt_text", "shipped_calibration", "try_out",
    "unit_slugs", "units_as_they_stand",
]  # fmt: skip
