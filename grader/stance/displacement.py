"""Does a sentence put anybody or anything in the place of what a key point names?

Puts together exchanged roles (`roles`), strange names (`actors`) and other strange words (`substitutes`).
Measures only; `verdicts` decides.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from grader.matching import ACCEPT, PARTIAL, RubricIndex
from grader.stance.actors import NOBODY, PointNames, Stranger
from grader.stance.rivals import Rivals
from grader.stance.roles import UNMOVED, KnownRoles, Places
from grader.stance.statements import Statement, StatementReader
from grader.stance.substitutes import Neighbours


class Displacement(NamedTuple):
    """Which words changed places, which name stands for another, and how much else does (0 to 1)."""

    places: Places
    stranger: Stranger
    substituted: float


NOTHING = Displacement(UNMOVED, NOBODY, 0.0)


class PointPlaces:
    """Who and what stands where in the phrasings of one key point."""

    def __init__(self, statements: StatementReader, index: RubricIndex, rivals: Rivals, number: int) -> None:
        told = statements.phrasings_of(number, ACCEPT)
        half = statements.phrasings_of(number, PARTIAL)
        others = [*half, statements.notes[number]]
        own_weight = partial(index.own_weight, point=number)
        self._roles = KnownRoles([*told, *half], statements.spell)
        told_elsewhere = partial(rivals.tell, point=number)
        self._names = PointNames(statements, told, others, own_weight, told_elsewhere)
        self._neighbours = Neighbours(told, others, own_weight)

    def compare(self, said: Statement) -> Displacement:
        """Compare a sentence with the phrasings."""
        return Displacement(
            self._roles.compare(said), self._names.compare(said), self._neighbours.substituted(said)
        )
