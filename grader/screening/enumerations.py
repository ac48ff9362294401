"""Lists of bare words inside sentences, brackets and headings: terms named, nothing said of them.

"Important here were grain, import, shortages and West" names the words of a key point. A list counts
only where most of its words are the rubric's; lists of names, and lists that the rubric itself draws
up ("shorter days, longer leave, better pensions"), are statements and stay. The sentence around a
list stays too. Bare runs of words without any commas are the business of `word_lists`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, count, pairwise
from typing import TypeVar

from grader.language.essay import ParsedEssay, gaps_between
from grader.language.tokens import Tokens, tokenise
from grader.language.word_classes import class_of
from grader.rubric import Prompt, iter_phrasings
from grader.text import FoldedText, fold

_FEWEST = 4
"""Items of a list, at least; three things in a row are everyday prose."""
_FEWEST_OF_MANY = 3
_MANY, _MUCH = 3, 0.1
"""Lists in one text, and their share of its content words, from which on shorter ones count as well:
honest essays have two at most, with .12 of the words."""
_BRACKETED = 0.5
"""Share of the content words in brackets from which on lists make the whole of them one."""
_PLAIN = 5
"""Words of a list without commas, at least; they too count only where they are many."""
_LONGEST_ITEM = 3
_LONGEST_PHRASE = 8
_WORDS = re.compile(r"d?b{1,3}\Z")
_PHRASES = re.compile(r"o?d?b{1,3}(?:[op]d?b{1,2})?\Z")
"""What an item may be, in letters of `letter_of`: "the new wage"; "of new posts", "cult of the leader"."""
_FEWEST_KNOWN = 3
_KNOWN_SHARE = 0.5
_NAMES_SHARE = 0.75
_OWN_SHARE = 0.6
"""Share of a list's known words that one of the rubric's own lists has to hold."""
_MORE_ITEMS = 2
"""Items that it may have beyond those of the rubric's list: with more it takes its sentence to pieces."""
_BREAK = re.compile(r"[.!?:()\[\]{}|\"]|\n\s*\n")
_COMMA = re.compile(r"[,;/&*\n#~\\]")
_QUOTED = re.compile(r"^\"[,;\s]*\"\Z")
"""Between two words in quotation marks, each in its own."""
_CONTENT_RUN = re.compile(rb"\x01{%d,}" % _PLAIN)
_BRACKETS = re.compile(r"\([^()]*\)")
_DASH = re.compile(r"[ ]-+>?[ ]")
_DASHES = 6
"""Dashes of a text from which on they separate items; below, they join a heading to what it says."""
_JOINERS = frozenset(("and", "or", "plus", "with", "also", "too", "besides", "then", "versus"))
_EXISTS = frozenset(("is", "are", "was", "were"))
"""Behind "there", they join an item to a list: "there is grain, and there is trade, and there are prices"."""
DOING = frozenset(("-ed", "PAST", "DONE", "VERB", "BE", "HAVE", "DO", "MOD"))
"""Classes of words that say or do something."""

Range = tuple[int, int]
_T = TypeVar("_T")


class ListFinder:
    """Finds lists of one rubric's words."""

    def __init__(self, prompt: Prompt, known: Iterable[str]) -> None:
        """Learn which lists the rubric draws up itself; `known` are the terms of its phrasings."""
        self._known = frozenset(known)
        texts = [text for point in prompt.key_points for text in (*iter_phrasings(point), *point.partial)]
        texts += [line for card in prompt.cards for line in card.lines]
        self._own = [listed for text in texts if _may_list(text) for listed in _lists_of(fold(text))]

    def find(self, essay: ParsedEssay) -> list[Range]:
        """Return the token ranges of lists that say nothing of what they name.

        Where a text is full of them, shorter ones, names and the rubric's own lists count as well.
        """
        return _whole_brackets(essay, self._find(essay))

    def _find(self, essay: ParsedEssay) -> list[Range]:
        tokens = essay.tokens
        known = [(items, run) for items, run in _runs(essay, _WORDS) if self._names_points(tokens, run)]
        bare = [(items, run) for items, run in known if not self._is_sound(essay.folded, tokens, items, run)]
        plain = [run for run in _plain_runs(essay) if self._names_points(tokens, run)]
        found = plain if _is_habit(tokens, plain) else []
        if _is_habit(tokens, [run for _, run in bare]):
            wide = [run for _, run in _runs(essay, _PHRASES) if self._names_points(tokens, run)]
            return [*found, *(run for _, run in known), *wide]
        return [*found, *(run for items, run in bare if items >= _FEWEST)]

    def _names_points(self, tokens: Tokens, run: Range) -> bool:
        """Tell whether most of a list's words are the rubric's."""
        content = _content(tokens, tokens.terms, run)
        return len(content & self._known) >= max(_FEWEST_KNOWN, _KNOWN_SHARE * len(content))

    def _is_sound(self, folded: FoldedText, tokens: Tokens, items: int, run: Range) -> bool:
        """Tell whether a list is one of names, or one that the rubric itself draws up."""
        places = _content(tokens, tokens.starts, run)
        capitals = sum(folded.cased[place].isupper() for place in places)
        known = _content(tokens, tokens.terms, run) & self._known
        own = any(
            len(known & terms) >= _OWN_SHARE * len(known) and items <= most + _MORE_ITEMS
            for most, terms in self._own
        )
        return own or capitals >= _NAMES_SHARE * len(places)


def _whole_brackets(essay: ParsedEssay, runs: Iterable[Range]) -> list[Range]:
    """Return runs in order, and brackets that are mostly runs as one each."""
    found = sorted(runs)
    inside = {at for run in found for at in range(*run)}
    if not inside or "(" not in essay.folded.text:
        return found
    content, starts = essay.content, essay.tokens.starts
    whole = []
    for bracket in _BRACKETS.finditer(essay.folded.text):
        first, last = (bisect_left(starts, place) for place in bracket.span())
        listed = sum(content[at] for at in range(first, last) if at in inside)
        if listed and listed >= _BRACKETED * sum(content[first:last]):
            whole.append((first, last))
    return sorted({*found, *whole})


def _content(tokens: Tokens, column: Sequence[_T], run: Range) -> frozenset[_T]:
    """Return what a column holds of the content words of a run."""
    return frozenset(compress(column[slice(*run)], tokens.content[slice(*run)]))


def _is_habit(tokens: Tokens, runs: Sequence[Range]) -> bool:
    """Tell whether a text is full of such runs."""
    if len(runs) < _MANY:
        return False
    return sum(sum(tokens.content[slice(*run)]) for run in runs) >= _MUCH * sum(tokens.content)


def _plain_runs(essay: ParsedEssay) -> list[Range]:
    """Return runs of content words with nothing but spaces between them."""
    found = []
    for first, last in (run.span() for run in _CONTENT_RUN.finditer(essay.content)):
        pauses = [at for at in range(first + 1, last) if at in essay.gaps]
        found += [(a, b) for a, b in pairwise([first, *pauses, last]) if b - a >= _PLAIN]
    return found


def _may_list(text: str) -> bool:
    return text.count(",") + text.count(" and ") >= 2


def _lists_of(folded: FoldedText) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield (items, terms) of each run of short items in a rubric's text, with a few words on either side."""
    tokens = tokenise(folded.text, folded.cased)
    for stretch in _stretches(folded.text, tokens.words, gaps_between(folded.text, tokens)):
        short = [last - first <= _LONGEST_ITEM + 1 for first, last in stretch]
        for at, _ in enumerate(short):
            end = at + 1
            while end < len(short) and short[end]:
                end += 1
            # the items between are short; the first and the last may be part of a clause
            items = end - at + (end < len(short))
            if items >= _FEWEST_OF_MANY:
                first = max(stretch[at][0], stretch[at][1] - _LONGEST_ITEM - 1)
                last = stretch[min(end, len(stretch) - 1)][0] + _LONGEST_ITEM + 1
                yield items, _content(tokens, tokens.terms, (first, last))


def _runs(essay: ParsedEssay, shape: re.Pattern[str]) -> Iterator[tuple[int, Range]]:
    """Yield (items, token range) of neighbouring bare items, with the words that lead in and out."""
    tokens = essay.tokens
    for stretch in _stretches(essay.folded.text, essay.words, essay.gaps):
        at = 0
        while at < len(stretch) and len(stretch) >= _FEWEST_OF_MANY:
            end = at
            while end < len(stretch) and _is_item(tokens, *stretch[end], shape):
                end += 1
            if end - at >= 2 and (found := _widened(tokens, stretch, at, end))[0] >= _FEWEST_OF_MANY:
                yield found
            at = end + 1


def _widened(tokens: Tokens, stretch: Sequence[Range], at: int, end: int) -> tuple[int, Range]:
    """Add the last words before a run and the first ones after it, where they are items too."""
    items, first, last = end - at, stretch[at][0], stretch[end - 1][1]
    lead = _bare_words(tokens, range(*stretch[at - 1])[::-1]) if at else 0
    if lead:
        items, first = items + 1, stretch[at - 1][1] - lead
    trail = _bare_words(tokens, range(*stretch[end])) if end < len(stretch) else 0
    if trail:
        items, last = items + 1, stretch[end][0] + trail
    return items, (first, last)


def _bare_words(tokens: Tokens, places: Sequence[int]) -> int:
    """Count the words from one end of an item up to the first that says or does something; 0 for many."""
    near = places[: _LONGEST_ITEM + 1]
    bare = next((count for count, at in enumerate(near) if not _is_bare(tokens, at)), len(near))
    return bare if bare <= _LONGEST_ITEM else 0


def _is_item(tokens: Tokens, first: int, last: int, shape: re.Pattern[str]) -> bool:
    """Tell whether an item is a single word or a noun phrase of a shape."""
    if last - first <= 1 or last - first > (_LONGEST_PHRASE if shape is _PHRASES else _LONGEST_ITEM + 1):
        return last - first == 1
    if shape is _WORDS and not all(tokens.content[first + 1 : last]):
        return False
    return shape.match("".join(letter_of(tokens, at) for at in range(first, last))) is not None


def letter_of(tokens: Tokens, at: int) -> str:
    """Return what a word is in a noun phrase: b(are), d(eterminer), o(f), p(reposition), x for others."""
    if _is_bare(tokens, at):
        return "b"
    if tokens.words[at] == "of":
        return "o"
    return {"DET": "d", "PRE": "p"}.get(class_of(tokens.words[at]).coarse, "x")


def _is_bare(tokens: Tokens, at: int) -> bool:
    """Tell whether a word names something, and neither says nor does anything."""
    if not tokens.content[at]:
        return False
    return at in tokens.numbers or class_of(tokens.words[at]).coarse not in DOING


def _stretches(text: str, words: Sequence[str], gaps: Mapping[int, str]) -> Iterator[list[Range]]:
    """Yield the items between one full stop, colon or bracket and the next; joining words fall out."""
    dashed = text.count(" -") >= _DASHES and len(_DASH.findall(text)) >= _DASHES
    joiners = set(compress(count(), map(_JOINERS.__contains__, words)))
    if words.count("there") >= _FEWEST:
        exists = [at for at, pair in enumerate(pairwise(words)) if pair[0] == "there" and pair[1] in _EXISTS]
        joiners.update(exists, (at + 1 for at in exists))
    items: list[Range] = []
    first = 0
    for at in sorted(joiners.union(gaps)):
        gap, joined = gaps.get(at, ""), at in joiners
        stop, comma = _read_gap(gap, dashed)
        if stop or comma or joined:
            if at > first:
                items.append((first, at))
            first = at + 1 if joined else at
        if stop and items:
            yield items
            items = []
    if first < len(words):
        items.append((first, len(words)))
    if items:
        yield items


@lru_cache(maxsize=100)
def _read_gap(gap: str, dashed: bool) -> tuple[bool, bool]:
    """Tell whether a full stop, colon or bracket stands between two words, and whether a comma does."""
    if _QUOTED.search(gap):
        return False, True
    return bool(_BREAK.search(gap)), bool(_COMMA.search(gap) or (dashed and _DASH.search(gap)))
