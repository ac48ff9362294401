"""Which other key point a sentence speaks of as well, so that a name or a figure in it may be that one's.

Honest writers put two points into one sentence: "trade grew in 1957, and prices fell the year after" is right
on both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from grader.language.names import kin
from grader.matching import TELLING, RubricIndex

_ALSO = 2
"""Other words of a point from which on a sentence speaks of it as well."""


class Rivals:
    """The words that tell of each key point, by what they have in common with words made of them."""

    def __init__(self, index: RubricIndex, points: int) -> None:
        self._telling = [
            frozenset(kin(term) for term, weight in index.own_words[point].items() if weight > TELLING)
            for point in range(points)
        ]
        self._points: defaultdict[str, list[int]] = defaultdict(list)
        for point, words in enumerate(self._telling):
            for word in words:
                self._points[word].append(point)

    def tell(self, word: str, said: Collection[str], point: int) -> bool:
        """Tell whether a sentence has a name or figure because it speaks of another point than this one.

        `word` and what is `said` beside it are kins.
        """
        return any(
            other != point and len(self._telling[other].intersection(said) - {word}) >= _ALSO
            for other in self._points.get(word, ())
        )
