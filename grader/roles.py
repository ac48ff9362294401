"""Who does what to whom: the words before and after a shared verb, beside those of the accepted phrasings.

"A sacked B" and "B sacked A" share every word. Where a phrasing has one word before a verb and another
after it, and the passage has them the other way round, they have changed places. Passives are turned
into the active first. A passage that agrees with any phrasing in this has exchanged nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from grader.lexicon import cues
from grader.matching import RubricIndex
from grader.tokens import Token

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_REACH = 12
"""Tokens on either side of a verb that may belong to it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word out of its place, and the name that does in the notes what it does now, where there is one."""

    does: Token
    should: Token | None


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb with the content words of those who do it and of what it is done to."""

    doers: Mapping[str, Token]
    done_to: Mapping[str, Token]


Deeds = Mapping[str, Deed]
"""The deeds of a clause or more, by the term of the verb."""


def deeds_in(index: RubricIndex, tokens: Sequence[Token]) -> Deeds:
    """Return the deeds of a run of tokens; of a verb used twice, the first."""
    found: dict[str, Deed] = {}
    for at, token in enumerate(tokens):
        if token.content and token.term not in found and _is_verb(index, token):
            found[token.term] = _deed(tokens, at)
    return found


def _is_verb(index: RubricIndex, token: Token) -> bool:
    return token.word in _irregular() or (index.is_doing(token.term) and token.word.endswith("ed"))


@cache
def _irregular() -> frozenset[str]:
    return frozenset(cues("irregular-verbs"))


@cache
def _ends() -> frozenset[str]:
    return frozenset(cues("clause-breakers"))


def _deed(tokens: Sequence[Token], at: int) -> Deed:
    before = list(_until_clause_ends(reversed(tokens[max(0, at - _REACH) : at])))
    after = list(_until_clause_ends(iter(tokens[at + 1 : at + 1 + _REACH])))
    if not any(token.word in _BE for token in before[:2]):
        return Deed(_content(before), _content(after))
    by = next((place for place, token in enumerate(after) if token.word == "by"), len(after))
    return Deed(_content(after[by:]), _content(before))


def _until_clause_ends(tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.word in _ends():
            return
        yield token


def _content(tokens: Sequence[Token]) -> Mapping[str, Token]:
    return {token.term: token for token in tokens if token.content and not token.number}


def by_verb(phrasings: Iterable[Deeds]) -> Mapping[str, Sequence[Deed]]:
    """Return all deeds of some phrasings by the term of the verb."""
    found: dict[str, list[Deed]] = {}
    for deeds in phrasings:
        for verb, deed in deeds.items():
            found.setdefault(verb, []).append(deed)
    return found


def exchange_in(said: Deeds, known: Mapping[str, Sequence[Deed]]) -> Exchange | None:
    """Return two words that a passage has exchanged against the phrasings that share its verbs, if any.

    A word is out of place where more phrasings have it on the other side of the verb than on this; there must
    be one on either side, and more of them than of words in their places.
    """
    for verb, mine in said.items():
        theirs = known.get(verb, ())
        if not theirs:
            continue
        doers = _leaning(mine.doers, [deed.doers for deed in theirs], [deed.done_to for deed in theirs])
        done_to = _leaning(mine.done_to, [deed.done_to for deed in theirs], [deed.doers for deed in theirs])
        risen = [term for term, way in doers.items() if way < 0]
        fallen = [term for term, way in done_to.items() if way < 0]
        right = [term for lean in (doers, done_to) for term, way in lean.items() if way > 0]
        if risen and fallen and len(risen) + len(fallen) > len(right):
            return Exchange(mine.doers[risen[0]], _usual_doer(theirs, risen[0]))
    return None


def _leaning(
    words: Mapping[str, Token], here: Sequence[Mapping[str, Token]], there: Sequence[Mapping[str, Token]]
) -> dict[str, int]:
    """Return for each word how many more phrasings have it on this side of the verb than on the other."""
    return {term: sum(term in side for side in here) - sum(term in side for side in there) for term in words}


def _usual_doer(deeds: Sequence[Deed], besides: str) -> Token | None:
    names = Counter(
        token for deed in deeds for term, token in deed.doers.items() if token.capital and term != besides
    )
    return names.most_common(1)[0][0] if names else None
