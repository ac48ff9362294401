"""Does a text read as essays on its question do? What marked essays, and texts of nonsense, taught of it.

Nonsense that is full of the right names and terms ("an all-new minimum wage, hand-stitched by a satellite")
comes near to key points. What stands around them gives it away: words that no essay uses, no past where
essays tell of the past, no words that join one thought to the next, and passages that touch many key points
and say little of any. No sign is enough by itself; a logistic model weighs them for the text as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from grader.language.essay import ParsedEssay
from grader.language.ideas import common_terms
from grader.verdicts.verdict_models import Logistic

LEAST_WORDS = 40
"""Content words below which nothing is said of a text."""
_SURE = 0.65
"""Least probability of nonsense at which a text is not marked (docs/scoring.md)."""
_SLIP_LETTERS = 5
_LONG_LETTERS = 8
"""Letters from which a strange word may be another with one typing error, and from which with two."""
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
        """Tell whether a text is nonsense; `chances` of each verdict and `own_words` are by key point.

        Honest writers come first: typing errors make no text nonsense. They are looked for where a text seems
        to be, which is seldom.
        """
        signs = text_signs(essay, self.words, chances, own_words)
        if signs is None or self.model.probability(signs) < _SURE:
            return False
        strange = _strange_terms(essay, self.words)
        slips = _slips(set(strange) - common_terms(), self.words | common_terms())
        share = sum(term not in slips for term in strange) / sum(essay.content)
        return self.model.probability(signs._replace(strange=share)) >= _SURE

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
        len(_strange_terms(essay, words)) / content,
        *(sum(map(listed.__contains__, essay.words)) / len(essay.words) for listed in _LISTS),
        *(sum(values) / len(values) for values in (spoken, own_words, whole)),
    )


def _strange_terms(essay: ParsedEssay, words: Collection[str]) -> list[str]:
    """Return each content word that no essay uses, wherever it stands; names and figures are none of them."""
    unknown = set(compress(essay.terms, essay.content)).difference(words)
    unknown = {term for term in unknown if not any(map(str.isdigit, term))}
    places = (at for at, term in enumerate(essay.terms) if term in unknown)
    return [essay.terms[at] for at in places if essay.content[at] and not essay.tokens[at].capital]


def _slips(strange: Iterable[str], familiar: Iterable[str]) -> set[str]:
    """Return the strange terms that are probably familiar ones with a typing error."""
    by_initial: dict[str, list[str]] = defaultdict(list)
    for term in familiar:
        by_initial[term[0]].append(term)
    return {
        term
        for term in strange
        if len(term) >= _SLIP_LETTERS
        and extractOne(
            term,
            by_initial[term[0]],
            scorer=OSA.distance,
            score_cutoff=2 if len(term) >= _LONG_LETTERS else 1,
        )
    }
