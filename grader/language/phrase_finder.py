"""Many fixed phrases, found in a run of terms in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from grader.language.memory import Memory
from grader.language.tokens import tokenise
from grader.language.word_forms import WORDS_OF_RUN, WordForm

_GAP = 2
"""Other words that may stand between the two of a phrase."""
_Longer: TypeAlias = dict[str, list[tuple[Sequence[str], str]]]
"""What may follow the first term of a phrase: by second term, the rest and the label."""


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
    backs = [(back, terms[0]) for back in range(place, place + (gap if place else 0) + 1)]
    return Phrase(terms, label, terms[place], backs)


class PhraseFinder:
    """Finds fixed phrases; two words may stand up to two apart: "kick out" finds "kicked him out".

    Order counts. What is asked of a term is worked out when it first occurs: most never do.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._single: dict[str, list[str]] = {}
        self._starting: dict[str, list[Phrase]] = {}
        self._anchored: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            if len(phrase.terms) == 1:
                self._single.setdefault(phrase.terms[0], []).append(phrase.label)
            else:
                self._starting.setdefault(phrase.terms[0], []).append(phrase)
                self._anchored.setdefault(phrase.anchor, []).append(phrase)
        self._look_for(None)

    def _look_for(self, labels: Collection[str] | None) -> None:
        self._labels = labels
        self._begins, self._longer = Memory(self._begins_by), Memory(self._longer_from)

    def about(self, labels: Collection[str]) -> PhraseFinder:
        """Return a finder of the phrases with some labels alone."""
        found = copy(self)
        found._look_for(labels)
        return found

    def single(self, term: str) -> list[str]:
        """Return the labels of a phrase that is one term."""
        return [label for label in self._single.get(term, ()) if self._counts(label)]

    def find(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of every phrase found."""
        alone = [(at, at + 1, label) for at, term in enumerate(terms) for label in self.single(term)]
        return alone + self.find_longer(terms)

    def find_longer(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of phrases of several words, by first token."""
        begun = {
            at - back
            for at, begins in enumerate(map(self._begins.__getitem__, terms))
            for back, first in begins
            if at >= back and terms[at - back] == first
        }
        found: list[tuple[int, int, str]] = []
        for at in sorted(begun):
            seconds = self._longer[terms[at]]
            if not seconds.keys().isdisjoint(terms[at + 1 : at + 2 + _GAP]):
                found += _longer_phrases(terms, at, seconds)
        return found

    def _counts(self, label: str) -> bool:
        return self._labels is None or label in self._labels

    def _begins_by(self, anchor: str) -> Sequence[tuple[int, str]]:
        """Return how far before a term phrases may begin, and with which term."""
        phrases = self._anchored.get(anchor, ())
        return tuple(
            {begin: None for phrase in phrases if self._counts(phrase.label) for begin in phrase.backs}
        )

    def _longer_from(self, first: str) -> _Longer:
        """Return the second terms of phrases that begin with a term, each with the rest and the label."""
        found: _Longer = {}
        for _, second, *rest, label in (
            (*phrase.terms, phrase.label)
            for phrase in self._starting.get(first, ())
            if self._counts(phrase.label)
        ):
            found.setdefault(second, []).append((rest, label))
        return found


def _longer_phrases(terms: Sequence[str], at: int, longer: _Longer) -> Iterator[tuple[int, int, str]]:
    """Yield the longer phrases that begin at token `at`; only those of two words may have a gap."""
    near = terms[at + 1 : at + 2 + _GAP]
    for place, second in enumerate(near):
        if second not in longer or second in near[:place]:
            continue
        for rest, label in longer[second]:
            end = at + 2 + place + len(rest)
            if not rest or (place == 0 and list(terms[at + 2 : end]) == rest):
                yield at, end, label
