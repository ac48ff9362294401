"""What produced a score: the recipe that is kept with it, so that an old score can be told from a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

from grader.rubric import Prompt
from grader.verdicts.verdict_models import default_parameters

RECIPE = "16"
"""Raised whenever the code of the grader changes what an essay earns."""


class Fingerprinted(Protocol):
    """A calibration, as far as a signature needs to know it."""

    @property
    def fingerprint(self) -> str:
        """Short hash of the fitted values."""
        ...


def scorer_signature(
    prompt: Prompt, calibration: Fingerprinted | None = None, *, notes: Sequence[str] = ()
) -> str:
    """Return the recipe of a scorer: code, parameters, rubric, calibration and notes.

    Equal signatures mean equal marks for equal texts.
    """
    parts = ["ms" + RECIPE, default_parameters().version, prompt.content_hash[:12]]
    parts.append(calibration.fingerprint[:12] if calibration else "-")
    if notes:
        parts.append(hashlib.sha256("\0".join(notes).encode()).hexdigest()[:8])
    return ":".join(parts)


def is_stale(signature: str, current: str) -> bool:
    """Tell whether a score was made with a recipe that is no longer the current one."""
    return signature != current
