"""What the verdict models are fitted on and measured with, read from the paths of a command.

A path is a file of marked essays, a file of attempts to cheat (their rows say what to `expect`), a file of
single claims about a key point each (their rows name the `point`), or a folder with units of another subject
and, beside them, `essays.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from grader.rubric import Prompt
from prompts import list_prompts, load_folder

Rows: TypeAlias = list[dict[str, Any]]
OTHER_ESSAYS = "essays.jsonl"
_ROOT = Path(__file__).parents[1]
_MARKED = _ROOT / "tests" / "accuracy" / "data"
ESSAYS = _ROOT / "prompts" / "khrushchev" / "essays.jsonl"
_ATTEMPTS = _ROOT / "tests" / "data" / "gaming.jsonl"
_FURTHER_ATTEMPTS = _ROOT / "tests" / "data" / "further-attempts.jsonl"
CLAIMS = _MARKED / "claims.jsonl"
FURTHER = _MARKED / "further.jsonl"
FITTED = (ESSAYS, _ATTEMPTS, _FURTHER_ATTEMPTS, CLAIMS, FURTHER, _MARKED / "other-subjects")
"""What the parameters that ship are fitted on."""
_UNFITTED = (
    *("held-out", "unseen", "later", "last", "newest"),
    *("varied", "wider", "broader", "plain", "ample", "manifold", "diverse"),
)
ONLY_MEASURED = tuple(_MARKED / f"{name}.jsonl" for name in _UNFITTED)
"""Marked essays that no verdict model is fitted on; the calibration that ships is."""
_SET_APART = ("fresh", "mixed", "blind", "sealed", "apart", "aside", "closing")
FRESH = tuple(_MARKED / f"{name}.jsonl" for name in _SET_APART)
"""Marked essays that nothing at all is fitted on."""
FRAMES = _MARKED / "frames.jsonl"
"""Sentences that take a claim back, with a place for the claim."""
REFUTING = _MARKED / "refuting.jsonl"
"""Honest essays that argue by rejecting what others claim; nothing is fitted on them."""
NONSENSE, PAIRS, OPPOSITES = (_MARKED / f"{name}.jsonl" for name in ("nonsense", "pairs", "opposites"))
"""What the calibration that ships is fitted on besides: nonsense, other subjects and answers in an odd style;
single claims beside the same claims turned round; more of them, half of these wrong, each in its own way."""


@dataclass(frozen=True, slots=True)
class Corpora:
    """Marked essays and attempts, with the questions that they answer, by slug.

    `essays` come from the first path, `further` ones from the others: those were written so as to keep away
    from the phrasings, more than students do, and count half.
    """

    essays: Rows
    further: Rows
    attempts: Rows
    claims: Rows
    prompts: Mapping[str, Prompt]


def read_corpora(paths: Iterable[Path]) -> Corpora:
    """Read everything that paths name; there is at least one."""
    found: list[Prompt] = list(list_prompts())
    files: list[Rows] = []
    for path in paths:
        if path.is_dir():
            found += [prompt for loaded in load_folder(path) for prompt in loaded.prompts]
        files.append(read_lines(path / OTHER_ESSAYS if path.is_dir() else path))
    first, *others = [[row for row in rows if row.keys().isdisjoint(("expect", "point"))] for rows in files]
    attempts = [row for rows in files for row in rows if "expect" in row]
    claims = [row for rows in files for row in rows if "point" in row]
    return Corpora(first, [*chain(*others)], attempts, claims, {prompt.slug: prompt for prompt in found})


def read_lines(path: Path) -> Rows:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
