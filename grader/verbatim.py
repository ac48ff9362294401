"""Does a passage say a phrasing of the rubric word for word?

Whoever does means just that, whatever single words might suggest. Word for word: every content word
of the phrasing, in its order, each denied where the phrasing denies it and nowhere else; a few other
words may stand between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    """The wordings of one key point, of one kind."""

    def __init__(self, senses: Iterable[Sense]) -> None:
        chosen = (sense for sense in senses if len(sense) >= _FEW_WORDS)
        self._senses = [(frozenset(sense), sense) for sense in chosen]

    def longest_in(self, passage: Sense) -> int:
        """Return the number of content words of the longest wording that a passage says; 0 for none."""
        said = frozenset(passage)
        found = [len(sense) for terms, sense in self._senses if terms <= said and _in_order(sense, passage)]
        return max(found, default=0)


def _in_order(wanted: Sense, said: Sense) -> bool:
    room = int(_ROOM * len(wanted)) + 1
    starts = (at for at, term in enumerate(said) if term == wanted[0])
    return any(_follow(wanted, said[at : at + room]) for at in starts)


def _follow(wanted: Sense, said: Sense) -> bool:
    rest = iter(said)
    return all(term in rest for term in wanted)
