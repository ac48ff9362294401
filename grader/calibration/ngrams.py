"""The short runs of words that a passage uses: what a linear model can hang weights on.

Words as the terms that matching compares (stems, figures in canonical form), common words and
negations included, since "not" is what turns many an answer round.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise


@lru_cache(256)
def word_ngrams(terms: tuple[str, ...]) -> frozenset[str]:
    """Return the terms of a passage and its pairs of neighbouring terms, each as "w:..."."""
    return frozenset((*(f"w:{term}" for term in terms), *(f"w:{a} {b}" for a, b in pairwise(terms))))
