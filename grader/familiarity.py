"""Does a text read as essays on its question do? What marked essays, and texts of nonsense, taught of it.

Nonsense that is full of the right names and terms ("an all-new minimum wage, hand-stitched by a satellite")
comes near to key points. What stands around them gives it away: words that no essay uses, no past where
essays tell of the past, no words that join one thought to the next, and passages that touch many key points
and say little of any. No sign is enough by itself; a logistic model weighs them for the text as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, NamedTuple

from grader.essay import ParsedEssay
from grader.verdict_models import Logistic
from grader.vocabulary import common_terms

LEAST_WORDS = 40
"""Content words below which nothing is said of a text."""
_SURE = 0.93
"""Least probability of nonsense at which a text is not marked. Honest writers come first: at .85 a sound
essay full of typing errors was taken for nonsense (docs/scoring.md)."""
_PAST = frozenset(("was", "were", "had", "been", "did", "could", "would"))
_PRESENT = frozenset(("is", "are", "will", "has", "be", "am", "can", "may"))
_ADDRESS = frozenset(("you", "your", "yours", "we", "our", "us", "my", "i", "me"))
_JOINING = frozenset(
    (
        *("because", "therefore", "however", "although", "though", "since", "so", "as", "meant", "while"),
        *("which", "that", "this", "these", "also", "but", "even"),
    )
)
_LISTS = (_PAST, _PRESENT, _ADDRESS, _JOINING)


class TextSigns(NamedTuple):
    """What a text shows of whether it is nonsense; shares of 0 to 1, `own_words` may be a little more.

    `strange` is the share of content words that no essay uses and that are no names or figures; `past`,
    `present`, `address` and `joining` are shares of closed lists of words. The rest are means over the key
    points: the chance that a passage speaks of it, its share of the point's own words, the chance that it
    says the whole.
    """

    strange: float
    past: float
    present: float
    address: float
    joining: float
    spoken: float
    own_words: float
    whole: float


@dataclass(frozen=True, slots=True)
class Familiarity:
    """The terms that essays on a unit use, and the model that tells nonsense about it (over `TextSigns`)."""

    words: frozenset[str]
    model: Logistic

    def is_nonsense(
        self, essay: ParsedEssay, chances: Sequence[Sequence[float]], own_words: Sequence[float]
    ) -> bool:
        """Tell whether a text is nonsense; `chances` of each verdict and `own_words` are by key point."""
        signs = text_signs(essay, self.words, chances, own_words)
        return signs is not None and self.model.probability(signs) >= _SURE

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        model = {"bias": self.model.bias, "weights": dict(self.model.weights)}
        return {"words": sorted(self.words), "model": model}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Familiarity:
        """Read what `to_json` wrote; raise TypeError, ValueError or KeyError for anything else."""
        words, weights = values["words"], values["model"]["weights"]
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValueError("words is not a list of words")
        weights = {str(name): float(weight) for name, weight in weights.items()}
        model = Logistic(float(values["model"]["bias"]), weights, TextSigns._fields)
        return cls(frozenset(words), model)


def text_signs(
    essay: ParsedEssay,
    words: Collection[str],
    chances: Sequence[Sequence[float]],
    own_words: Sequence[float],
) -> TextSigns | None:
    """Return the signs of a text beside the `words` that essays use; None where it is too short to tell.

    `chances` are those of hit, partial, contradicted and miss, by key point; there is at least one.
    """
    content = sum(essay.content)
    if content < LEAST_WORDS:
        return None
    spoken = [1.0 - miss for *_, miss in chances]
    whole = [hit for hit, *_ in chances]
    return TextSigns(
        _count_strange(essay, words) / content,
        *(sum(map(listed.__contains__, essay.words)) / len(essay.words) for listed in _LISTS),
        *(sum(values) / len(values) for values in (spoken, own_words, whole)),
    )


def _count_strange(essay: ParsedEssay, words: Collection[str]) -> int:
    """Count content words that no essay uses; names and figures are none of them."""
    unknown = set(compress(essay.terms, essay.content)).difference(words, common_terms())
    unknown = {term for term in unknown if not any(map(str.isdigit, term))}
    places = (at for at, term in enumerate(essay.terms) if term in unknown)
    return sum(essay.content[at] and not essay.tokens[at].capital for at in places)
