"""Words, figures and ideas of a text, each with its place.

A token keeps its folded spelling, its term (a stem, or the canonical form of a figure) and whether
it says anything by itself. Terms are what matching compares. British and American spellings, and
common slips, share a term; typing errors in a rubric's own words are mended later, in `vocabulary`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, count
from typing import NamedTuple, TypeAlias

import Stemmer

from grader.lexicon import concepts, cues, spelling_variants, stop_words
from grader.numbers import Number, NumberKind, may_start_number, read_number, read_roman

WORD = re.compile(  # words that begin with a letter come first: most do, and the rest need not be tried
    r"[^\W\d_][^\W_]*(?:'[^\W_]+)*|\d+/\d+|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[^\W_]+(?:'[^\W_]+)*|%"
)
_CONTRACTIONS = {"can't": "cannot", "won't": "not", "shan't": "not"}
_IZE = re.compile(r"(?<=[a-z]{3})iz(e|es|ed|er|ers|ing|ation|ations)\Z")
_OUR = re.compile(r"(?<=[a-z]{3})our(s|ed|ing|er|ers|able|al|ite)?\Z")
_DOUBLED = re.compile(r"(?<=[a-z]{2}[aeiou])ll(ed|ing|er|ers)\Z")
_JOINED_PREFIXES = frozenset(("de", "un", "non", "re", "co"))
_GAP = 2
"""Other words that may stand between the two of a phrase."""
_CACHE_LIMIT = 50_000
_LONGEST_KEPT = 40
"""Characters of a run that is worth keeping: longer ones hardly recur."""


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
    """What is known of a word by itself; `plain` where no figure or compound can begin with it."""

    term: str
    content: bool
    negates: bool
    figure: bool
    roman: bool
    plain: bool


class _Forms(dict[str, _Form]):
    """The forms of words met so far, at most so many."""

    def __missing__(self, word: str) -> _Form:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        form = self[word] = _read_form(word)
        return form


_Piece: TypeAlias = tuple[int, int, str, _Form]
"""A word with its first character and the one after its last."""


class _Runs(dict[str, tuple[_Piece, ...]]):
    """The words of the runs of characters between blanks met so far, at most so many."""

    def __missing__(self, run: str) -> tuple[_Piece, ...]:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        words = tuple((*match.span(), match.group(), _forms[match.group()]) for match in WORD.finditer(run))
        if len(run) <= _LONGEST_KEPT:
            self[run] = words
        return words


_stemmer = Stemmer.Stemmer("english")
_stemmer.maxCacheSize = _CACHE_LIMIT
_forms = _Forms()
_runs = _Runs()
_new_tuple = tuple.__new__
"""Makes a token in a third of the time that the constructor of a NamedTuple takes."""


def stem(word: str) -> str:
    """Return the term of one folded word."""
    return _forms[word].term


def _read_form(word: str) -> _Form:
    if word.endswith("n't") or word in cues("bare-negations"):
        return _Form("not", False, True, False, False, True)
    base = _CONTRACTIONS.get(word, word).split("'")[0] or word
    base = spelling_variants().get(base, base)
    spelled = _DOUBLED.sub(r"l\1", _OUR.sub(r"or\1", _IZE.sub(r"is\1", base)))
    content = base not in stop_words() and (len(base) > 1 or base.isdigit())
    figure, roman = may_start_number(word), len(word) > 1 and not set(word) - set("xvi")
    plain = not (figure or roman or word in _JOINED_PREFIXES)
    return _Form(_stemmer.stemWord(spelled), content, base in _negator_words(), figure, roman, plain)


@cache
def _negator_words() -> frozenset[str]:
    return frozenset(cue for cue in cues("negators") if " " not in cue)


def tokenise(folded: str, cased: str | None = None) -> list[Token]:
    """Split folded text into tokens; `cased` is the same text before lowering, for roman numerals."""
    pieces = _pieces(folded)
    words = [word for _, _, word, _ in pieces]
    tokens: list[Token] = []
    taken = 0
    for at, (start, end, word, (term, content, negates, _, _, plain)) in enumerate(pieces):
        if at < taken:
            continue
        if not plain:
            number = _number_at(folded, cased, words, pieces[at], at)
            if number is not None:
                end, taken = pieces[number.end - 1][1], number.end
                tokens.append(Token(start, end, word, number.term, True, False, number))
                continue
            if word in _JOINED_PREFIXES and at + 1 < len(words) and folded[end : end + 1] == "-":
                end, taken, word = pieces[at + 1][1], at + 2, word + words[at + 1]
                term, content, negates, *_ = _forms[word]
        capital = cased is not None and cased[start].isupper()
        tokens.append(_new_tuple(Token, (start, end, word, term, content, negates, None, capital)))
    return tokens


def _pieces(folded: str) -> list[_Piece]:
    """Return the words of a text; what stands between two blanks mostly recurs, and is read once."""
    found: list[_Piece] = []
    place = 0
    for run in folded.split(" "):
        for start, end, word, form in _runs[run]:
            found.append((place + start, place + end, word, form))
        place += len(run) + 1
    return found


def _number_at(folded: str, cased: str | None, words: Sequence[str], piece: _Piece, at: int) -> Number | None:
    """Read the figure that begins at word `at`, which is `piece`; None where there is none."""
    start, end, _, form = piece
    number = read_number(words, at) if form.figure else None
    if number is None and form.roman and cased is not None:
        number = read_roman(cased[start:end], at)
    if number is not None and _is_short_year(number, folded, start):
        return Number(NumberKind.YEAR, 1900 + number.value, number.end)
    return number


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
    """Finds many fixed phrases in a run of terms in one pass; two words may stand up to two apart.

    Maps each phrase to labels. "kick out" finds "kicked him out"; order counts.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._begun: defaultdict[str, _Begun] = defaultdict(_Begun)
        for phrase, label in phrases:
            first, *rest = (token.term for token in tokenise(phrase))
            begun = self._begun[first]
            if rest:
                begun.longer.setdefault(rest[0], []).append((rest[1:], label))
            else:
                begun.labels.append(label)

    def with_phrases(self, phrases: Iterable[tuple[str, str]]) -> PhraseFinder:
        """Return a finder of further phrases as well."""
        more = PhraseFinder(phrases)
        for first, begun in self._begun.items():
            more._begun[first] = begun.joined(more._begun[first]) if first in more._begun else begun
        return more

    def find(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of every phrase found, by first token."""
        found: list[tuple[int, int, str]] = []
        begun = self._begun
        for at in compress(count(), map(begun.__contains__, terms)):
            start = begun[terms[at]]
            labels, longer = start.labels, start.longer
            found += [(at, at + 1, label) for label in labels]
            if longer and not longer.keys().isdisjoint(terms[at + 1 : at + 2 + _GAP]):
                found += _longer_phrases(terms, at, longer)
        return found


class _Begun:
    """The phrases that begin with a term: labels of the term alone, and by second term what follows."""

    __slots__ = ("labels", "longer")

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.longer: dict[str, list[tuple[list[str], str]]] = {}

    def joined(self, other: _Begun) -> _Begun:
        """Return the phrases of both."""
        both = _Begun()
        both.labels = self.labels + other.labels
        seconds = {**self.longer, **other.longer}
        both.longer = {each: self.longer.get(each, []) + other.longer.get(each, []) for each in seconds}
        return both


def _longer_phrases(
    terms: Sequence[str], at: int, longer: Mapping[str, Sequence[tuple[list[str], str]]]
) -> Iterator[tuple[int, int, str]]:
    """Yield the longer phrases that begin at token `at`; only those of two words may have a gap."""
    near = terms[at + 1 : at + 2 + _GAP]
    for place, second in enumerate(near):
        if second not in longer or second in near[:place]:
            continue
        for rest, label in longer[second]:
            end = at + 2 + place + len(rest)
            if not rest or (place == 0 and terms[at + 2 : end] == rest):
                yield at, end, label


@cache
def concept_finder() -> PhraseFinder:
    """Return the finder of the lexicon's ideas; labels are terms such as "@increase"."""
    return PhraseFinder((phrase, f"@{concept.name}") for concept in concepts() for phrase in concept.phrases)


@cache
def opposites() -> Mapping[str, str]:
    """Return each idea that has one with its opposite."""
    return {concept.name: concept.opposite for concept in concepts() if concept.opposite}
