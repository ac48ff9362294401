"""TF-IDF over the phrasings of one rubric, by scikit-learn: what each term tells, and who says it.

Binary, since saying a word twice says nothing more. Weights come from the rubric's own phrasings: a
background list of English made matching worse on five of six public sets. Words of the question say
little about any one key point, so they count for less. scikit-learn is loaded with the first rubric and
not before, and without the statistics of scipy: what grades nothing need not wait for it.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

QUESTION_WEIGHT = 0.15
"""Public key-point data: weighing the words of the question down was worth +.07 to .09 AUC."""
CONCEPT_WEIGHT = 0.6
"""An idea counts less than a word, since two statements may share it by chance."""
_UNUSED = "scipy.stats"
_SMOOTHING = 0.5
"""Uses added to every term's count. scikit-learn adds a whole one and then 1 to every weight, which
brings the common words of a rubric with few phrasings too near to the rare ones."""


class PhrasingWeights:
    """The term weights of a rubric and its phrasings as TF-IDF vectors.

    `weights` holds one weight a term, `said` is terms x phrasings: 1 where a phrasing says a term.
    `vectoriser` turns any list of terms into a unit vector of the same.
    """

    def __init__(
        self, documents: Sequence[Collection[str]], ids: Mapping[str, int], asked: Collection[str]
    ) -> None:
        """Fit to the terms of each phrasing; `ids` numbers all terms, `asked` are the question's."""
        self.vectoriser = _vectoriser_class()(analyzer=sorted, binary=True, vocabulary=ids)
        vectors = self.vectoriser.fit_transform(documents)
        uses = vectors.getnnz(axis=0)
        standing = np.array([_standing(term, asked) for term in ids])
        idf = standing * np.log((1 + len(documents)) / (_SMOOTHING + uses))
        self.vectoriser.idf_ = idf  # from here on it weighs as the grader does
        self.weights: NDArray[np.float32] = idf.astype(np.float32)
        self.said: NDArray[np.float32] = np.ascontiguousarray(vectors.T.toarray() > 0, dtype=np.float32)


def _vectoriser_class() -> type[TfidfVectorizer]:
    """Import the vectoriser; the first time without `scipy.stats`, a third of all that would be loaded.

    scikit-learn asks for that module at once and uses it in a function that nothing here calls. Whoever
    does call it gets the module from scipy, which loads it then.
    """
    if _UNUSED not in sys.modules:
        sys.modules[_UNUSED] = ModuleType(_UNUSED)
        try:
            return _import_vectoriser()
        except ImportError:  # another scikit-learn may want more of it at once
            pass
        finally:
            del sys.modules[_UNUSED]
    return _import_vectoriser()


def _import_vectoriser() -> type[TfidfVectorizer]:
    from sklearn.feature_extraction.text import TfidfVectorizer as Vectoriser

    found: type[TfidfVectorizer] = Vectoriser
    return found


def _standing(term: str, asked: Collection[str]) -> float:
    """Return what a term counts for beside others as rare; phrases ("!upper hand") only serve essentials."""
    if term[0] == "!":
        return 0.0
    return (QUESTION_WEIGHT if term in asked else 1.0) * (CONCEPT_WEIGHT if term[0] == "@" else 1.0)
