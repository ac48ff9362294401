"""Sentences in a row that only name things: verbless ones, or one opening with term after term behind it.

"The old hives. All twelve of the new ones. Weather." and "To revise: grain. To revise: trade." state
nothing. Hurried notes have three verbless lines in a row at most, and do not repeat their openings.
"""

from __future__ import annotations

import re
from itertools import pairwise

from grader.language.essay import ParsedEssay, Unit
from grader.language.word_classes import class_of
from grader.screening.enumerations import DOING, letter_of

_ROW = 6
"""Sentences that only name, at least."""
_LONGEST = 14
_FRAGMENT = re.compile(r"(?:[odpqa,]*b{1,2}(?!b))+\Z")
"""Noun phrases of a word or two; three bare words in a row may be a statement ("bees pollinate flowers")."""
_RELATING = re.compile(r"[op][^,]*b[^,]*[op]")
"""Two prepositions in one phrase relate things to each other ("loss of jobs for life"): notes say so much."""
_LETTERS = {"QUA": "q", "AND": "a"}
_TELLING = re.compile(r"[=:>?]|\s-")
_COMPARED = frozenset(("more", "less", "fewer", "better", "worse", "no", "most", "least"))
_VERSUS = frozenset(("versus", "vs"))
_OPENING, _LONGEST_OPENING = 2, 6
_REACH = 2
"""Sentences further on in which an opening is looked for: question and answer may take turns."""
_SCANT = 2
"""Content words of an answer that says nothing ("Pupil: present")."""
_WRITER = frozenset(("i", "my", "you", "your", "let"))


def fragments(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return the token ranges of many verbless sentences in a row."""
    units = essay.units
    brief = [unit.last - unit.first <= _LONGEST for unit in units]
    rows = []
    for first, last in _rows(brief):
        named = [_names(essay, unit, unit.first) for unit in units[first:last]]
        rows += [(units[first + a].first, units[first + b - 1].last) for a, b in _rows(named)]
    return rows


def _rows(flags: list[bool]) -> list[tuple[int, int]]:
    """Return (first, last exclusive) of the long runs of true flags."""
    ends = [-1, *(at for at, flag in enumerate(flags) if not flag), len(flags)]
    return [(a + 1, b) for a, b in pairwise(ends) if b - a > _ROW]


def _names(essay: ParsedEssay, unit: Unit, first: int) -> bool:
    """Tell whether words are noun phrases that neither compare nor name what was done."""
    places = range(first, unit.last)
    if any(_TELLING.search(essay.gaps[at]) for at in places[1:] if at in essay.gaps):
        return False
    letters = "".join("," * (at in essay.gaps and at > first) + _letter(essay, at) for at in places)
    relates = _RELATING.search(letters) and essay.folded.text[unit.end - 1] != "?"
    return not relates and _FRAGMENT.match(letters) is not None


def _letter(essay: ParsedEssay, at: int) -> str:
    """Return what a word is in a noun phrase; x where it says something: "better flats", "loss of rights"."""
    word, letter = essay.words[at], letter_of(essay.tokens, at)
    behind = essay.words[at + 1] if at + 1 < len(essay.words) else ""
    if word in _COMPARED:
        return "x"
    if word in _VERSUS:
        return ","
    if letter == "b" and at not in essay.tokens.numbers:
        does = behind == "of" and class_of(word).fine == "-tion"
        compares = word.endswith("er") and at + 1 < len(essay.content) and essay.content[at + 1]
        return "x" if does or compares else letter
    return _LETTERS.get(class_of(word).coarse, "x") if letter == "x" else letter


def refrains(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return sentences that put term after term behind one opening: "To revise: grain. To revise: trade."."""
    units = essay.units
    starts = [_opening(essay, unit) for unit in units]
    pairs = [
        (at, next_at)
        for at, start in enumerate(starts)
        for next_at in range(at + 1, min(at + 1 + _REACH, len(units)))
        if start and start == starts[next_at]
    ]
    if len(pairs) < _ROW // 2:
        return []
    found: set[int] = set()
    for pair in pairs:
        shared = _shared_opening(essay, *(units[at] for at in pair))
        found.update(at for at in pair if _only_names(essay, units[at], shared) and not _answers(essay, at))
    return [(units[at].first, units[at].last) for at in sorted(found)] if len(found) >= _ROW else []


def _answers(essay: ParsedEssay, at: int) -> bool:
    """Tell whether a sentence follows a question: as an answer, a bare name may be a statement."""
    text, units = essay.folded.text, essay.units
    asked = at > 0 and text[units[at - 1].end - 1] == "?" != text[units[at].end - 1]
    return asked and len(essay.said[at]) > _SCANT


def _opening(essay: ParsedEssay, unit: Unit) -> tuple[str, ...]:
    """Return the first words of a sentence: two, or one before a colon; none of a shorter one."""
    length = 1 if ":" in essay.gaps.get(unit.first + 1, "") else _OPENING
    return tuple(essay.words[unit.first : unit.first + length]) if unit.last - unit.first > length else ()


def _shared_opening(essay: ParsedEssay, unit: Unit, other: Unit) -> int:
    """Count the words with which two sentences open alike, up to a colon at most."""
    longest = min(unit.last - unit.first, other.last - other.first, _LONGEST_OPENING)
    shared = 1
    while shared < longest and ":" not in essay.gaps.get(unit.first + shared, ""):
        if essay.words[unit.first + shared] != essay.words[other.first + shared]:
            break
        shared += 1
    return shared


def _only_names(essay: ParsedEssay, unit: Unit, opening: int) -> bool:
    """Tell whether a sentence does nothing but name or ask behind an opening that tells nothing either.

    What stands before a colon is a heading; elsewhere a verb may open it ("Consider the grain"), or it
    may be about whoever writes or reads ("I have to remember the grain").
    """
    at = unit.first + opening
    indirect = essay.folded.text[unit.end - 1] != "?" and at < unit.last
    if indirect and (essay.words[at] == "whether" or class_of(essay.words[at]).coarse == "WH"):
        return True
    opened = (class_of(word).coarse for word in essay.words[unit.first + 1 : at])
    idle = ":" in essay.gaps.get(at, "") or essay.words[unit.first] in _WRITER or DOING.isdisjoint(opened)
    return idle and _names(essay, unit, at)
