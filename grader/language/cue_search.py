"""Where the set phrases of the lexicon stand in a text: plain searches, which beat one long pattern.

Most phrases have a word that a text does not use at all; those are not searched for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from itertools import chain

from grader.language.lexicon import cues

_RUN = re.compile(r"[^\W_]+")
_BLANKED = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})


def words_in(text: str) -> frozenset[str]:
    """Return the runs of letters and digits of a text."""
    return frozenset(text.translate(_BLANKED).split() if text.isascii() else _RUN.findall(text))


def cue_spans(name: str, text: str, words: Set[str], *, longer: bool = False) -> list[tuple[int, int]]:
    """Return (start, end) of every whole-word use of a closed list's phrases in folded text, in order.

    `words` are those of the text, or of a longer one that it was cut from. Where only the `longer` phrases
    are asked for, single words are left out.
    """
    spans = []
    by_word = _by_longest_word(name, longer)
    for cue, needed in chain.from_iterable([found for word, found in by_word if word in words]):
        start = text.find(cue) if needed <= words else -1
        while start >= 0:
            end = start + len(cue)
            if _is_edge(text, start - 1) and _is_edge(text, end):
                spans.append((start, end))
            start = text.find(cue, end)
    return sorted(spans)


@cache
def _by_longest_word(name: str, longer: bool) -> Sequence[tuple[str, Sequence[tuple[str, frozenset[str]]]]]:
    """Return the phrases of a list, each with its words, by the longest of them, which is seldom there."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for cue in cues(name):
        if not longer or " " in cue:
            needed = words_in(cue)
            found.setdefault(max(sorted(needed), key=len), []).append((cue, needed))
    return list(found.items())


def _is_edge(text: str, place: int) -> bool:
    return not (0 <= place < len(text) and text[place].isalnum())
