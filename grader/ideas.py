"""The ideas of the lexicon ("@increase"): what words and phrases say whatever the subject is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from grader.lexicon import concepts
from grader.phrase_finder import Phrase, PhraseFinder, read_phrase


@cache
def idea_phrases() -> Sequence[Phrase]:
    """Return every word and phrase of the lexicon; labels are terms such as "@increase"."""
    return [read_phrase(phrase, f"@{concept.name}") for concept in concepts() for phrase in concept.phrases]


@cache
def idea_finder() -> PhraseFinder:
    """Return the finder of all ideas."""
    return PhraseFinder(idea_phrases())


@cache
def opposites() -> Mapping[str, str]:
    """Return each idea that has one with its opposite, both without "@"."""
    return {concept.name: concept.opposite for concept in concepts() if concept.opposite}


@cache
def common_terms() -> frozenset[str]:
    """Return the stems of the lexicon: ordinary words, which are not typing errors of others."""
    return frozenset(term for phrase in idea_phrases() for term in phrase.terms)
