"""Does a passage say a phrasing of the rubric word for word?

Whoever does means just that, whatever single words might suggest. Word for word: every content word
of the phrasing, in its order, each denied where the phrasing denies it and nowhere else; a few other
words may stand between them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from itertools import chain

from grader.windows import Reading

Sense = tuple[tuple[str, bool], ...]
"""Content terms in order, each with whether it is denied."""
_FEW_WORDS = 2
_ROOM = 1.5
"""Content words that a passage may spend on a wording, for each of the wording's own, and one more."""


def sense_of(reading: Reading, denied: Sequence[bool]) -> Sense:
    """Return the plain terms of a run of tokens in order; `denied` runs beside the tokens."""
    return tuple((term, denied[at]) for at, _, term in sorted(reading) if term[0] not in "@!")


class Wordings:
    """The wordings of one key point, of one kind; looked up by the word that fewest of them have."""

    def __init__(self, senses: Iterable[Sense]) -> None:
        chosen = [sense for sense in senses if len(sense) >= _FEW_WORDS]
        uses = Counter(term for sense in chosen for term in sense)
        self._with: defaultdict[tuple[str, bool], list[tuple[frozenset[tuple[str, bool]], Sense]]]
        self._with = defaultdict(list)
        for sense in chosen:
            self._with[min(sense, key=uses.__getitem__)].append((frozenset(sense), sense))

    def longest_in(self, passage: Sense, said: Set[tuple[str, bool]]) -> int:
        """Return the number of content words of the longest wording that a passage says; 0 for none.

        `said` is the passage as a set.
        """
        likely = chain.from_iterable([self._with[term] for term in self._with.keys() & said])
        found = [len(sense) for terms, sense in likely if terms <= said and _in_order(sense, passage)]
        return max(found, default=0)


def _in_order(wanted: Sense, said: Sense) -> bool:
    room = int(_ROOM * len(wanted)) + 1
    starts = (at for at, term in enumerate(said) if term == wanted[0])
    return any(_follow(wanted, said[at : at + room]) for at in starts)


def _follow(wanted: Sense, said: Sense) -> bool:
    rest = iter(said)
    return all(term in rest for term in wanted)
