"""Runs of words that are not sentences: key words strung together, figures, words in random order.

English prose puts a function word among every two or three others; a list of terms does not. The
limits leave note-form answers alone: the tersest of 40 marked essays has no run that long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from grader.tokens import Token

_RUN = 16
"""Words with no function word among them, at least. Notes such as "Sacked, Oct 57" stay far below."""
_PLAIN_RUN = 10
"""The same without so much as a comma."""
_SENTENCE = 20
_SENTENCE_SHARE = 0.2
"""Share of function words below which a "sentence" of that length is a list; the tersest notes have .3."""
_BREATHLESS = 60
"""Words without any punctuation, at least, before their order is doubted."""
_PROSE_SHARE = 0.45
"""Share of function words below which a breathless run is no sentence; prose has .50 to .62."""
_STOP = re.compile(r"[,;:.!?()\"]|\s-\s|\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?]|\n\s*\n")


def list_runs(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return (first, last exclusive) token ranges that list words rather than say something."""
    runs = [*_bare_runs(text, tokens), *_sparse_sentences(text, tokens), *_breathless_runs(text, tokens)]
    return _merged(sorted(runs))


def _bare_runs(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Find long runs of content words, shorter ones where not even a comma divides them."""
    found: list[tuple[int, int]] = []
    for start, last in _stretches(tokens, lambda at: _begins_anew(text, tokens, at)):
        first = start + _is_function(tokens[start])
        if last - first >= _RUN:
            found.append((first, last))
        else:
            found.extend(_breathless_parts(text, tokens, first, last))
    return found


def _breathless_parts(text: str, tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    parts = _stretches(tokens[first:last], lambda at: _pauses(text, tokens, first + at))
    return [(first + a, first + b) for a, b in parts if b - a >= _PLAIN_RUN]


def _sparse_sentences(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Find long sentences with hardly a function word."""
    sentences = _stretches(tokens, lambda at: _sentence_ends(text, tokens, at))
    return [
        (first, last)
        for first, last in sentences
        if last - first >= _SENTENCE
        and sum(map(_is_function, tokens[first:last])) < _SENTENCE_SHARE * (last - first)
    ]


def _stretches(tokens: Sequence[Token], divides: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Yield (first, last exclusive) of stretches; a token that divides begins the next one."""
    first = 0
    for at in range(len(tokens)):
        if divides(at):
            if at > first:
                yield first, at
            first = at
    if len(tokens) > first:
        yield first, len(tokens)


def _pauses(text: str, tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and bool(_STOP.search(text, tokens[at - 1].end, tokens[at].start))


def _begins_anew(text: str, tokens: Sequence[Token], at: int) -> bool:
    return _is_function(tokens[at]) or _sentence_ends(text, tokens, at)


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
