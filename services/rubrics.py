"""Stored versions of questions, read back as the grader's values; cached, since versions never change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from grader.rubric import Prompt as Rubric
from grader.rubric.parsing import prompt_from_body
from models import PromptVersion

T = TypeVar("T")

_KEPT = 256
"""Rubrics kept in memory, about 50 kB each: more than a school sets in a year."""


@dataclass(frozen=True, slots=True)
class Keyed(Generic[T]):
    """A value known to a cache by the content hash that it came from, and by nothing else."""

    content_hash: str
    value: T = field(compare=False)


def rubric_of(version: PromptVersion) -> Rubric:
    """Return the rubric that a version holds."""
    return _read(Keyed(version.content_hash, version.body))


@lru_cache(maxsize=_KEPT)
def _read(body: Keyed[dict[str, Any]]) -> Rubric:
    return prompt_from_body(body.value)
