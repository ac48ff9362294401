"""Another name in the place of the right one: names that a key point does not know, where it needs one.

A strange name alone says little: honest writers bring in people of their own. It tells where it does or
suffers what the point is about, stands where the phrasings have a name, or where the name that most
phrasings give is lacking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from grader.names import Names
from grader.statements import Statement
from grader.tokens import Token

_USUAL = 0.5
"""Share of the accepted phrasings that give a name which the point cannot do without."""
_TELLING = 0.05
"""Share of a typical phrasing's weight from which a word is a point's own."""

_WHERE = frozenset(("in", "at"))
"""Prepositions that say where, which anybody may add."""


class Stranger(NamedTuple):
    """Names that a key point does not know: their share of a sentence's names, and whether one of them
    `replaces` a name of the point, with that name where there is one that most phrasings give.
    """

    share: float
    replaces: bool
    token: Token | None
    should: Token | None


NOBODY = Stranger(0.0, False, None, None)


class PointNames:
    """The names that one key point knows."""

    def __init__(
        self,
        names: Names,
        accepted: Iterable[Statement],
        others: Iterable[Statement],
        own_weight: Callable[[str], float],
    ) -> None:
        """Learn names from accepted phrasings and from `others` that speak of the point (halves, notes)."""
        told = list(accepted)
        self._own_weight = own_weight
        self._usual, self._spelled = _usual_names(told)
        statements = [*told, *others]
        known = {kin for s in statements for kin in s.kins}
        self._known = frozenset(known) | names.setting
        held = {h.preposition for s in told for h in s.hanging if h.at in s.names}
        self._held = frozenset(held) - _WHERE

    def compare(self, said: Statement) -> Stranger:
        """Look for strange names in a sentence."""
        strange = self._strange_names(said.names)
        if not strange:
            return NOBODY
        place = self._telling_place(said, strange)
        lacking = bool(self._usual) and self._usual.isdisjoint(said.names.values())
        token = said.tokens[place if place is not None else min(strange)]
        should = self._spelled if lacking else None
        return Stranger(len(strange) / len(said.names), lacking or place is not None, token, should)

    def _strange_names(self, names: Mapping[int, str]) -> dict[int, str]:
        """Return the names that nobody told of; a name of several words is known by any of them."""
        found: dict[int, str] = {}
        run: list[int] = []
        for at in (*names, -1):
            if run and at != run[-1] + 1:
                if all(names[place] not in self._known for place in run):
                    found |= {place: names[place] for place in run}
                run = []
            run.append(at)
        return found

    def _telling_place(self, said: Statement, strange: Mapping[int, str]) -> int | None:
        """Return where a strange name does or suffers what the point is about, or hangs where a name does."""
        for deed in said.deeds:
            if self._own_weight(deed.verb) > _TELLING:
                for at in (*deed.doers.values(), *deed.done_to.values()):
                    if at in strange:
                        return at
        for hanging in said.hanging:
            held = hanging.at in strange and hanging.preposition in self._held
            if held and self._own_weight(hanging.of) > _TELLING:
                return hanging.at
        return None


def _usual_names(accepted: list[Statement]) -> tuple[frozenset[str], Token | None]:
    """Return the names that most phrasings give, and the commonest of them as it is written."""
    given = Counter(name for statement in accepted for name in set(statement.names.values()))
    usual = [name for name, count in given.most_common() if count >= _USUAL * len(accepted)]
    tokens = (s.tokens[at] for s in accepted for at, name in s.names.items() if usual and name == usual[0])
    plain = Counter(token.word for token in tokens if "'" not in token.word)
    word = plain.most_common(1)[0][0] if plain else ""
    spelled = next((s.tokens[at] for s in accepted for at in s.names if s.tokens[at].word == word), None)
    return frozenset(usual), spelled
