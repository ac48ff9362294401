"""Sentences and texts that say the question again: nearly all that they say stands in the question.

Words of one family count as the same ("success", "successful", "unsuccessful"); words that talk about
an answer ("an interesting essay question") say nothing of their own. A single sentence is an echo if it
has hardly a word of its own. A text can have some ("a party is a group of people") and go on about nothing
but the question all the same: then the question's words make up far more of it than of the rubric's own
phrasings, and few others come at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, filterfalse, groupby

from grader.essay import ParsedEssay, Unit
from grader.tokens import Token, tokenise
from grader.vocabulary import talk
from grader.word_families import family

_NEW_SHARE = 0.15
"""Share of words of its own up to which a sentence says nothing new; a short one has none at all."""
_TEXT, _PARAGRAPH = 45, 25
"""Content words from which a text, or one of its paragraphs, can be judged as a whole."""
_LIMIT = 0.2
"""Surplus of the question's words, times the share of what is not new, from which a text is an echo. Marked
essays reach .07, ones that only drop terms .15; echoes of ten questions begin at .26."""

Range = tuple[int, int]


class EchoDetector:
    """Knows the words of one question, and how much of its rubric's phrasings they are."""

    def __init__(self, question: str, phrasings: Iterable[Sequence[Token]] = ()) -> None:
        """Read a question; `phrasings` are the tokens of the rubric's, which may use its words, too."""
        self._asked = frozenset(family(t.term) for t in tokenise(question.lower()) if t.content)
        used = [family(token.term) for tokens in phrasings for token in tokens if token.content]
        self._usual = sum(map(self._asked.__contains__, used)) / max(1, len(used))

    def ranges(self, essay: ParsedEssay) -> list[Range]:
        """Return the token ranges that say the question again: the whole text, paragraphs or sentences."""
        if self._dwells(essay, 0, len(essay.tokens), _TEXT):
            return [(0, len(essay.tokens))]
        found = [
            (unit.first, unit.last)
            for unit, said in zip(essay.units, essay.said, strict=True)
            if self.repeats(said)
        ]
        return sorted({*found, *self._paragraphs(essay)})

    def repeats(self, terms: Sequence[str]) -> bool:
        """Tell whether a sentence with these content terms says no more than the question does."""
        if self._asked.isdisjoint(map(family, terms)):
            return False
        said = list(map(family, filterfalse(talk().__contains__, terms)))
        asked = sum(map(self._asked.__contains__, said))
        return asked > 0 and len(said) - asked <= _NEW_SHARE * len(said)

    def _paragraphs(self, essay: ParsedEssay) -> list[Range]:
        groups = (tuple(group) for _, group in groupby(essay.units, key=_paragraph_of))
        ranges = [(units[0].first, units[-1].last) for units in groups]
        return [(first, last) for first, last in ranges if self._dwells(essay, first, last, _PARAGRAPH)]

    def _dwells(self, essay: ParsedEssay, first: int, last: int, fewest: int) -> bool:
        """Tell whether the question's words make up far more of a passage than of the phrasings."""
        said = list(map(family, compress(essay.terms[first:last], essay.content[first:last])))
        surplus = sum(map(self._asked.__contains__, said)) - self._usual * len(said)
        if len(said) < fewest or surplus < _LIMIT * len(said):
            return False
        new = frozenset(said) - self._asked - _talk_families()
        return surplus * (len(said) - len(new)) >= _LIMIT * len(said) ** 2


def _paragraph_of(unit: Unit) -> int:
    return unit.paragraph


def _talk_families() -> frozenset[str]:
    return frozenset(map(family, talk()))
