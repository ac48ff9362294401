"""What teachers' marks teach: a correction to the scorer's own verdicts, for one rubric.

A calibration adds to the log-odds of each verdict a linear function of what the scorer saw of a key
point in an essay: how alike passage and phrasings are, how sure it was, and which words the passage
uses. Weights are partly shared by all key points and partly a key point's own, so that a point with
few marked answers leans on the others (hierarchical ridge regression in the feature-augmented form of
Daumé III, Frustratingly Easy Domain Adaptation, 2007). All weights nought is the scorer as shipped.

Plain JSON, never a pickle; `grader.calibration_fit` makes it and `grader.calibration_json` reads it.
It has no opinion of its own without the scorer's.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from grader.errors import CalibrationError
from grader.ngrams import character_ngrams, word_ngrams
from grader.report import Verdict
from grader.text import fold
from grader.tokens import tokenise

Chances: TypeAlias = tuple[float, ...]
"""Probability of each verdict, in the order of `Verdict`."""
Weights: TypeAlias = Mapping[str, tuple[float, ...]]
"""What each term adds to the log-odds of each verdict, in the order of `Verdict`."""

FORMAT = 1
"""Version of the JSON; a calibration of another format is refused, not guessed at."""
LEAST_CHANCE = 0.01
"""The scorer is never surer than this that a verdict is out of the question: markers surprise it."""
SHARED_SCALE, OWN_SCALE = 1.4, 0.4
"""Prior spread of the weights of similarities, shared and a point's own (see docs/learning.md)."""
SHARED_NGRAM_SCALE, OWN_NGRAM_SCALE = 0.4, 1.4
"""The same for words: what a word tells is nearly always about one key point alone."""


@dataclass(frozen=True, slots=True)
class PointView:
    """What the scorer made of one key point in one essay.

    `passage` is the nearest passage's text ("" where there is none), `similarities` are its measures by
    name (each 0 to about 1, always the same ones), `chances` what it thinks of each verdict.
    """

    key: str
    passage: str
    similarities: Mapping[str, float]
    chances: Chances


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights for one rubric: shared ones and each key point's own.

    `similarities` names the measures that it was fitted on: a scorer that measures others cannot use it.
    """

    structure_hash: str
    similarities: tuple[str, ...]
    shared: Weights
    own: Mapping[str, Weights]

    def check_measures(self, similarities: Iterable[str]) -> None:
        """Raise CalibrationError where the scorer measures other similarities than this was fitted on."""
        if sorted(similarities) != sorted(self.similarities):
            raise CalibrationError(
                "This calibration was fitted with an earlier scorer, which measured other things: "
                "fit it again from the marked essays."
            )

    def adjust(self, view: PointView) -> Chances:
        """Return the chances of each verdict once the marks behind this calibration are taken in."""
        return softmax(self._log_odds(view))

    def _log_odds(self, view: PointView) -> list[float]:
        own = self.own.get(view.key, {})
        moves = [
            (scale * value, weights[name])
            for name, value, shared_scale, own_scale in read_terms(view)
            for weights, scale in ((self.shared, shared_scale), (own, own_scale))
            if name in weights
        ]
        odds = np.array(log_chances(view.chances))
        if moves:
            by, weights = zip(*moves, strict=True)
            odds += np.array(by) @ np.array(weights)
        return list(map(float, odds))

    @property
    def fingerprint(self) -> str:
        """Short hash of the fitted values, for the signature of a score."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Return the calibration as plain JSON values; `calibration_from_json` reads them."""
        return {
            "format": FORMAT,
            "structure_hash": self.structure_hash,
            "verdicts": [str(verdict) for verdict in Verdict],
            "similarities": list(self.similarities),
            "shared": {name: list(weights) for name, weights in self.shared.items()},
            "own": {key: {name: list(w) for name, w in own.items()} for key, own in self.own.items()},
        }


def read_terms(view: PointView) -> Iterator[tuple[str, float, float, float]]:
    """Yield (name, value, shared scale, own scale) of everything that weights may hang on.

    Values are about -1 to 1; each family of n-grams has length 1 as a vector.
    """
    yield "always", 1.0, SHARED_SCALE, OWN_SCALE
    for name, similarity in view.similarities.items():
        yield f"alike {name}", 2.0 * similarity - 1.0, SHARED_SCALE, OWN_SCALE
    for verdict, log_chance in zip(Verdict, log_chances(view.chances), strict=True):
        yield f"chance {verdict}", 1.0 + log_chance / 2.0, SHARED_SCALE, OWN_SCALE
    tokens = tokenise(fold(view.passage).text)
    for family, grams in (("w", word_ngrams(tokens)), ("c", character_ngrams(tokens))):
        value = 1.0 / math.sqrt(len(grams)) if grams else 0.0
        for gram in sorted(grams):
            yield f"{family}:{gram}", value, SHARED_NGRAM_SCALE, OWN_NGRAM_SCALE


def decide(chances: Chances) -> Verdict:
    """Return a verdict by asking in turn, as the scorer does: spoken of? opposed? the whole of it?"""
    hit, partial, contradicted, miss = chances
    if miss > hit + partial + contradicted:
        return Verdict.MISS
    if contradicted >= hit + partial:
        return Verdict.CONTRADICTED
    return Verdict.HIT if hit >= partial else Verdict.PARTIAL


def log_chances(chances: Chances) -> list[float]:
    """Return logarithms of chances, none below that of `LEAST_CHANCE`."""
    return [math.log(max(chance, LEAST_CHANCE)) for chance in chances]


def softmax(log_odds: list[float]) -> Chances:
    """Return chances that add up to 1."""
    top = max(log_odds)
    parts = [math.exp(odds - top) for odds in log_odds]
    total = sum(parts)
    return tuple(part / total for part in parts)
