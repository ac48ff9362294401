"""Does a passage say a phrasing of the rubric word for word?

Whoever does means just that, whatever single words might suggest. Word for word: every content word
of the phrasing, in its order, each denied where the phrasing denies it and nowhere else; a few other
words may stand between them. On 1,842 synthetic essays careful markers gave every accepted phrasing that
was said so the point, and called every contrary one a contradiction (docs/scoring.md).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.matching.windows import Reading

Sense = tuple[tuple[str, bool], ...]
"""Content terms in order, each with whether it is denied."""
_FEW_WORDS = 2
_ROOM = 1.5
"""Content words that a passage may spend on a wording, for each of the wording's own, and one more."""
_SHORT = 4
"""Content words below which a wording has to be all that a passage says: one word more could turn it."""


def sense_of(reading: Reading, denied: Sequence[bool]) -> Sense:
    """Return the plain terms of a run of tokens in order; `denied` runs beside the tokens."""
    return tuple((term, denied[at]) for at, _, term in sorted(reading) if term[0] not in "@!")


class Wording(NamedTuple):
    """A phrasing of a key point, accepted (`agrees`) or contrary, of content words alone."""

    point: int
    sense: Sense
    agrees: bool


class Quoted(NamedTuple):
    """A unit that says a wording word for word; `agrees` is False for a contrary one."""

    unit: int
    agrees: bool


class Wordings:
    """Accepted and contrary wordings, looked up by the word that fewest of them have."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        chosen = [wording for wording in wordings if len(wording.sense) >= _FEW_WORDS]
        uses = Counter(term for wording in chosen for term, _ in wording.sense)
        self._with: defaultdict[str, list[tuple[frozenset[str], Wording]]] = defaultdict(list)
        for wording in chosen:
            terms = [term for term, _ in wording.sense]
            self._with[min(terms, key=uses.__getitem__)].append((frozenset(terms), wording))

    def read(self, passage: Sense) -> int:
        """Return 1 where a passage says an accepted wording of any point, -1 for a contrary one, 0 for none.

        The longer one decides, by its content words; an accepted one where both are as long.
        """
        known = self._within(frozenset(term for term, _ in passage))
        found = [(len(w.sense), w.agrees) for w in known if _in_order(w.sense, passage)]
        return (1 if max(found)[1] else -1) if found else 0

    def quoted(
        self, units: Iterable[Sequence[str]], sense: Callable[[int], Sense], rejects: Callable[[int], bool]
    ) -> Mapping[int, Quoted]:
        """Return by key point the unit that says a wording of it, the first of the longest ones.

        No other content word may stand between its own: one ("less") could turn it. An accepted wording that
        is rejected as a whole ("it is a lie that ...") is contrary. `units` are the content terms of each
        unit, `sense` reads what one of them says, `rejects` tells whether it rejects a claim. Within a unit
        the longer wording decides; of a point that one unit makes and another contradicts nothing is said.
        """
        found: dict[int, list[_Place]] = {}
        for number, terms in enumerate(units):
            longest: dict[int, _Place] = {}
            for wording in self._within(frozenset(terms)):
                said = sense(number)
                if _unbroken(wording.sense, said):
                    agrees = wording.agrees
                elif wording.agrees and rejects(number) and _unbroken(_denied(wording.sense), said):
                    agrees = False
                else:
                    continue
                place = _Place(len(wording.sense), agrees, -number)
                longest[wording.point] = max(place, longest.get(wording.point, place))
            for point, place in longest.items():
                found.setdefault(point, []).append(place)
        agreed = {
            point: max(places) for point, places in found.items() if len({p.agrees for p in places}) == 1
        }
        return {point: Quoted(-place.behind, place.agrees) for point, place in agreed.items()}

    def _within(self, said: frozenset[str]) -> Iterator[Wording]:
        """Yield the wordings that have no other terms than these."""
        for term in said & self._with.keys():
            yield from (wording for terms, wording in self._with[term] if terms <= said)


class _Place(NamedTuple):
    """Where a wording is said: how long it is comes first, what stands earlier is greater."""

    length: int
    agrees: bool
    behind: int


def _in_order(wanted: Sense, said: Sense) -> bool:
    if len(wanted) < _SHORT:
        return said == wanted
    room = int(_ROOM * len(wanted)) + 1
    starts = (at for at, term in enumerate(said) if term == wanted[0])
    return any(_follow(wanted, said[at : at + room]) for at in starts)


def _denied(sense: Sense) -> Sense:
    """Return the same words, each denied where it was not."""
    return tuple((term, not denied) for term, denied in sense)


def _unbroken(wanted: Sense, said: Sense) -> bool:
    if len(wanted) < _SHORT:
        return said == wanted
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))


def _follow(wanted: Sense, said: Sense) -> bool:
    rest = iter(said)
    return all(term in rest for term in wanted)
