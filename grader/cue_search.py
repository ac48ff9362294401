"""Where the set phrases of the lexicon stand in a text: plain searches, which beat one long pattern.

Most phrases have a word that a text does not use at all; those are not searched for.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from grader.lexicon import cues

_RUN = re.compile(r"[^\W_]+")
_BLANKED = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})


def words_in(text: str) -> frozenset[str]:
    """Return the runs of letters and digits of a text."""
    return frozenset(text.translate(_BLANKED).split() if text.isascii() else _RUN.findall(text))


def cue_spans(name: str, text: str, words: Set[str]) -> list[tuple[int, int]]:
    """Return (start, end) of every whole-word use of a closed list's phrases in folded text, in order.

    `words` are those of the text, or of a longer one that it was cut from.
    """
    found = []
    for cue, needed in _cues_with_words(name):
        start = text.find(cue) if needed <= words else -1
        while start >= 0:
            end = start + len(cue)
            if _is_edge(text, start - 1) and _is_edge(text, end):
                found.append((start, end))
            start = text.find(cue, end)
    return sorted(found)


@cache
def _cues_with_words(name: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((cue, words_in(cue)) for cue in cues(name))


def _is_edge(text: str, place: int) -> bool:
    return not (0 <= place < len(text) and text[place].isalnum())
