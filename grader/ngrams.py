"""The short runs of words and of letters that a passage uses: what a linear model can hang weights on.

Words as the terms that matching compares (stems, figures in canonical form), common words and
negations included, since "not" is what turns many an answer round. Letters within words, so that a
slip of spelling still shares most of its runs with the word that was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from grader.tokens import Token

_LONGEST_WORD = 40  # the rest of a longer "word" says nothing


def word_ngrams(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the terms of a passage and its pairs of neighbouring terms."""
    terms = [token.term for token in tokens]
    return frozenset((*terms, *(f"{a} {b}" for a, b in pairwise(terms))))


def character_ngrams(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the runs of three to five letters of a passage's words; a blank marks a word's edge."""
    return frozenset().union(*(letter_runs(token.word) for token in tokens))


@lru_cache(50_000)
def letter_runs(word: str, shortest: int = 3, longest: int = 5) -> frozenset[str]:
    """Return the runs of `shortest` to `longest` letters of a word, its edges marked by blanks."""
    edged = f" {word[:_LONGEST_WORD]} "
    lengths = range(shortest, min(longest, len(edged)) + 1)
    return frozenset(edged[i : i + n] for n in lengths for i in range(len(edged) - n + 1))
