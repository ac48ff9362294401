"""The ideas of the lexicon ("@increase"): what words and phrases say whatever the subject is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

from grader.language.lexicon import concepts
from grader.language.phrase_finder import Phrase, PhraseFinder, read_phrase


@cache
def idea_phrases() -> Mapping[str, Sequence[Phrase]]:
    """Return the words and phrases of each idea of the lexicon, by its term, such as "@increase"."""
    return {
        idea: [read_phrase(phrase, idea) for phrase in concept.phrases]
        for idea, concept in ((f"@{concept.name}", concept) for concept in concepts())
    }


@cache
def idea_finder() -> PhraseFinder:
    """Return the finder of all ideas."""
    return PhraseFinder(chain.from_iterable(idea_phrases().values()))


@cache
def opposites() -> Mapping[str, str]:
    """Return each idea that has one with its opposite, both without "@"."""
    return {concept.name: concept.opposite for concept in concepts() if concept.opposite}


@cache
def common_terms() -> frozenset[str]:
    """Return the stems of the lexicon: ordinary words, which are not typing errors of others."""
    return frozenset(
        term for phrases in idea_phrases().values() for phrase in phrases for term in phrase.terms
    )
