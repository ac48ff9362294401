"""The short runs of words that a passage uses: what a linear model can hang weights on.

Words as the terms that matching compares (stems, figures in canonical form), common words and
negations included, since "not" is what turns many an answer round.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def word_ngrams(terms: Sequence[str]) -> frozenset[str]:
    """Return the terms of a passage and its pairs of neighbouring terms."""
    return frozenset((*terms, *(f"{a} {b}" for a, b in pairwise(terms))))
