"""Runs of words that are not sentences: key words strung together, figures, words in random order.

English prose puts a function word among every two or three others; a list of terms does not. The
limits leave note-form answers alone: the tersest of 40 marked essays has no run that long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from grader.essay import ParsedEssay, Unit
from grader.word_classes import class_of

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
_REFRAIN = 6
"""Sentences that add bare terms to the same opening words, at least, before they are a list."""
_OPENING, _LONGEST_OPENING = 2, 6
_DOING = frozenset(("-ed", "PAST", "DONE", "VERB", "BE", "HAVE", "DO", "MOD"))
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


def refrains(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return sentences that put term after term behind one opening: "To revise: grain. To revise: trade."."""
    starts = [essay.words[unit.first : min(unit.first + _OPENING, unit.last)] for unit in essay.units]
    alike = [len(a) == _OPENING and a == b for a, b in pairwise(starts)]
    if sum(alike) < _REFRAIN // 2:
        return []
    found = set()
    for at, same in enumerate(alike):
        if same:
            shared = _shared_opening(essay, essay.units[at], essay.units[at + 1])
            found.update(unit for unit in essay.units[at : at + 2] if _only_names(essay, unit, shared))
    return sorted((unit.first, unit.last) for unit in found) if len(found) >= _REFRAIN else []


def _shared_opening(essay: ParsedEssay, unit: Unit, other: Unit) -> int:
    """Count the words with which two sentences open alike, up to a colon at most."""
    longest = min(unit.last - unit.first, other.last - other.first, _LONGEST_OPENING)
    shared = 1
    while shared < longest and essay.words[unit.first + shared] == essay.words[other.first + shared]:
        if ":" in essay.gaps.get(unit.first + shared, ""):
            break
        shared += 1
    return shared


def _only_names(essay: ParsedEssay, unit: Unit, opening: int) -> bool:
    """Tell whether a sentence does nothing but name or ask behind an opening that tells nothing either.

    What stands before a colon is a heading; elsewhere a verb may open it ("Consider the grain").
    """
    at = unit.first + opening
    classes = [class_of(word).coarse for word in essay.words[unit.first : unit.last]]
    heading = ":" in essay.gaps.get(at, "")
    if not heading and not _DOING.isdisjoint(classes[1:opening]):
        return False
    rest = classes[opening:]
    return rest[:1] == ["WH"] or essay.words[at : at + 1] == ["whether"] or _DOING.isdisjoint(rest)


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


def merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join ranges, in order, that overlap or have at most two words between them."""
    merged: list[tuple[int, int]] = []
    for first, last in ranges:
        if merged and first <= merged[-1][1] + 2:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
