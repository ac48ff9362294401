"""Runs of words that are not sentences: key words strung together, figures, words in random order.

English prose puts a function word among every two or three others; a list of terms does not. The
limits leave note-form answers alone: the tersest of 40 marked essays has no run that long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from grader.language.essay import ParsedEssay

_RUN = 16
"""Words with no function word among them, at least. Notes such as "Sacked, Oct 57" stay far below."""
_PLAIN_RUN = 10
"""The same without so much as a comma."""
_FEWEST_BARE = bytes([1]) * min(_RUN, _PLAIN_RUN)
_SENTENCE = 20
_SENTENCE_SHARE = 0.2
"""Share of function words below which a "sentence" of that length is a list; the tersest notes have .3."""
_BREATHLESS = 60
"""Words without any punctuation, at least, before their order is doubted."""
_PROSE_SHARE = 0.45
"""Share of function words below which a breathless run is no sentence; prose has .50 to .62."""
_ROLL_CALL = 6
"""Sentences of one or two content words in a row, at least: hurried notes have four at most."""
_STOP = re.compile(r"[,;:.!?()\"]|\s-\s|\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?]|\n\s*\n")


def list_runs(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return (first, last exclusive) token ranges that list words rather than say something."""
    content = essay.content
    pauses, ends = _cuts(essay.gaps)
    runs = _bare_runs(content, pauses, ends) if _FEWEST_BARE in content else []
    runs += _sparse(_stretches(ends, len(content)), content, _SENTENCE, _SENTENCE_SHARE)
    runs += _sparse(_stretches(pauses, len(content)), content, _BREATHLESS, _PROSE_SHARE)
    return merged(sorted(runs))


def _bare_runs(content: bytes, pauses: set[int], ends: set[int]) -> list[tuple[int, int]]:
    """Return the runs without a function word that are too long for a sentence."""
    function = {at for at, tells in enumerate(content) if not tells}
    bare = function | {at + 1 for at in function} | ends
    runs = [(a, b) for a, b in _stretches(bare, len(content)) if b - a >= _RUN]
    return runs + [(a, b) for a, b in _stretches(bare | pauses, len(content)) if b - a >= _PLAIN_RUN]


def roll_calls(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return the token ranges of many very short sentences in a row: "There was grain. There was trade."."""
    scant = [len(set(said)) <= 2 for said in essay.said]
    ends = [-1, *(at for at, is_scant in enumerate(scant) if not is_scant), len(scant)]
    rows = [(a + 1, b - 1) for a, b in pairwise(ends) if b - a > _ROLL_CALL]
    return [(essay.units[a].first, essay.units[b].last) for a, b in rows]


def _cuts(gaps: Mapping[int, str]) -> tuple[set[int], set[int]]:
    """Return the tokens before which there is a pause, and those before which a sentence ends."""
    pauses = {at for at, gap in gaps.items() if _is_pause(gap)}
    return pauses, {at for at in pauses if _is_end(gaps[at])}


@lru_cache(maxsize=100)
def _is_pause(gap: str) -> bool:
    return _STOP.search(gap) is not None


@lru_cache(maxsize=100)
def _is_end(gap: str) -> bool:
    return _SENTENCE_END.search(gap) is not None


def _stretches(cuts: set[int], size: int) -> list[tuple[int, int]]:
    """Return (first, last exclusive) of the runs of tokens between cuts."""
    return list(pairwise(sorted(cuts | {0, size})))


def _sparse(
    stretches: Sequence[tuple[int, int]], content: bytes, shortest: int, share: float
) -> list[tuple[int, int]]:
    """Return the stretches of some length that have too few function words."""
    return [(a, b) for a, b in stretches if b - a >= shortest and content.count(0, a, b) < share * (b - a)]


def merged(ranges: Sequence[tuple[int, int]], between: int = 2) -> list[tuple[int, int]]:
    """Join ranges, in order, that overlap or have at most so many words `between` them."""
    merged: list[tuple[int, int]] = []
    for first, last in ranges:
        if merged and first <= merged[-1][1] + between:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
