"""Words of one family: success, successful, unsuccessful. Coarser than stems."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.language.memory import Memory

_PREFIX = re.compile(r"\A(?:un|in|im|dis|non|re)(?=[a-z]{5})")
_ROOT = 5
"""Letters that words of one family share: the stem of "politics" and that of "political" differ."""


def _family_of(term: str) -> str:
    return term if term[0] == "#" else _PREFIX.sub("", term)[:_ROOT]


family: Callable[[str], str] = Memory(_family_of).__getitem__
"""Returns what the words of one family have in common; figures stay as they are."""
