"""Another name in the place of the right one: names that a key point does not know, where it needs one.

A strange name alone says little: honest writers bring in people of their own, and speak of two points in one
sentence. It tells where it does or suffers what the point is about, or hangs where the phrasings have a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from grader.language.tokens import Token
from grader.matching import TELLING
from grader.stance.statements import Statement, StatementReader

_USUAL = 0.5
"""Share of the accepted phrasings that give a name which the point cannot do without."""

_WHERE = frozenset(("in", "at"))
"""Prepositions that say where, which anybody may add."""


class Stranger(NamedTuple):
    """Names that a key point does not know: their share of a sentence's names.

    `token` is the one that stands for a name of the point, in a telling place; `should` is the name that most
    phrasings give where that one alone is lacking.
    """

    share: float
    token: Token | None
    should: str | None


NOBODY = Stranger(0.0, None, None)


class PointNames:
    """The names that one key point knows."""

    def __init__(
        self,
        reader: StatementReader,
        accepted: Sequence[Statement],
        others: Sequence[Statement],
        own_weight: Callable[[str], float],
        told_elsewhere: Callable[[str, Collection[str]], bool],
    ) -> None:
        """Learn names from accepted phrasings and from `others` that speak of the point (halves, notes).

        `told_elsewhere` tells of a name, and of what is said beside it, whether it is another point's.
        """
        self._own_weight, self._told_elsewhere = own_weight, told_elsewhere
        forms = ((name, _commonest_form(name, accepted)) for name in _usual_names(accepted))
        self._usual = {name: form and reader.spell(form) for name, form in forms}
        known = {kin for statement in (*accepted, *others) for kin in statement.kins}
        self._known = frozenset(known) | reader.names.setting
        held = {h.preposition for s in accepted for h in s.hanging if h.at in s.names}
        self._held = frozenset(held) - _WHERE

    def compare(self, said: Statement) -> Stranger:
        """Look for strange names in a sentence."""
        strange = {
            at: name
            for at, name in self._strange_names(said.names).items()
            if not self._told_elsewhere(name, said.kins)
        }
        if not strange:
            return NOBODY
        place = self._telling_place(said, strange)
        lacking = [name for name in self._usual if name not in said.names.values()]
        token = None if place is None else said.tokens[place]
        should = self._usual[lacking[0]] if len(lacking) == 1 else None
        return Stranger(len(strange) / len(said.names), token, should)

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
            if self._own_weight(deed.verb) > TELLING:
                for at in (*deed.doers.values(), *deed.done_to.values()):
                    if at in strange:
                        return at
        for hanging in said.hanging:
            held = hanging.at in strange and hanging.preposition in self._held
            if held and self._own_weight(hanging.of) > TELLING:
                return hanging.at
        return None


def _usual_names(accepted: Sequence[Statement]) -> list[str]:
    """Return the names that most phrasings give."""
    given = Counter(name for statement in accepted for name in set(statement.names.values()))
    return [name for name, count in given.most_common() if count >= _USUAL * len(accepted)]


def _commonest_form(name: str, accepted: Sequence[Statement]) -> Token | None:
    """Return a name in the form that most phrasings write; possessives are left out."""
    forms = [s.tokens[at] for s in accepted for at, kin in s.names.items() if kin == name]
    counts = Counter(token.word for token in forms if "'" not in token.word)
    return max((t for t in forms if counts[t.word]), key=lambda t: counts[t.word], default=None)
