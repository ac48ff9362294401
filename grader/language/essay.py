"""An essay as the grader reads it: folded text, sentences, paragraphs, tokens.

Sentences are cut further at semicolons, so that a unit is about one statement. A single line break
is a space; an empty line or a bullet begins a new block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

import sentencex

from grader.language.cue_search import words_in
from grader.language.tokens import Token, Tokens, tokenise
from grader.report import Span
from grader.text import FoldedText, fold

_BLOCK = re.compile(r"\n[ ]*(?:\n\s*)|\n(?=\s*(?:[*]|-|\d{1,2}[.)])\s)")
_MAX_UNIT_TOKENS = 90
"""A longer run without a full stop is cut, so that no single window swallows an essay."""


class Unit(NamedTuple):
    """One statement: folded characters, its tokens (`first` to `last`, exclusive) and its paragraph."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class ParsedEssay:
    """A text ready for matching; spans come from `folded`, never from arithmetic elsewhere.

    Columns of `tokens`, for whatever looks at one thing in all of them: `words`, `terms`, and `content`
    (a byte for each, 1 or 0). `said` are the content terms of each unit, `gaps` what stands before a
    token, by its place, where that is not a single space. `vocabulary` are the words of the whole text.
    """

    original: str
    folded: FoldedText
    tokens: Tokens
    units: tuple[Unit, ...]
    words: Sequence[str]
    terms: Sequence[str]
    content: bytes
    said: tuple[Sequence[str], ...]
    gaps: Mapping[int, str]
    vocabulary: frozenset[str]

    def span(self, first: Unit, last: Unit) -> Span:
        """Return the original characters of the units `first` to `last`."""
        return self.folded.span(first.start, last.end)

    def span_of(self, first: int, last: int) -> Span:
        """Return the original characters of the tokens `first` to `last` (exclusive)."""
        return self.folded.span(self.tokens.starts[first], self.tokens.ends[last - 1])

    def tokens_of(self, unit: Unit) -> list[Token]:
        """Return the tokens of one unit."""
        return self.tokens[unit.first : unit.last]

    def said_in(self, units: Sequence[Unit]) -> Sequence[Sequence[str]]:
        """Return the terms of the content words of units, or of parts of them, in order."""
        return self.said if units is self.units else _said_in(units, self.terms, self.content)


def parse_essay(text: str) -> ParsedEssay:
    """Read a text into units and tokens."""
    folded = fold(text)
    tokens = tokenise(folded.text, folded.cased)
    starts, terms, content = tokens.starts, tokens.terms, bytes(tokens.content)
    units: list[Unit] = []
    at = 0
    for start, end, paragraph in _cut_all(folded):
        first, at = at, max(at, bisect_left(starts, end, at))
        parts = range(first, at, _MAX_UNIT_TOKENS)
        units += [_unit(tokens, i, min(i + _MAX_UNIT_TOKENS, at), start, end, paragraph) for i in parts]
    return ParsedEssay(
        text,
        folded,
        tokens,
        tuple(units),
        tokens.words,
        terms,
        content,
        _said_in(units, terms, content),
        gaps_between(folded.text, tokens),
        words_in(folded.text),
    )


def _said_in(units: Sequence[Unit], terms: Sequence[str], content: bytes) -> tuple[Sequence[str], ...]:
    places = [slice(unit.first, unit.last) for unit in units]
    return tuple([list(compress(terms[place], content[place])) for place in places])


def gaps_between(text: str, tokens: Tokens) -> dict[int, str]:
    """Return what stands before a token, by its place, where that is not a single space."""
    between = enumerate(zip(tokens.ends, tokens.starts[1:], strict=False), start=1)
    return {at: text[end:start] for at, (end, start) in between if start != end + 1 or text[end] != " "}


def _unit(tokens: Tokens, first: int, last: int, start: int, end: int, paragraph: int) -> Unit:
    starts, ends = tokens.starts, tokens.ends
    begin = starts[first] if first and ends[first - 1] > start else start
    finish = end if last == len(starts) or starts[last] >= end else starts[last]
    return Unit(begin, max(finish, ends[last - 1]), first, last, paragraph)


def _cut_all(folded: FoldedText) -> list[tuple[int, int, int]]:
    """Return (start, end, paragraph) of every sentence part."""
    pieces: list[tuple[int, int, int]] = []
    begin = 0
    for paragraph, end in enumerate([*(m.start() for m in _BLOCK.finditer(folded.cased)), len(folded.cased)]):
        block = folded.cased[begin:end]
        pieces.extend((begin + a, begin + b, paragraph) for a, b in _cut(block.replace("\n", " ")))
        begin = end
    return pieces


def _cut(block: str) -> list[tuple[int, int]]:
    """Cut a block into sentences and at semicolons; drop the blanks around each part."""
    if not block.strip():
        return []
    cut = []
    for sentence in sentencex.get_sentence_boundaries("en", block):
        start = sentence["start_index"]
        for part in sentence["text"].split(";"):
            end = start + len(part)
            lead = len(part) - len(part.lstrip(" \n*"))
            if part.strip(" \n*"):
                cut.append((start + lead, start + len(part.rstrip())))
            start = end + 1
    return cut
