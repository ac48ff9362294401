"""Does a passage say a phrasing of the rubric word for word?

Whoever does means just that, whatever single words might suggest. Word for word: every content word
of the phrasing, in its order, each denied where the phrasing denies it and nowhere else; a few other
words may stand between them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

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


class Wordings:
    """The accepted and contrary wordings of one key point, looked up by the word that fewest of them have."""

    def __init__(self, accepted: Iterable[Sense], contrary: Iterable[Sense]) -> None:
        known = [(sense, True) for sense in accepted] + [(sense, False) for sense in contrary]
        chosen = [(sense, agrees) for sense, agrees in known if len(sense) >= _FEW_WORDS]
        uses = Counter(term for sense, _ in chosen for term in sense)
        self._with: defaultdict[tuple[str, bool], list[tuple[frozenset[tuple[str, bool]], Sense, bool]]]
        self._with = defaultdict(list)
        for sense, agrees in chosen:
            self._with[min(sense, key=uses.__getitem__)].append((frozenset(sense), sense, agrees))

    def read(self, passage: Sense) -> int:
        """Return 1 where a passage says an accepted wording, -1 for a contrary one, 0 for none.

        The longer one decides, by its content words; an accepted one where both are as long.
        """
        said, known = frozenset(passage), self._with
        found = [
            (len(sense), agrees)
            for term in said
            if term in known
            for terms, sense, agrees in known[term]
            if terms <= said and _in_order(sense, passage)
        ]
        return (1 if max(found)[1] else -1) if found else 0


def _in_order(wanted: Sense, said: Sense) -> bool:
    if len(wanted) < _SHORT:
        return said == wanted
    room = int(_ROOM * len(wanted)) + 1
    starts = (at for at, term in enumerate(said) if term == wanted[0])
    return any(_follow(wanted, said[at : at + room]) for at in starts)


def _follow(wanted: Sense, said: Sense) -> bool:
    rest = iter(said)
    return all(term in rest for term in wanted)
