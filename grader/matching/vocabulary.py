"""The terms of one rubric: their numbers, and the typing errors that mean them.

A term is a stem, the canonical form of a figure, an idea of the lexicon ("@increase") or a fixed
phrase that a key point names ("!upper hand").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from grader.language.ideas import common_terms, idea_finder, opposites
from grader.language.lexicon import cues
from grader.language.memory import Memory
from grader.language.numbers import Number, NumberKind
from grader.language.phrase_finder import PhraseFinder, read_phrase
from grader.language.tokens import Token, tokenise
from grader.language.word_forms import is_content, stem

SHARE_TOLERANCE = 0.05
"""Relative difference up to which two shares are one: "nearly 70 %" is two thirds."""
_OFTEN_USED = 1 / 80
_LEAST_USES = 4
"""Phrasings, and share of them, that use a word if it belongs to the subject of a rubric."""


class Heard(NamedTuple):
    """What one word is to a rubric, wherever it stands.

    Its term as the rubric writes it; what it says, that term if it tells statements apart, and ideas; the
    numbers of what it says; its term again where it tells statements apart and the rubric does not know it,
    else ""; and whether it is `idle`, a word that talks about the answer rather than the subject.
    """

    term: str
    says: tuple[str, ...]
    numbers: tuple[int, ...]
    unknown: str
    idle: bool


class Vocabulary:
    """Numbers the terms of a rubric and reads token runs into sets of those numbers.

    Of ideas it hears those that the rubric knows, and their opposites.
    """

    def __init__(self, phrasings: Sequence[Sequence[Token]], extra: Sequence[str]) -> None:
        """Number the terms of phrasings and of `extra` words.

        `readings` keeps what each phrasing says, with the places, and `documents` what it says at all.
        """
        named = [read_phrase(phrase, f"!{phrase}") for phrase in extra if " " in phrase]
        self._ideas, self._named = idea_finder(), PhraseFinder(named)
        self.ids: dict[str, int] = {}
        self._shares: list[tuple[float, str]] = []
        self.often_used: frozenset[str] = frozenset()
        self._known = Memory(self._hear)
        self.readings = [self.read(tokens) for tokens in phrasings]
        self.documents = [{term for _, _, term in reading} for reading in self.readings]
        for terms in (
            *self.documents,
            {stem(word) for word in extra if " " not in word},
            {f"!{p}" for p in extra if " " in p},
        ):
            for term in sorted(terms):
                self.ids.setdefault(term, len(self.ids))
        self._ideas = idea_finder().about(_telling(self.ids))
        self._by_initial = self._spellings(phrasings)
        self._shares = [(float(term[2:]), term) for term in self.ids if term.startswith("#r")]
        uses = Counter(term for terms in self.documents for term in terms)
        often = max(_LEAST_USES, _OFTEN_USED * len(self.documents))
        self.often_used = frozenset(term for term, count in uses.items() if count >= often)
        self._known.clear()  # what was heard before all this was known

    def _spellings(self, phrasings: Sequence[Sequence[Token]]) -> dict[str, list[str]]:
        words = {token.word for tokens in phrasings for token in tokens if token.content and not token.number}
        buckets: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            if len(word) >= 5:
                buckets[word[0]].append(word)
        return buckets

    def read(self, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, term) of everything said in a run of tokens."""
        terms = self.terms_of(tokens)
        content = [(at, at + 1, terms[at]) for at, token in enumerate(tokens) if token.content]
        ideas = [(at, at + 1, idea) for at, term in enumerate(terms) for idea in self._said_by(term)]
        return content + ideas + self.phrases_in(terms)

    def terms_of(self, tokens: Sequence[Token]) -> list[str]:
        """Return the term of each token as the rubric writes it."""
        numbers = {at: token.number for at, token in enumerate(tokens) if token.number}
        return self.terms_in([token.word for token in tokens], numbers)

    def terms_in(self, words: Sequence[str], numbers: Mapping[int, Number]) -> list[str]:
        """Return the same for columns of words and of figures by place."""
        return [word.term for word in self.hear(words, numbers)]

    def hear(self, words: Sequence[str], numbers: Mapping[int, Number]) -> list[Heard]:
        """Return what each word is to the rubric; `numbers` are figures by place."""
        heard = list(map(self._known.__getitem__, words))
        for at, number in numbers.items():
            heard[at] = self._heard_as(self._figure(number), number.term, content=True)
        return heard

    def phrases_in(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, term) of ideas and phrases of several words."""
        return self._ideas.find_longer(terms) + self._named.find_longer(terms)

    def _said_by(self, term: str) -> list[str]:
        """Return the ideas of one term, and the phrases that it is: "25 per cent" is one figure."""
        return self._ideas.single(term) + self._named.single(term)

    def _hear(self, word: str) -> Heard:
        term, content = stem(word), is_content(word)
        strange = self.ids and term not in self.ids and len(word) >= 5 and content
        return self._heard_as(self._mend(word, term) if strange else term, term, content=content)

    def _heard_as(self, term: str, written: str, *, content: bool) -> Heard:
        """Return what a word is to the rubric, which takes it for `term`; `written` is its own."""
        ideas, number = self._said_by(term), self.ids.get(term) if content else None
        numbers = (*(() if number is None else (number,)), *(self.ids[i] for i in ideas if i in self.ids))
        unknown = term if content and number is None else ""
        says = tuple(sorted({*((term,) if content else ()), *ideas}))
        return Heard(
            term, says, numbers, unknown, content and written in talk() and written not in self.often_used
        )

    def _figure(self, number: Number) -> str:
        if number.kind is not NumberKind.SHARE or number.term in self.ids:
            return number.term
        return self._known_share(number.term, number.value)

    def _known_share(self, term: str, value: float) -> str:
        near = [
            (abs(value - known), name)
            for known, name in self._shares
            if abs(value - known) <= SHARE_TOLERANCE * known
        ]
        return min(near)[1] if near else term

    def _mend(self, word: str, term: str) -> str:
        """Return the rubric's term that a word was probably meant to be, or its own."""
        if term in common_terms():
            return term
        best, closest = term, 3
        for candidate in self._by_initial.get(word[0], ()):
            allowed = 2 if min(len(word), len(candidate)) >= 8 else 1
            distance = OSA.distance(word, candidate, score_cutoff=allowed)
            if distance <= allowed and distance < closest:
                best, closest = stem(candidate), distance
        return best


def _telling(known: Mapping[str, int]) -> Collection[str]:
    """Return the ideas that a rubric knows, and their opposites.

    No other idea tells anything of an essay, and looking for all would take longer than all the rest.
    """
    opposed = (f"@{opposite}" for idea, opposite in opposites().items() if f"@{idea}" in known)
    return {*known, *opposed}


@cache
def talk() -> frozenset[str]:
    """Terms that talk about an answer rather than its subject."""
    return frozenset(token.term for cue in cues("empty-words") for token in tokenise(cue))
