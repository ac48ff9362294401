"""What a sentence states, ready to be compared: its deeds, what hangs on prepositions, its names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from grader.language.clauses import DOES, SUFFERS, read_roles
from grader.language.ideas import idea_finder
from grader.language.names import KINS, Names
from grader.language.tokens import Token, tokenise
from grader.matching import RubricIndex
from grader.rubric import KeyPoint, Prompt, iter_phrasings
from grader.text import fold

HANGS = "hangs"
"""The place of a word that hangs on a preposition."""


_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
_DEED = frozenset((DOES, SUFFERS))


class Deed(NamedTuple):
    """A verb with those who do it and those whom it is done to: each word's kin, with its place."""

    verb: str
    ideas: tuple[str, ...]
    doers: dict[str, int]
    done_to: dict[str, int]


class Hanging(NamedTuple):
    """A word, its kin and place, that hangs by a preposition on another word."""

    preposition: str
    of: str
    who: str
    at: int


class Statement(NamedTuple):
    """One sentence, read.

    `terms` and `kins` run beside the tokens; `content` are the terms of the content words, figures left
    out. `held` are the kins by the prepositions that hold them, `roles` the roles by kin, `names` the
    kins of names by place.
    """

    tokens: Sequence[Token]
    terms: Sequence[str]
    kins: Sequence[str]
    content: Sequence[str]
    deeds: Sequence[Deed]
    hanging: Sequence[Hanging]
    held: Mapping[str, Set[str]]
    roles: Mapping[str, Set[str]]
    names: Mapping[int, str]


class StatementReader:
    """Reads sentences as one rubric understands them; `phrasings` are its own, as in the index."""

    def __init__(self, prompt: Prompt, index: RubricIndex) -> None:
        self._doings = frozenset(term for term in index.vocabulary.ids if index.is_doing(term))
        notes = [_tokens(line) for card in prompt.cards for line in card.lines]
        spoken = [(phrasing.point, phrasing.tokens) for phrasing in index.phrasings]
        self.names = Names(spoken, notes, _tokens(prompt.question), len(prompt.key_points))
        self.phrasings: list[Statement] = []
        self._told: dict[tuple[int, int], list[Statement]] = {}
        for phrasing in index.phrasings:
            statement = self.read(phrasing.tokens, [token.term for token in phrasing.tokens])
            self.phrasings.append(statement)
            self._told.setdefault((phrasing.point, phrasing.kind), []).append(statement)
        self._abbreviations: dict[str, str] = {
            found.lower(): found for p in prompt.key_points for found in _ABBREVIATION.findall(_told(p))
        }
        self.notes = tuple(self._note(prompt, number) for number in range(len(prompt.key_points)))

    def spell(self, name: Token) -> str:
        """Return a name as the rubric writes it: with a capital, or in capitals."""
        return self._abbreviations.get(name.word, name.word.capitalize())

    def phrasings_of(self, point: int, kind: int) -> Sequence[Statement]:
        """Return the phrasings of one key point, of one kind."""
        return self._told.get((point, kind), ())

    def read(self, tokens: Sequence[Token], terms: Sequence[str]) -> Statement:
        """Read a sentence; `terms` runs beside its tokens, as the rubric writes them."""
        kins = list(map(KINS.__getitem__, terms))
        deeds: dict[str, Deed] = {}
        hanging: list[Hanging] = []
        held: defaultdict[str, set[str]] = defaultdict(set)
        roles: defaultdict[str, set[str]] = defaultdict(set)
        for role, of, at in read_roles(tokens, terms, self._doings):
            who = kins[at]
            if role in _DEED:
                if of not in deeds:
                    deeds[of] = Deed(of, ideas(of), {}, {})
                deed = deeds[of]
                (deed.doers if role == DOES else deed.done_to).setdefault(who, at)
            else:
                hanging.append(Hanging(role, of, who, at))
                held[role].add(who)
                role = HANGS
            roles[who].add(role)
        content = [term for term, t in zip(terms, tokens, strict=True) if t.content and t.number is None]
        names = self.names.places(tokens, kins)
        return Statement(tokens, terms, kins, content, [*deeds.values()], hanging, held, roles, names)

    def _note(self, prompt: Prompt, number: int) -> Statement:
        """Read the line of the notes that a key point rests on; nothing where there is none."""
        point = prompt.key_points[number]
        lines = [
            card.lines[point.line - 1 : point.line] for card in prompt.cards if card.number == point.card
        ]
        tokens = _tokens(" ".join(line for found in lines for line in found))
        return self.read(tokens, [token.term for token in tokens])


def _told(point: KeyPoint) -> str:
    return " ".join(iter_phrasings(point))


def _tokens(text: str) -> list[Token]:
    folded = fold(text)
    return list(tokenise(folded.text, folded.cased))


@lru_cache(maxsize=20_000)
def ideas(verb: str) -> tuple[str, ...]:
    """Return a verb with the ideas of the lexicon that it says."""
    return (verb, *(label for _, _, label in idea_finder().find([verb])))
