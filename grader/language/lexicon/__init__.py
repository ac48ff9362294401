"""Closed lists of general English: stop words, negators, spelling variants, words that share an idea.

Plain text files beside this module, read once. Nothing in them belongs to a subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea, the words that say it, and the idea that contradicts it ("" where none does)."""

    name: str
    opposite: str
    phrases: tuple[str, ...]


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _split(listed: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in listed.split(",") if phrase.strip())


@cache
def concepts() -> tuple[Concept, ...]:
    """Return the classes of words that share an idea."""
    found = []
    for line in _lines("concepts.txt"):
        head, _, listed = line.partition(":")
        name, _, opposite = head.partition("~")
        found.append(Concept(name.strip(), opposite.strip(), _split(listed)))
    return tuple(found)


@cache
def cues(name: str) -> tuple[str, ...]:
    """Return a closed list of `phrases.txt`, such as "negators"; raise KeyError for an unknown one."""
    lists = {
        head.strip(): listed for head, _, listed in (line.partition(":") for line in _lines("phrases.txt"))
    }
    return _split(lists[name])


@cache
def stop_words() -> frozenset[str]:
    """Return the words too common to tell one statement from another."""
    return frozenset(word for line in _lines("stopwords.txt") for word in line.split())


@cache
def word_classes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the classes of words that stand in the same places: (name, words)."""
    lines = (line.partition(":") for line in _lines("word-classes.txt"))
    return tuple((name, tuple(listed.split())) for name, _, listed in lines)


@cache
def spelling_variants() -> Mapping[str, str]:
    """Return other spellings and frequent slips, each with the form used here."""
    pairs = (pair.partition("=") for line in _lines("spelling.txt") for pair in _split(line))
    return {variant: form for variant, _, form in pairs}
