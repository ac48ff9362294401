"""Words of one family: success, successful, unsuccessful. Coarser than stems."""

from __future__ import annotations

import re
from functools import lru_cache

_PREFIX = re.compile(r"\A(?:un|in|im|dis|non|re)(?=[a-z]{5})")
_ROOT = 5
"""Letters that words of one family share: the stem of "politics" and that of "political" differ."""


@lru_cache(maxsize=50_000)
def family(term: str) -> str:
    """Return what the words of one family have in common; figures stay as they are."""
    return term if term[0] == "#" else _PREFIX.sub("", term)[:_ROOT]
