"""Have words changed places? Who does what, beside what the accepted phrasings of a key point have them do.

"A sacked B" and "B sacked A" share every word. Agreement is read loosely: any verb of the same idea will
do. Exchange is read strictly: the same verb, and nobody where the phrasings have them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.language.clauses import DOES, SUFFERS
from grader.language.names import kin
from grader.language.tokens import Token
from grader.stance.statements import Deed, Statement

_OFTEN = 2
"""Phrasings that have a word in some place before its absence from another tells anything."""
_LOOSE_PREPOSITIONS = frozenset(("of", "in", "at", "to"))


class Exchange(NamedTuple):
    """A word out of its place, and the name that does in the notes what it does now, where there is one."""

    does: Token
    should: str | None


class Places(NamedTuple):
    """What has changed places in a sentence.

    `exchange` is certain of a verb: those who do it suffer it, or the other way round. `misplaced` adds
    up weaker signs (0 to 1): words in a place where no phrasing has them, worth twice as much where the
    word that belongs there has gone elsewhere.
    """

    exchange: Exchange | None
    misplaced: float


UNMOVED = Places(None, 0.0)


class KnownRoles:
    """The places of words in the accepted and partial phrasings of one key point."""

    def __init__(self, phrasings: Iterable[Statement], spell: Callable[[Token], str]) -> None:
        self._spell = spell
        self._doers: dict[str, Counter[str]] = defaultdict(Counter)
        self._done_to: dict[str, Counter[str]] = defaultdict(Counter)
        self._hanging: dict[str, Counter[str]] = defaultdict(Counter)
        self._roles: dict[str, Counter[str]] = defaultdict(Counter)
        self._names: dict[str, Counter[Token]] = defaultdict(Counter)
        for statement in phrasings:
            self._learn(statement)
        for learnt in (self._doers, self._done_to, self._hanging, self._roles, self._names):
            learnt.default_factory = None
        self._settled = {who for who, roles in self._roles.items() if sum(roles.values()) >= _OFTEN}

    def _learn(self, statement: Statement) -> None:
        for deed in statement.deeds:
            for idea in deed.ideas:
                self._doers[idea].update(deed.doers.keys())
                self._done_to[idea].update(deed.done_to.keys())
            self._names[deed.verb].update(
                statement.tokens[at] for at in deed.doers.values() if at in statement.names
            )
        for hanging in statement.hanging:
            self._hanging[hanging.preposition][hanging.who] += 1
        for who, roles in statement.roles.items():
            self._roles[who].update(roles)

    def compare(self, said: Statement) -> Places:
        """Compare a sentence with what is known."""
        exchange, signs = None, 0
        for deed in said.deeds:
            if deed.verb in self._doers:
                exchange = exchange or self._exchange_in(deed, said)
                signs += self._strange(deed.doers, deed, said, DOES) + self._strange(
                    deed.done_to, deed, said, SUFFERS
                )
        return Places(exchange, min(1.0, (signs + self._rehung(said)) / 2))

    def _exchange_in(self, deed: Deed, said: Statement) -> Exchange | None:
        risen = [who for who in deed.doers if self._lean(deed.ideas[:1], who) < 0]
        fallen = [who for who in deed.done_to if self._lean(deed.ideas[:1], who) > 0]
        if not risen and not fallen:
            return None
        right = [who for who in deed.doers if self._lean(deed.ideas, who) > 0]
        suffering = [who for who in deed.done_to if self._lean(deed.ideas, who) < 0]
        both = risen and fallen and len(risen) + len(fallen) > len(right) + len(suffering)
        one = deed.doers and deed.done_to and not right and not suffering
        if not (both or one):
            return None
        out = deed.doers[risen[0]] if risen else deed.done_to[fallen[0]]
        return Exchange(said.tokens[out], self._usual_doer(deed.verb, risen[0]) if risen else None)

    def _lean(self, verbs: Sequence[str], who: str) -> int:
        """Return how many more phrasings have somebody do a verb than suffer it."""
        doers, done_to = self._doers, self._done_to
        return sum([doers[verb].get(who, 0) - done_to[verb].get(who, 0) for verb in verbs if verb in doers])

    def _usual_doer(self, verb: str, besides: str) -> str | None:
        names = [token for token, _ in self._names[verb].most_common() if kin(token.term) != besides]
        return self._spell(names[0]) if names else None

    def _strange(self, there: Mapping[str, int], deed: Deed, said: Statement, role: str) -> int:
        """Return 2 where a known word does (suffers) a verb in place of one that now stands elsewhere.

        1 where that one is not there at all, 0 where anybody is in place, or nobody is known to be out.
        """
        known = self._doers if role == DOES else self._done_to
        usual = known.get(deed.verb)
        if not usual or any(idea in known and who in known[idea] for idea in deed.ideas for who in there):
            return 0
        if not any(who in self._settled and role not in self._roles[who] for who in there):
            return 0
        return 2 if any(role not in said.roles.get(who, {role}) for who in usual) else 1

    def _rehung(self, said: Statement) -> int:
        """Count prepositions that hold a known word in place of another that now stands elsewhere."""
        count = 0
        for preposition, now in said.held.items():
            usual = self._hanging.get(preposition)
            if not usual or preposition in _LOOSE_PREPOSITIONS:
                continue
            elsewhere = any(who in said.roles and who not in now for who in usual)
            count += elsewhere and not now & usual.keys() and not now.isdisjoint(self._settled)
        return count
