"""The terms of one rubric: their numbers, and the typing errors that mean them.

A term is a stem, the canonical form of a figure, an idea of the lexicon ("@increase") or a fixed
phrase that a key point names ("!upper hand").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA

from grader.lexicon import concepts
from grader.numbers import NumberKind
from grader.tokens import Token, concept_finder, stem, tokenise

SHARE_TOLERANCE = 0.05
"""Relative difference up to which two shares are one: "nearly 70 %" is two thirds."""
_CACHE_LIMIT = 20_000


class Vocabulary:
    """Numbers the terms of a rubric and reads token runs into sets of those numbers."""

    def __init__(self, phrasings: Sequence[Sequence[Token]], extra: Sequence[str]) -> None:
        """Number the terms of phrasings and of `extra` words; `documents` keeps what each phrasing says."""
        named = ((phrase, f"!{phrase}") for phrase in extra if " " in phrase)
        self._finder = concept_finder().with_phrases(named)
        self.ids: dict[str, int] = {}
        self._shares: list[tuple[float, str]] = []
        self._known: dict[str, str] = {}
        self.documents = [self._all_terms(tokens) for tokens in phrasings]
        for terms in (
            *self.documents,
            {stem(word) for word in extra if " " not in word},
            {f"!{p}" for p in extra if " " in p},
        ):
            for term in sorted(terms):
                self.ids.setdefault(term, len(self.ids))
        self._by_initial = self._spellings(phrasings)
        self._shares = [(float(term[2:]), term) for term in self.ids if term.startswith("#r")]
        self._known.clear()

    def _spellings(self, phrasings: Sequence[Sequence[Token]]) -> dict[str, list[str]]:
        words = {token.word for tokens in phrasings for token in tokens if token.content and not token.number}
        buckets: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            if len(word) >= 5:
                buckets[word[0]].append(word)
        return buckets

    def _all_terms(self, tokens: Sequence[Token]) -> set[str]:
        return {term for _, _, term in self.read(tokens)}

    def read(self, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, term) of everything said in a run of tokens."""
        terms = self.terms_of(tokens)
        return [(i, i + 1, terms[i]) for i, token in enumerate(tokens) if token.content] + self.phrases_in(
            terms
        )

    def terms_of(self, tokens: Sequence[Token]) -> list[str]:
        """Return the term of each token as the rubric writes it."""
        known = self._known
        return [
            (known.get(token.word) or self._know(token)) if token.number is None else self._figure(token)
            for token in tokens
        ]

    def phrases_in(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (first token, token after the last, term) of ideas and fixed phrases, by first token."""
        return self._finder.find(terms)

    def _know(self, token: Token) -> str:
        """Find out once what a word is to the rubric: what holds of a word holds wherever it stands."""
        if len(self._known) > _CACHE_LIMIT:
            self._known.clear()
        strange = token.content and self.ids and token.term not in self.ids and len(token.word) >= 5
        term = self._known[token.word] = self._mend(token.word, token.term) if strange else token.term
        return term

    def _figure(self, token: Token) -> str:
        number = token.number
        if number is None or number.kind is not NumberKind.SHARE or token.term in self.ids:
            return token.term
        return self._known_share(token.term, number.value)

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


@cache
def common_terms() -> frozenset[str]:
    """Stems of the lexicon: ordinary words, which are not typing errors of others."""
    phrases = (phrase for concept in concepts() for phrase in concept.phrases)
    return frozenset(token.term for phrase in phrases for token in tokenise(phrase))
