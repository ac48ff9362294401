"""Many fixed phrases, found in a run of terms in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import attrgetter
from typing import NamedTuple

from grader.tokens import tokenise
from grader.word_forms import WORDS_OF_RUN, WordForm

_GAP = 2
"""Other words that may stand between the two of a phrase."""


class Phrase(NamedTuple):
    """The terms of a phrase, a label, and where to look for it.

    `anchor` is the term to look for: the first content word, or else the longest; `backs` are how far
    before it the phrase may begin, and the term that it begins with.
    """

    terms: Sequence[str]
    label: str
    anchor: str
    backs: Sequence[tuple[int, str]]


def read_phrase(text: str, label: str) -> Phrase:
    """Read a folded phrase of one word or more, written with single blanks."""
    forms: Sequence[WordForm] = [form for run in text.split(" ") for _, _, form in WORDS_OF_RUN[run]]
    if len(forms) == 1 and not forms[0].odd:
        return Phrase((forms[0].term,), label, "", ())
    tokens = tokenise(text) if any(map(attrgetter("odd"), forms)) else None  # "twenty one" is one term
    terms = tokens.terms if tokens else [form.term for form in forms]
    content = tokens.content if tokens else [form.content for form in forms]
    words = tokens.words if tokens else [form.word for form in forms]
    place = content.index(True) if True in content else max(range(len(words)), key=lambda at: len(words[at]))
    gap = _GAP if len(terms) == 2 else 0
    backs = [(back, terms[0]) for back in range(place, place + gap + 1)] if place else ()
    return Phrase(terms, label, terms[place], backs)


class PhraseFinder:
    """Finds fixed phrases; two words may stand up to two apart: "kick out" finds "kicked him out".

    Order counts. `single` holds the labels of phrases that are one term.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.single: dict[str, list[str]] = {}
        self._longer: dict[str, dict[str, list[tuple[Sequence[str], str]]]] = {}
        self._first: set[str] = set()
        self._later: dict[str, set[tuple[int, str]]] = {}
        for phrase in phrases:
            if len(phrase.terms) == 1:
                self.single.setdefault(phrase.terms[0], []).append(phrase.label)
            else:
                self._keep(phrase)

    def _keep(self, phrase: Phrase) -> None:
        """Look for a phrase where its rarer words stand."""
        first, second, *rest = phrase.terms
        self._longer.setdefault(first, {}).setdefault(second, []).append((rest, phrase.label))
        if phrase.backs:
            self._later.setdefault(phrase.anchor, set()).update(phrase.backs)
        else:
            self._first.add(first)

    def find(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of every phrase found."""
        alone = [(at, at + 1, label) for at, term in enumerate(terms) for label in self.single.get(term, ())]
        return alone + self.find_longer(terms)

    def find_longer(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of phrases of several words, by first token."""
        found: list[tuple[int, int, str]] = []
        for at in sorted({*compress(count(), map(self._first.__contains__, terms)), *self._begun(terms)}):
            seconds = self._longer[terms[at]]
            if not seconds.keys().isdisjoint(terms[at + 1 : at + 2 + _GAP]):
                found += _longer_phrases(terms, at, seconds)
        return found

    def _begun(self, terms: Sequence[str]) -> list[int]:
        """Return where phrases may begin whose first content word comes later."""
        later = self._later
        return [
            at - back
            for at in compress(count(), map(later.__contains__, terms))
            for back, first in later[terms[at]]
            if at >= back and terms[at - back] == first
        ]


def _longer_phrases(
    terms: Sequence[str], at: int, longer: Mapping[str, Sequence[tuple[Sequence[str], str]]]
) -> Iterator[tuple[int, int, str]]:
    """Yield the longer phrases that begin at token `at`; only those of two words may have a gap."""
    near = terms[at + 1 : at + 2 + _GAP]
    for place, second in enumerate(near):
        if second not in longer or second in near[:place]:
            continue
        for rest, label in longer[second]:
            end = at + 2 + place + len(rest)
            if not rest or (place == 0 and list(terms[at + 2 : end]) == rest):
                yield at, end, label
