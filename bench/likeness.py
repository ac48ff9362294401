"""How like one short answer is to one reference, word by word: finer than matching, and dearer.

Answers of a sentence gain from it; essays, where passages are chosen from hundreds of words, do not
(docs/learning.md), so it is part of the benches on public data alone. Words need not be equal: each
counts for as much as it shares letters, or an idea of the lexicon, with its best counterpart (soft
alignment, after Jimenez, Becerra and Gelbukh, SOFTCARDINALITY, SemEval 2013), so that slips of spelling,
words of one family and synonyms keep most of their worth. None of the measures grows with the length of
the passage.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from grader.language.ideas import idea_finder
from grader.language.tokens import Token

Weigh: TypeAlias = Callable[[str], float]
"""How much a term tells."""

_COMMON = 0.1
"""Weight of words too common to tell statements apart, beside that of the rubric's own terms."""
_SAME_WORD = 0.6
"""Share of letter runs from which on two words are taken to be forms of one."""
_SAME_IDEA = 0.8
"""Worth of a word that says an idea of the lexicon, as another does."""
_NEAR = 3
"""Words at most this far apart make a pair."""
_LONGEST_WORD = 40  # the rest of a longer "word" says nothing


class Likeness(NamedTuple):
    """Measures of one passage against one phrasing, each from 0 (nothing alike) to 1."""

    covered: float
    softly_covered: float
    to_the_point: float
    balanced: float
    pairs: float
    letters: float


def compare_closely(passage: Sequence[Token], phrasing: Sequence[Token], weigh: Weigh) -> Likeness:
    """Measure a passage against a phrasing; `weigh` gives the weight of a content term."""
    said, wanted = _weights(passage, weigh), _weights(phrasing, weigh)
    found = {term: _best_counterpart(term, said) for term in wanted}
    used = {term: _best_counterpart(term, wanted) for term in said}
    covered, precise = _share(wanted, found, _firm), _share(said, used, _firm)
    return Likeness(
        covered=covered,
        softly_covered=_share(wanted, found, lambda alike: alike * alike),
        to_the_point=precise,
        balanced=2.0 * covered * precise / (covered + precise) if covered + precise else 0.0,
        pairs=_overlap(_pairs(phrasing), _pairs(passage)),
        letters=_overlap(character_ngrams(phrasing), character_ngrams(passage)),
    )


def nearest(passage: Sequence[Token], phrasings: Sequence[Sequence[Token]], weigh: Weigh) -> Likeness:
    """Return the best value of each measure over a point's phrasings; all 0 where it has none."""
    measured = [compare_closely(passage, phrasing, weigh) for phrasing in phrasings]
    return (
        Likeness(*map(max, zip(*measured, strict=True)))
        if measured
        else Likeness(*[0.0] * len(Likeness._fields))
    )


def _weights(tokens: Sequence[Token], weigh: Weigh) -> dict[str, float]:
    return {token.term: weigh(token.term) if token.content else _COMMON * weigh("") for token in tokens}


def _firm(alike: float) -> float:
    return alike if alike >= _SAME_WORD else 0.0


def _share(weights: dict[str, float], alike: dict[str, float], worth: Callable[[float], float]) -> float:
    total = sum(weights.values())
    return sum(weight * worth(alike[term]) for term, weight in weights.items()) / total if total else 0.0


def _best_counterpart(term: str, others: Collection[str]) -> float:
    return 1.0 if term in others else max((_alike(term, other) for other in others), default=0.0)


@lru_cache(100_000)
def _alike(one: str, other: str) -> float:
    """Return the share of letter runs that two terms have in common, or what a shared idea is worth.

    Figures are equal or not.
    """
    if one == other:
        return 1.0
    if not (one.isalpha() and other.isalpha()):
        return 0.0
    mine, theirs = letter_runs(one, 2, 3), letter_runs(other, 2, 3)
    letters = 2.0 * len(mine & theirs) / (len(mine) + len(theirs))
    return max(letters, _SAME_IDEA) if _ideas(one) & _ideas(other) else letters


@lru_cache(10_000)
def _ideas(term: str) -> frozenset[str]:
    return frozenset(idea_finder().single(term))


def _pairs(tokens: Sequence[Token]) -> frozenset[tuple[str, str]]:
    terms = [token.term for token in tokens if token.content]
    return frozenset((a, b) for at, a in enumerate(terms) for b in terms[at + 1 : at + 1 + _NEAR])


def _overlap(wanted: frozenset[object], said: frozenset[object]) -> float:
    return len(wanted & said) / len(wanted) if wanted else 0.0


def character_ngrams(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the runs of three to five letters of a passage's words; a blank marks a word's edge.

    A slip of spelling still shares most of its runs with the word that was meant.
    """
    return frozenset().union(*(letter_runs(token.word) for token in tokens))


@lru_cache(50_000)
def letter_runs(word: str, shortest: int = 3, longest: int = 5) -> frozenset[str]:
    """Return the runs of `shortest` to `longest` letters of a word, its edges marked by blanks."""
    edged = f" {word[:_LONGEST_WORD]} "
    lengths = range(shortest, min(longest, len(edged)) + 1)
    return frozenset(edged[i : i + n] for n in lengths for i in range(len(edged) - n + 1))
