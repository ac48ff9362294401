"""What a sentence states, ready to be compared: its deeds, what hangs on prepositions, its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from grader.clauses import DOES, SUFFERS, read_roles
from grader.matching import RubricIndex
from grader.names import Names, kin
from grader.rubric import Prompt
from grader.text import fold
from grader.tokens import Token, concept_finder, tokenise

HANGS = "hangs"
"""The place of a word that hangs on a preposition."""


class Deed(NamedTuple):
    """A verb with those who do it and those whom it is done to: each word's kin, with its place."""

    verb: str
    ideas: tuple[str, ...]
    doers: Mapping[str, int]
    done_to: Mapping[str, int]


class Hanging(NamedTuple):
    """A word, its kin and place, that hangs by a preposition on another word."""

    preposition: str
    of: str
    who: str
    at: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence: its tokens with their terms and kins, deeds and hanging words, the roles of each word, names by place."""

    tokens: Sequence[Token]
    terms: Sequence[str]
    kins: Sequence[str]
    deeds: tuple[Deed, ...]
    hanging: tuple[Hanging, ...]
    roles: Mapping[str, frozenset[str]]
    names: Mapping[int, str]


class StatementReader:
    """Reads sentences as one rubric understands them; `phrasings` holds its own, in the order of the index."""

    def __init__(self, prompt: Prompt, index: RubricIndex) -> None:
        self._is_doing = index.is_doing
        notes = [_tokens(line) for card in prompt.cards for line in card.lines]
        spoken = [(phrasing.point, phrasing.tokens) for phrasing in index.phrasings]
        self.names = Names(spoken, notes, _tokens(prompt.question), len(prompt.key_points))
        terms_of = index.vocabulary.terms_of
        self.phrasings = tuple(self.read(p.tokens, terms_of(p.tokens)) for p in index.phrasings)
        self.notes = tuple(self._note(prompt, number) for number in range(len(prompt.key_points)))

    def phrasings_of(self, index: RubricIndex, point: int, kind: int) -> list[Statement]:
        """Return the phrasings of one key point, of one kind."""
        owned = zip(index.phrasings, self.phrasings, strict=True)
        return [
            statement for phrasing, statement in owned if (phrasing.point, phrasing.kind) == (point, kind)
        ]

    def read(self, tokens: Sequence[Token], terms: Sequence[str]) -> Statement:
        """Read a sentence; `terms` runs beside its tokens, as the rubric writes them."""
        kins = [kin(term) for term in terms]
        doers: dict[str, dict[str, int]] = defaultdict(dict)
        done_to: dict[str, dict[str, int]] = defaultdict(dict)
        hanging: list[Hanging] = []
        roles: dict[str, set[str]] = defaultdict(set)
        for role, of, at in read_roles(tokens, terms, self._is_doing):
            who = kins[at]
            if role == DOES:
                doers[of].setdefault(who, at)
            elif role == SUFFERS:
                done_to[of].setdefault(who, at)
            else:
                hanging.append(Hanging(role, of, who, at))
            roles[who].add(role if role in (DOES, SUFFERS) else HANGS)
        verbs = dict.fromkeys((*doers, *done_to))
        deeds = tuple(Deed(verb, ideas(verb), doers.get(verb, {}), done_to.get(verb, {})) for verb in verbs)
        said = {who: frozenset(each) for who, each in roles.items()}
        return Statement(tokens, terms, kins, deeds, tuple(hanging), said, self.names.places(tokens, kins))

    def _note(self, prompt: Prompt, number: int) -> Statement:
        """Read the line of the notes that a key point rests on; nothing where there is none."""
        point = prompt.key_points[number]
        lines = [
            card.lines[point.line - 1 : point.line] for card in prompt.cards if card.number == point.card
        ]
        tokens = _tokens(" ".join(line for found in lines for line in found))
        return self.read(tokens, [token.term for token in tokens])


def _tokens(text: str) -> list[Token]:
    folded = fold(text)
    return tokenise(folded.text, folded.cased)


@lru_cache(maxsize=20_000)
def ideas(verb: str) -> tuple[str, ...]:
    """Return a verb with the ideas of the lexicon that it says."""
    return (verb, *(label for _, _, label in concept_finder().find([verb])))
