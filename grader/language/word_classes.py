"""What kind of word a word is, as far as its neighbours can tell: function words, endings, figures.

Two classes for each word. The *fine* one keeps common words as themselves; the *coarse* one puts them
with their like. All other words are known by their ending alone, so that no subject's words matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from grader.language.lexicon import stop_words, word_classes
from grader.language.tokens import Token

_ENDINGS = (
    ("-ing", re.compile(r".{2,}ing\Z")),
    ("-ly", re.compile(r".{2,}ly\Z")),
    ("-ed", re.compile(r".{2,}ed\Z")),
    ("-tions", re.compile(r".*(?:tion|ment|itie|ism|ence|ance|ist|er|or)s\Z")),
    ("-tion", re.compile(r".*(?:tion|sion|ment|ness|ity|ism|ence|ance|ship|hood|dom|cy|ure|age)\Z")),
    ("-al", re.compile(r".*(?:al|ive|ous|ful|able|ible|ic|less|ary|ish)\Z")),
    ("-er", re.compile(r".*(?:er|or|ist|ian)\Z")),
    ("-s", re.compile(r".*[^sui]s\Z")),
)
_CACHE_LIMIT = 50_000


class WordClass(NamedTuple):
    """The two classes of one word."""

    fine: str
    coarse: str


EDGE = WordClass("^", "^")
"""What stands before the first word and after the last."""
FIGURE = WordClass("#", "#")
_OTHER = WordClass("-", "-")


def classify(tokens: Sequence[Token]) -> list[WordClass]:
    """Return the classes of the words of one sentence."""
    return [FIGURE if token.number is not None else class_of(token.word) for token in tokens]


@lru_cache(maxsize=_CACHE_LIMIT)
def class_of(word: str) -> WordClass:
    """Return the classes of one word, which is not a figure."""
    coarse = _coarse().get(word)
    if coarse:
        return WordClass(word, coarse)
    if word.endswith("n't"):
        return WordClass(word, "MOD")
    if word.endswith("'s"):
        return WordClass("-'s", "-'s")
    if word in stop_words():
        return WordClass(word, "COMMON")
    ending = next((name for name, pattern in _ENDINGS if pattern.match(word)), "")
    return WordClass(ending, ending) if ending else _OTHER


@cache
def _coarse() -> Mapping[str, str]:
    """Return each listed word with the first class that lists it."""
    listed = ((word, name) for name, words in word_classes() for word in words)
    found: dict[str, str] = {}
    for word, name in listed:
        found.setdefault(word, name)
    return found
