"""Other things in the place of the right ones: a strange word between the two neighbours of one that is gone.

"Owls have few incentives" for "Farmers have few incentives". Writers who say a point in words of their
own change a word here and there too, so that this is a hint, and one that counts near a phrasing only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from grader.language.word_families import family
from grader.matching import TELLING
from grader.stance.statements import Statement, ideas

_EDGE = "^"
_ENOUGH = 2
"""Words put in place of others that leave nothing to doubt."""


class Neighbours:
    """The words of one key point, and which of them stand between which others."""

    def __init__(
        self,
        accepted: Sequence[Statement],
        others: Sequence[Statement],
        own_weight: Callable[[str], float],
    ) -> None:
        """Learn what stands where from accepted phrasings; words of `others` are no strangers either."""
        self._between: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._families: set[str] = set()
        self._ideas: set[str] = set()
        for statement in accepted:
            words = self._learn(statement)
            for before, word, after in zip(words, words[1:], words[2:], strict=False):
                if own_weight(word) > TELLING:
                    self._between[before, after].add(word)
        for statement in others:
            self._learn(statement)
        self._between.default_factory = None

    def _learn(self, statement: Statement) -> list[str]:
        self._families.update(map(family, statement.content))
        self._ideas.update(idea for word in statement.content for idea in ideas(word)[1:])
        return [_EDGE, *statement.content, _EDGE]

    def substituted(self, said: Statement) -> float:
        """Return how much of a sentence stands in place of something else (0 to 1)."""
        words = [_EDGE, *said.content, _EDGE]
        between = self._between
        found = [
            between[words[at - 1], words[at + 1]]
            for at in range(1, len(words) - 1)
            if (words[at - 1], words[at + 1]) in between and not self._knows(words[at])
        ]
        if not found:
            return 0.0
        here = set(map(family, said.content))
        count = sum(any(family(gone) not in here for gone in usual) for usual in found)
        return min(1.0, count / _ENOUGH)

    def _knows(self, word: str) -> bool:
        return family(word) in self._families or any(idea in self._ideas for idea in ideas(word)[1:])
