"""Words, figures and ideas of a text, each with its place.

A token keeps its folded spelling, its term (a stem, or the canonical form of a figure) and whether
it says anything by itself. Terms are what matching compares. British and American spellings, and
common slips, share a term; typing errors in a rubric's own words are mended later, in `vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, count
from operator import attrgetter
from typing import NamedTuple, TypeAlias, overload

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
    """What is known of a word by itself; `odd` where a figure or compound can begin with it."""

    word: str
    term: str
    content: bool
    negates: bool
    odd: bool = False
    figure: bool = False
    roman: bool = False


class _Forms(dict[str, _Form]):
    """The forms of words met so far, at most so many."""

    def __missing__(self, word: str) -> _Form:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        form = self[word] = _read_form(word)
        return form


class _Runs(dict[str, tuple[tuple[int, int, _Form], ...]]):
    """The words of the runs of characters between blanks met so far, at most so many: start, end, form."""

    def __missing__(self, run: str) -> tuple[tuple[int, int, _Form], ...]:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        words = tuple((*match.span(), _forms[match.group()]) for match in WORD.finditer(run))
        if len(run) <= _LONGEST_KEPT:
            self[run] = words
        return words


_Whole: TypeAlias = tuple[int, int, _Form, Number | None]
"""Several words, or a figure, as one token: the first word, the one after the last, form and figure."""


class Tokens(Sequence[Token]):
    """The tokens of a text, in columns: what looks for one thing in all of them reads one column.

    Single tokens are made when they are asked for. `numbers` holds the figures by place.
    """

    __slots__ = ("_cased", "content", "ends", "negates", "numbers", "starts", "terms", "words")

    def __init__(
        self,
        starts: Sequence[int],
        ends: Sequence[int],
        forms: Sequence[_Form],
        numbers: Mapping[int, Number],
        cased: str | None,
    ) -> None:
        self.starts, self.ends, self.numbers, self._cased = starts, ends, numbers, cased
        self.words: Sequence[str] = ()
        self.terms: Sequence[str] = ()
        self.content: Sequence[bool] = ()
        self.negates: Sequence[bool] = ()
        if forms:
            self.words, self.terms, self.content, self.negates, *_ = zip(*forms, strict=True)

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        return map(self._token, range(len(self.words)))

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        places = range(len(self.words))[place]
        return self._token(places) if isinstance(places, int) else list(map(self._token, places))

    def _token(self, at: int) -> Token:
        start, number = self.starts[at], self.numbers.get(at)
        capital = number is None and self._cased is not None and self._cased[start].isupper()
        said = self.words[at], self.terms[at], self.content[at], self.negates[at]
        return _new_tuple(Token, (start, self.ends[at], *said, number, capital))


_stemmer = Stemmer.Stemmer("english")
_stemmer.maxCacheSize = _CACHE_LIMIT
_forms = _Forms()
_runs = _Runs()
_new_tuple = tuple.__new__
"""Makes a token in a third of the time that the constructor of a NamedTuple takes."""


def stem(word: str) -> str:
    """Return the term of one folded word."""
    return _forms[word].term


def is_content(word: str) -> bool:
    """Tell whether a folded word tells statements apart."""
    return _forms[word].content


def _read_form(word: str) -> _Form:
    if word.endswith("n't") or word in cues("bare-negations"):
        return _Form(word, "not", False, True)
    base = _CONTRACTIONS.get(word, word).split("'")[0] or word
    base = spelling_variants().get(base, base)
    spelled = _DOUBLED.sub(r"l\1", _OUR.sub(r"or\1", _IZE.sub(r"is\1", base)))
    content = base not in stop_words() and (len(base) > 1 or base.isdigit())
    figure, roman = may_start_number(word), len(word) > 1 and not set(word) - set("xvi")
    odd = figure or roman or word in _JOINED_PREFIXES
    return _Form(word, _stemmer.stemWord(spelled), content, base in _negator_words(), odd, figure, roman)


@cache
def _negator_words() -> frozenset[str]:
    return frozenset(cue for cue in cues("negators") if " " not in cue)


def tokenise(folded: str, cased: str | None = None) -> Tokens:
    """Split folded text into tokens; `cased` is the same text before lowering, for roman numerals."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[_Form] = []
    place = 0
    for run in folded.split(" "):  # what stands between two blanks mostly recurs, and is read once
        for start, end, form in _runs[run]:
            starts.append(place + start)
            ends.append(place + end)
            forms.append(form)
        place += len(run) + 1
    wholes = _wholes(folded, cased, starts, ends, forms)
    return _joined(starts, ends, forms, wholes, cased) if wholes else Tokens(starts, ends, forms, {}, cased)


def _joined(
    starts: list[int], ends: list[int], forms: list[_Form], wholes: Sequence[_Whole], cased: str | None
) -> Tokens:
    """Put figures and compounds in the place of their words."""
    new_starts: list[int] = []
    new_ends: list[int] = []
    new_forms: list[_Form] = []
    numbers: dict[int, Number] = {}
    taken = 0
    for at, until, form, number in wholes:
        new_starts += starts[taken : at + 1]
        new_ends += (*ends[taken:at], ends[until - 1])
        if number:
            numbers[len(new_forms) + at - taken] = number
        new_forms += (*forms[taken:at], form)
        taken = until
    return Tokens(
        new_starts + starts[taken:], new_ends + ends[taken:], new_forms + forms[taken:], numbers, cased
    )


def _wholes(
    folded: str, cased: str | None, starts: Sequence[int], ends: Sequence[int], forms: Sequence[_Form]
) -> list[_Whole]:
    """Return the figures and compounds of a text, in order."""
    words = [form.word for form in forms]
    found: list[_Whole] = []
    taken = 0
    for at in compress(count(), map(attrgetter("odd"), forms)):
        form, start, end = forms[at], starts[at], ends[at]
        number = (
            _number_at(folded, cased and cased[start:end], words, form, start, at) if at >= taken else None
        )
        if number is not None:
            taken = number.end
            found.append((at, taken, _Form(form.word, number.term, True, False), number))
        elif at >= taken and _is_prefix(folded, form, end) and at + 1 < len(words):
            taken = at + 2
            found.append((at, taken, _forms[form.word + words[at + 1]], None))
    return found


def _is_prefix(folded: str, form: _Form, end: int) -> bool:
    return form.word in _JOINED_PREFIXES and folded[end : end + 1] == "-"


def _number_at(
    folded: str, cased: str | None, words: Sequence[str], form: _Form, start: int, at: int
) -> Number | None:
    """Read the figure that begins at word `at`, written `cased`; None where there is none."""
    number = read_number(words, at) if form.figure else None
    if number is None and form.roman and cased is not None:
        number = read_roman(cased, at)
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

    Maps each phrase to labels. "kick out" finds "kicked him out"; order counts. `single` holds the
    labels of phrases that are one term.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self.single: dict[str, list[str]] = {}
        self._longer: dict[str, dict[str, list[tuple[list[str], str]]]] = {}
        for phrase, label in phrases:
            first, *rest = (token.term for token in tokenise(phrase))
            if rest:
                self._longer.setdefault(first, {}).setdefault(rest[0], []).append((rest[1:], label))
            else:
                self.single.setdefault(first, []).append(label)

    def find(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of every phrase found."""
        alone = [(at, at + 1, label) for at, term in enumerate(terms) for label in self.single.get(term, ())]
        return alone + self.find_longer(terms)

    def find_longer(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of phrases of several words, by first token."""
        found: list[tuple[int, int, str]] = []
        begun = self._longer
        for at in compress(count(), map(begun.__contains__, terms)):
            seconds = begun[terms[at]]
            if not seconds.keys().isdisjoint(terms[at + 1 : at + 2 + _GAP]):
                found += _longer_phrases(terms, at, seconds)
        return found


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
