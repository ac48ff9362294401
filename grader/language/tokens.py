"""Words and figures of a text, each with its place.

A token keeps its folded spelling, its term (a stem, or the canonical form of a figure) and whether
it says anything by itself. Terms are what matching compares. British and American spellings, and
common slips, share a term; typing errors in a rubric's own words are mended later, in `vocabulary`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, count
from operator import attrgetter
from typing import NamedTuple, TypeAlias, overload

from grader.language.numbers import Number, NumberKind, read_number, read_roman
from grader.language.word_forms import JOINED_PREFIXES, WORDS_OF_RUN, WordForm, form_of


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


_Whole: TypeAlias = tuple[int, int, WordForm, Number | None]
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
        forms: Sequence[WordForm],
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
        return iter(self._made(slice(None)))

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        if isinstance(place, slice):
            return self._made(place)
        at = range(len(self.words))[place]
        return self._made(slice(at, at + 1))[0]

    def _made(self, place: slice) -> list[Token]:
        places = range(len(self.words))[place]
        columns = (self.starts, self.ends, self.words, self.terms, self.content, self.negates)
        said = [column[place] for column in columns]
        rows = zip(*said, map(self.numbers.get, places), self._capitals(places), strict=True)
        return [_new_tuple(Token, row) for row in rows]

    def _capitals(self, places: Sequence[int]) -> list[bool]:
        cased, starts, numbers = self._cased, self.starts, self.numbers
        if cased is None:
            return [False] * len(places)
        return [cased[starts[at]].isupper() and at not in numbers for at in places]


_new_tuple = tuple.__new__
"""Makes a token in a third of the time that the constructor of a NamedTuple takes."""


def tokenise(folded: str, cased: str | None = None) -> Tokens:
    """Split folded text into tokens; `cased` is the same text before lowering, for roman numerals."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[WordForm] = []
    place = 0
    runs = folded.split(" ")  # what stands between two blanks mostly recurs, and is read once
    for run, words in zip(runs, map(WORDS_OF_RUN.__getitem__, runs), strict=True):
        if len(words) == 1:  # as nearly always
            start, end, form = words[0]
            starts.append(place + start)
            ends.append(place + end)
            forms.append(form)
        else:
            for start, end, form in words:
                starts.append(place + start)
                ends.append(place + end)
                forms.append(form)
        place += len(run) + 1
    wholes = _wholes(folded, cased, starts, ends, forms)
    return _joined(starts, ends, forms, wholes, cased) if wholes else Tokens(starts, ends, forms, {}, cased)


def _joined(
    starts: list[int], ends: list[int], forms: list[WordForm], wholes: Sequence[_Whole], cased: str | None
) -> Tokens:
    """Put figures and compounds in the place of their words; most figures are one word."""
    if all(until == at + 1 for at, until, _, _ in wholes):
        for at, _, form, _ in wholes:
            forms[at] = form
        return Tokens(starts, ends, forms, {at: number for at, _, _, number in wholes if number}, cased)
    new_starts: list[int] = []
    new_ends: list[int] = []
    new_forms: list[WordForm] = []
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
    folded: str, cased: str | None, starts: Sequence[int], ends: Sequence[int], forms: Sequence[WordForm]
) -> list[_Whole]:
    """Return the figures and compounds of a text, in order."""
    odd = list(compress(count(), map(attrgetter("odd"), forms)))
    words = list(map(attrgetter("word"), forms)) if odd else []
    found: list[_Whole] = []
    taken = 0
    for at in odd:
        form, start, end = forms[at], starts[at], ends[at]
        number = (
            _number_at(folded, cased and cased[start:end], words, form, start, at) if at >= taken else None
        )
        if number is not None:
            taken = number.end
            found.append((at, taken, WordForm(form.word, number.term, True, False), number))
        elif at >= taken and _is_prefix(folded, form, end) and at + 1 < len(words):
            taken = at + 2
            found.append((at, taken, form_of(form.word + words[at + 1]), None))
    return found


def _is_prefix(folded: str, form: WordForm, end: int) -> bool:
    return form.word in JOINED_PREFIXES and folded[end : end + 1] == "-"


def _number_at(
    folded: str, cased: str | None, words: Sequence[str], form: WordForm, start: int, at: int
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
