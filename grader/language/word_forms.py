"""What is known of a word by itself, wherever it stands: its term, and whether it says anything.

Words recur, and so does what stands between two blanks ("word", "word,"): both are read once and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import Stemmer

from grader.language.lexicon import cues, spelling_variants, stop_words
from grader.language.memory import Memory
from grader.language.numbers import may_start_number

_WORD = re.compile(  # words that begin with a letter come first: most do, and the rest need not be tried
    r"[^\W\d_][^\W_]*(?:'[^\W_]+)*|\d+/\d+|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[^\W_]+(?:'[^\W_]+)*|%"
)
_CONTRACTIONS = {"can't": "cannot", "won't": "not", "shan't": "not"}
_IZE = re.compile(r"(?<=[a-z]{3})iz(e|es|ed|er|ers|ing|ation|ations)\Z")
_OUR = re.compile(r"(?<=[a-z]{3})our(s|ed|ing|er|ers|able|al|ite)?\Z")
_DOUBLED = re.compile(r"(?<=[a-z]{2}[aeiou])ll(ed|ing|er|ers)\Z")
JOINED_PREFIXES = frozenset(("de", "un", "non", "re", "co"))
"""Before a hyphen, these belong to the word that follows."""


class WordForm(NamedTuple):
    """What is known of a word by itself.

    `content` is False for words too common to tell statements apart; `odd` tells that a figure or a
    compound can begin with the word, `figure` and `roman` which kind of figure.
    """

    word: str
    term: str
    content: bool
    negates: bool
    odd: bool = False
    figure: bool = False
    roman: bool = False


def form_of(word: str) -> WordForm:
    """Return what is known of one folded word."""
    return _forms[word]


def stem(word: str) -> str:
    """Return the term of one folded word."""
    return _forms[word].term


def is_content(word: str) -> bool:
    """Tell whether a folded word tells statements apart."""
    return _forms[word].content


def _read_form(word: str) -> WordForm:
    if word.endswith("n't") or word in cues("bare-negations"):
        return WordForm(word, "not", False, True)
    base = _CONTRACTIONS.get(word, word).split("'")[0] or word
    base = spelling_variants().get(base, base)
    spelled = _respelled(base)
    content = base not in stop_words() and (len(base) > 1 or base.isdigit())
    figure, roman = may_start_number(word), len(word) > 1 and not set(word) - set("xvi")
    odd = figure or roman or word in JOINED_PREFIXES
    return WordForm(word, _stemmer.stemWord(spelled), content, base in _negator_words(), odd, figure, roman)


def _respelled(word: str) -> str:
    """Return a word in one spelling, British or American; most words are spelt alike in both."""
    if "iz" in word:
        word = _IZE.sub(r"is\1", word)
    if "our" in word:
        word = _OUR.sub(r"or\1", word)
    return _DOUBLED.sub(r"l\1", word) if "ll" in word else word


@cache
def _negator_words() -> frozenset[str]:
    return frozenset(cue for cue in cues("negators") if " " not in cue)


def _read_run(run: str) -> Sequence[tuple[int, int, WordForm]]:
    return tuple((*match.span(), _forms[match.group()]) for match in _WORD.finditer(run))


_stemmer = Stemmer.Stemmer("english")
_stemmer.maxCacheSize = 0  # what comes of it is kept with the form
_forms = Memory(_read_form)
WORDS_OF_RUN: Mapping[str, Sequence[tuple[int, int, WordForm]]] = Memory(_read_run)
"""The words of a run of folded characters without a blank: first character, the one after the last, form."""
