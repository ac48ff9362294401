"""Words, figures and ideas of a text, each with its place.

A token keeps its folded spelling, its term (a stem, or the canonical form of a figure) and whether
it says anything by itself. Terms are what matching compares. British and American spellings, and
common slips, share a term; typing errors in a rubric's own words are mended later, in `vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import Stemmer

from grader.lexicon import concepts, cues, spelling_variants, stop_words
from grader.numbers import Number, NumberKind, may_start_number, read_number, read_roman

WORD = re.compile(r"\d+/\d+|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[^\W_]+(?:'[^\W_]+)*|%")
_CONTRACTIONS = {"can't": "cannot", "won't": "not", "shan't": "not"}
_IZE = re.compile(r"(?<=[a-z]{3})iz(e|es|ed|er|ers|ing|ation|ations)\Z")
_OUR = re.compile(r"(?<=[a-z]{3})our(s|ed|ing|er|ers|able|al|ite)?\Z")
_DOUBLED = re.compile(r"(?<=[a-z]{2}[aeiou])ll(ed|ing|er|ers)\Z")
_JOINED_PREFIXES = frozenset(("de", "un", "non", "re", "co"))
_CACHE_LIMIT = 50_000


class Token(NamedTuple):
    """One word or figure: folded characters `start` to `end`, its term, and what it is.

    `content` is False for words too common to tell statements apart; `number` is set for figures;
    `capital` where the writer used a capital letter.
    """

    start: int
    end: int
    word: str
    term: str
    content: bool
    negates: bool
    number: Number | None
    capital: bool = False


class _Form(NamedTuple):
    term: str
    content: bool
    negates: bool
    figure: bool
    roman: bool


_stemmer = Stemmer.Stemmer("english")
_stemmer.maxCacheSize = _CACHE_LIMIT
_forms: dict[str, _Form] = {}


def stem(word: str) -> str:
    """Return the term of one folded word."""
    return _form(word).term


def _form(word: str) -> _Form:
    form = _forms.get(word)
    if form is None:
        if len(_forms) > _CACHE_LIMIT:
            _forms.clear()
        form = _forms[word] = _read_form(word)
    return form


def _read_form(word: str) -> _Form:
    if word.endswith("n't") or word in cues("bare-negations"):
        return _Form("not", False, True, False, False)
    base = _CONTRACTIONS.get(word, word).split("'")[0] or word
    base = spelling_variants().get(base, base)
    spelled = _DOUBLED.sub(r"l\1", _OUR.sub(r"or\1", _IZE.sub(r"is\1", base)))
    term = _stemmer.stemWord(spelled)
    content = base not in stop_words() and (len(base) > 1 or base.isdigit())
    return _Form(term, content, base in _negator_words(), may_start_number(word), not set(word) - set("xvi"))


@cache
def _negator_words() -> frozenset[str]:
    return frozenset(cue for cue in cues("negators") if " " not in cue)


def tokenise(folded: str, cased: str | None = None) -> list[Token]:
    """Split folded text into tokens; `cased` is the same text before lowering, for roman numerals."""
    found = [(m.start(), m.end(), m.group()) for m in WORD.finditer(folded)]
    words = [word for _, _, word in found]
    tokens: list[Token] = []
    at = 0
    while at < len(found):
        start, end, word = found[at]
        form = _forms.get(word) or _form(word)
        number = read_number(words, at) if form.figure else None
        if number is None and form.roman and cased is not None:
            number = read_roman(cased[start:end], at)
        if number is not None and _is_short_year(number, folded, start):
            number = Number(NumberKind.YEAR, 1900 + number.value, number.end)
        if number is not None:
            tokens.append(Token(start, found[number.end - 1][1], word, number.term, True, False, number))
            at = number.end
            continue
        if word in _JOINED_PREFIXES and at + 1 < len(found) and folded[end : end + 1] == "-":
            at += 1
            end, word = found[at][1], word + found[at][2]
            form = _form(word)
        capital = cased is not None and cased[start].isupper()
        tokens.append(Token(start, end, word, form.term, form.content, form.negates, None, capital))
        at += 1
    return tokens


def _is_short_year(number: Number, folded: str, start: int) -> bool:
    return (
        number.kind is NumberKind.COUNT
        and 10 <= number.value <= 99
        and start > 0
        and folded[start - 1] == "'"
    )


def terms_of(text: str) -> list[str]:
    """Return the content terms of a short folded text, in order."""
    return [token.term for token in tokenise(text) if token.content]


class PhraseFinder:
    """Finds many fixed phrases in a run of terms in one pass; words may stand up to two apart.

    Maps each phrase to labels. "kick out" finds "kicked him out"; order counts.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._starts: dict[str, tuple[list[str], list[tuple[tuple[str, ...], str]]]] = {}
        self._add(phrases)

    def extended(self, phrases: Iterable[tuple[str, str]]) -> PhraseFinder:
        """Return a finder of these phrases too; this one stays as it is."""
        finder = PhraseFinder(())
        finder._starts = {term: ([*single], [*several]) for term, (single, several) in self._starts.items()}
        finder._add(phrases)
        return finder

    def _add(self, phrases: Iterable[tuple[str, str]]) -> None:
        for phrase, label in phrases:
            first, *rest = (token.term for token in tokenise(phrase))
            single, several = self._starts.setdefault(first, ([], []))
            if rest:
                several.append((tuple(rest), label))
            else:
                single.append(label)

    def find(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of every phrase found."""
        found: list[tuple[int, int, str]] = []
        present = set(terms)
        for at, term in enumerate(terms):
            if term not in self._starts:
                continue
            single, several = self._starts[term]
            for label in single:
                found.append((at, at + 1, label))  # noqa: PERF401 (a generator costs more than it saves here)
            for rest, label in several:
                if rest[0] in present and (end := self._follow(terms, at + 1, rest)):
                    found.append((at, end, label))
        return found

    @staticmethod
    def _follow(terms: Sequence[str], at: int, rest: tuple[str, ...]) -> int:
        gaps = 2 if len(rest) == 1 else 0
        for term in rest:
            window = terms[at : at + 1 + gaps]
            if term not in window:
                return 0
            at += window.index(term) + 1
        return at


@cache
def concept_finder() -> PhraseFinder:
    """Return the finder of the lexicon's ideas; labels are terms such as "@increase"."""
    return PhraseFinder((phrase, f"@{concept.name}") for concept in concepts() for phrase in concept.phrases)


@cache
def opposites() -> Mapping[str, str]:
    """Return each idea that has one with its opposite."""
    return {concept.name: concept.opposite for concept in concepts() if concept.opposite}
