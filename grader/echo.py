"""Sentences that say the question again: nearly all that they say stands in the question.

Words of one family count as the same ("success", "successful", "unsuccessful"); words that talk about
an answer ("an interesting essay question") say nothing of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse

from grader.tokens import tokenise
from grader.vocabulary import talk
from grader.word_families import family

_NEW_SHARE = 0.15
"""Share of words of its own up to which a sentence says nothing new; a short one has none at all."""


class EchoDetector:
    """Knows the words of one question."""

    def __init__(self, question: str) -> None:
        self._asked = frozenset(family(t.term) for t in tokenise(question.lower()) if t.content)

    def repeats(self, terms: Sequence[str]) -> bool:
        """Tell whether a sentence with these content terms says no more than the question does."""
        if self._asked.isdisjoint(map(family, terms)):
            return False
        said = list(map(family, filterfalse(talk().__contains__, terms)))
        asked = sum(map(self._asked.__contains__, said))
        return asked > 0 and len(said) - asked <= _NEW_SHARE * len(said)
