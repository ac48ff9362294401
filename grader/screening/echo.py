"""Sentences and texts that say the question again: nearly all that they say stands in the question.

Words of one family count as the same ("success", "successful", "unsuccessful"); words that talk about
an answer ("an interesting essay question") say nothing of their own. A single sentence is an echo if it
has hardly a word of its own. A text can have some ("a party is a group of people") and go on about nothing
but the question all the same: then the question's words make up far more of it than of the rubric's own
phrasings, and few others come at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, compress, filterfalse, groupby

from grader.language.essay import ParsedEssay
from grader.language.tokens import Token, tokenise
from grader.language.word_families import family
from grader.matching.vocabulary import talk

_NEW_SHARE = 0.15
"""Share of words of its own up to which a sentence says nothing new; a short one has none at all."""
_TEXT, _PARAGRAPH = 45, 25
"""Content words from which a text, or one of its paragraphs, can be judged as a whole."""
_LIMIT = 0.2
"""Surplus of the question's words, times the share of what is not new, from which a text is an echo. Essays
that say something reach .08, ones that only drop terms .16; echoes of ten questions begin at .24."""

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
        roots = [list(map(family, said)) for said in essay.said]
        asked = [sum(map(self._asked.__contains__, own)) for own in roots]
        if self._dwells(roots, asked, _TEXT):
            return [(0, len(essay.tokens))]
        units = essay.units
        found = [
            (units[at].first, units[at].last)
            for at in compress(range(len(units)), asked)
            if self.repeats(essay.said[at])
        ]
        for _, group in groupby(range(len(units)), key=lambda at: units[at].paragraph):
            places = list(group)
            first, last = places[0], places[-1]
            if self._dwells(roots[first : last + 1], asked[first : last + 1], _PARAGRAPH):
                found.append((units[first].first, units[last].last))
        return sorted(found)

    def repeats(self, terms: Sequence[str]) -> bool:
        """Tell whether a sentence with these content terms says no more than the question does."""
        said = list(map(family, filterfalse(talk().__contains__, terms)))
        asked = sum(map(self._asked.__contains__, said))
        return asked > 0 and len(said) - asked <= _NEW_SHARE * len(said)

    def _dwells(self, sentences: Sequence[Sequence[str]], asked: Sequence[int], fewest: int) -> bool:
        """Tell whether the question's words, `asked`, make up far more of a passage than of the phrasings.

        A sentence that comes again counts once: saying a point thirty times is no echo.
        """
        if sum(asked) < _LIMIT * sum(map(len, sentences)):
            return False
        said = list(chain.from_iterable(dict.fromkeys(map(tuple, sentences))))
        surplus = sum(map(self._asked.__contains__, said)) - self._usual * len(said)
        new = frozenset(said) - self._asked - _talk_families()
        return len(said) >= fewest and surplus * (len(said) - len(new)) >= _LIMIT * len(said) ** 2


@cache
def _talk_families() -> frozenset[str]:
    return frozenset(map(family, talk()))
