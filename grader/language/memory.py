"""What has been found out about a text, kept for the next time: words recur."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_MOST = 50_000
_LONGEST = 40
"""Characters of a text that is worth keeping: longer ones hardly recur."""
_Found = TypeVar("_Found")


class Memory(dict[str, _Found], Generic[_Found]):
    """The answers of a function of one text, found out once each; bounded in number and in size.

    Asking a dict costs less than calling a cached function, and words are asked after by the hundred
    thousand. Full, it forgets everything: what recurs is soon known again.
    """

    def __init__(self, find_out: Callable[[str], _Found]) -> None:
        super().__init__()
        self._find_out = find_out

    def __missing__(self, text: str) -> _Found:
        """Find out about a text that is not known yet."""
        found = self._find_out(text)
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[text] = found
        return found
