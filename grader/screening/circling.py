"""Nonsense that turns in circles: words explained by themselves, in sentences that argue nothing.

Writers who have only the terms of a subject still have to fill sentences. They set the same word again in
another form ("the sower is sown by the sowing"), and they name and equate where an answer argues: many
articles, "of" and "is", few of the words that join statements, point back or tell what was ("because",
"although", "they", "this", "were"). Neither alone is odd: subjects have words that return, and a definition
names. The product of the two is small in every honest text, whatever its subject, and learned words from
nowhere add to the circles. Knows no subject: words that the rubric's own phrasings turn on themselves do
not count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, repeat

from grader.language.essay import ParsedEssay, Unit
from grader.language.lexicon import cues
from grader.language.numbers import FIGURE_MARK
from grader.language.tokens import Token
from grader.language.word_families import family
from grader.screening.hollow_talk import learned_strangers

_REACH = 6
"""Tokens from a word to the next of its family for the one to be turned on the other."""
_FEWEST = 60
"""Content words from which a style can be told at all."""
_TURNED = 3
"""Families turned on themselves, at least, before a style is held against a text."""
_LEARNED_WEIGHT = 0.5
"""Weight of a learned word from nowhere beside a family turned on itself."""
_STEADY = 30
"""Content words added to a text's own, so that chance makes no short text odd."""
_LIMIT = 0.008
"""The product from which a text circles: honest essays that say something reach .003, ones that drop terms
.006, as do honest ones written to be taken for nonsense; nonsense of many styles begins at .0098."""
_NAMING = 0.1
"""Surplus of naming words over joining ones, a word, below which a paragraph is not blamed for others:
five in six honest paragraphs, one in twenty of nonsense."""
_MOSTLY = 2 / 3
"""Share of a text in circles from which nothing of it is trusted."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Token range, content words, surplus of naming words, families turned on themselves, strangers."""

    first: int
    last: int
    words: int
    surplus: int
    turned: frozenset[str]
    strangers: frozenset[str]

    @property
    def names(self) -> bool:
        return self.surplus >= _NAMING * (self.last - self.first)


def circling_ranges(essay: ParsedEssay, known: Collection[str], usual: Collection[str]) -> list[Range]:
    """Return the token ranges of paragraphs that turn in circles; all of a text that mostly does.

    `known` are the terms of rubric and question, `usual` the families that the rubric itself turns.
    """
    naming = _surplus(essay.words) >= _NAMING * len(essay.words)
    paragraphs = [tuple(group) for _, group in groupby(essay.units, key=lambda unit: unit.paragraph)]
    suspect = [p for p in paragraphs if naming or _is_naming(essay, p)]
    if sum(sum(essay.content[p[0].first : p[-1].last]) for p in suspect) < _FEWEST:
        return []
    read = [_read(essay, paragraph, known, usual) for paragraph in suspect]
    if not (_circles(read) or _circles([paragraph for paragraph in read if paragraph.names])):
        return []
    found = [(p.first, p.last) for p in read if p.names or len(p.turned) > 1]
    if sum(last - first for first, last in found) >= _MOSTLY * len(essay.tokens):
        return [(0, len(essay.tokens))]
    return found


def turned_families(phrasings: Iterable[Sequence[Token]]) -> frozenset[str]:
    """Return the word families that phrasings turn on themselves: a subject's own way of speaking."""
    return frozenset(
        chain.from_iterable(
            _turned([t.term for t in tokens], [t.content for t in tokens]) for tokens in phrasings
        )
    )


def _is_naming(essay: ParsedEssay, paragraph: Sequence[Unit]) -> bool:
    words = essay.words[paragraph[0].first : paragraph[-1].last]
    return _surplus(words) >= _NAMING * len(words)


def _surplus(words: Iterable[str]) -> int:
    """Return how many more words name than join."""
    return sum(map(_leanings().get, words, repeat(0)))


@cache
def _leanings() -> dict[str, int]:
    return dict.fromkeys(cues("naming-words"), 1) | dict.fromkeys(cues("joining-words"), -1)


def _read(
    essay: ParsedEssay, units: Sequence[Unit], known: Collection[str], usual: Collection[str]
) -> _Paragraph:
    first, last = units[0].first, units[-1].last
    turned = (_turned(essay.terms[u.first : u.last], essay.content[u.first : u.last]) for u in units)
    return _Paragraph(
        first,
        last,
        sum(essay.content[first:last]),
        _surplus(essay.words[first:last]),
        frozenset().union(*turned).difference(usual),
        learned_strangers(essay, first, last, known),
    )


def _turned(terms: Sequence[str], content: Sequence[int]) -> set[str]:
    """Return the families of a sentence's content words that come again soon."""
    met: dict[str, int] = {}
    found = set()
    for at, (term, counts) in enumerate(zip(terms, content, strict=True)):
        if counts and term[0] != FIGURE_MARK:
            root = family(term)
            if at - met.get(root, -_REACH - 1) <= _REACH:
                found.add(root)
            met[root] = at
    return found


def _circles(paragraphs: Sequence[_Paragraph]) -> bool:
    words = sum(paragraph.words for paragraph in paragraphs)
    turned = frozenset().union(*(paragraph.turned for paragraph in paragraphs))
    if words < _FEWEST or len(turned) < _TURNED:
        return False
    strangers = frozenset().union(*(paragraph.strangers for paragraph in paragraphs))
    learned = min(len(strangers), len(turned))  # a small rubric knows few words
    circles = (len(turned) + _LEARNED_WEIGHT * learned) / (words + _STEADY)
    surplus = sum(paragraph.surplus for paragraph in paragraphs)
    return circles * surplus / sum(paragraph.last - paragraph.first for paragraph in paragraphs) >= _LIMIT
