"""What the verdict models are fitted on and measured with, read from the paths of a command.

A path is a file of marked essays, a file of attempts to cheat (their rows say what to `expect`), or a folder
with units of another subject and, beside them, `essays.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from grader.rubric import Prompt
from prompts import list_prompts, load_folder

Rows: TypeAlias = list[dict[str, Any]]
OTHER_ESSAYS = "essays.jsonl"


@dataclass(frozen=True, slots=True)
class Corpora:
    """Marked essays and attempts, with the questions that they answer, by slug."""

    essays: Rows
    attempts: Rows
    prompts: Mapping[str, Prompt]


def read_corpora(paths: Iterable[Path]) -> Corpora:
    """Read everything that paths name; essays keep the order of the paths."""
    found: list[Prompt] = list(list_prompts())
    rows: Rows = []
    for path in paths:
        if path.is_dir():
            found += [prompt for loaded in load_folder(path) for prompt in loaded.prompts]
        rows += read_lines(path / OTHER_ESSAYS if path.is_dir() else path)
    essays = [row for row in rows if "expect" not in row]
    attempts = [row for row in rows if "expect" in row]
    return Corpora(essays, attempts, {prompt.slug: prompt for prompt in found})


def read_lines(path: Path) -> Rows:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
