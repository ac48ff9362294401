"""Words of one family: success, successful, unsuccessful. Coarser than stems."""

from __future__ import annotations

import re
from collections.abc import Callable

_PREFIX = re.compile(r"\A(?:un|in|im|dis|non|re)(?=[a-z]{5})")
_ROOT = 5
"""Letters that words of one family share: the stem of "politics" and that of "political" differ."""
_CACHE_LIMIT = 50_000


class _Families(dict[str, str]):
    """The families of the terms met so far, at most so many."""

    def __missing__(self, term: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        found = self[term] = term if term[0] == "#" else _PREFIX.sub("", term)[:_ROOT]
        return found


family: Callable[[str], str] = _Families().__getitem__
"""Returns what the words of one family have in common; figures stay as they are."""
