"""Runs of words that are not sentences: key words strung together, figures, words in random order.

English prose puts a function word among every two or three others; a list of terms does not. The
limits leave note-form answers alone: the tersest of 40 marked essays has no run that long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.tokens import Token

_RUN = 16
"""Words without one function word, at least. Notes such as "Zhukov out Oct 57" stay far below."""
_BREATHLESS = 60
"""Words without any punctuation, at least, before their order is doubted."""
_PROSE_SHARE = 0.45
"""Share of function words below which a breathless run is no sentence; prose has .50 to .62."""
_STOP = re.compile(r"[,;:.!?()\"]|\s-\s|\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?]|\n\s*\n")


def list_runs(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return (first, last exclusive) token ranges that list words rather than say something."""
    return _merged(sorted([*_bare_runs(text, tokens), *_breathless_runs(text, tokens)]))


def _bare_runs(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Find long runs of content words; one function word in sixteen may stand inside."""
    found = []
    first = at = 0
    while at <= len(tokens):
        ends = at == len(tokens) or _is_function(tokens[at]) or _sentence_ends(text, tokens, at)
        if ends:
            if at - first >= _RUN:
                found.append((first, at))
            first = at + 1 if at < len(tokens) and _is_function(tokens[at]) else at
        at += 1
    return found


def _is_function(token: Token) -> bool:
    return not token.content and not token.number


def _sentence_ends(text: str, tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and bool(_SENTENCE_END.search(text, tokens[at - 1].end, tokens[at].start))


def _breathless_runs(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    found = []
    first = 0
    for at in range(1, len(tokens) + 1):
        if at < len(tokens) and not _STOP.search(text, tokens[at - 1].end, tokens[at].start):
            continue
        run = tokens[first:at]
        if len(run) >= _BREATHLESS and sum(map(_is_function, run)) < _PROSE_SHARE * len(run):
            found.append((first, at))
        first = at
    return found


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in ranges:
        if merged and first <= merged[-1][1] + 2:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
