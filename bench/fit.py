"""Fit the verdict models: `python -m bench.fit > NEW && mv NEW grader/verdicts/parameters.json`.

Paths may be named, to fit on others than the parameters that ship (`bench.corpora`).

A logistic model over few features for each question; the choice of features and thresholds is argued in
docs/scoring.md. Needs scipy, which grading itself does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.corpora import FITTED, Corpora, read_corpora
from bench.fit_examples import (
    Example,
    WholeText,
    from_attempts,
    from_claims,
    from_essays,
    from_exchanges,
    from_model_answers,
    from_phrasings,
    from_thin_rubrics,
    whole_texts,
)
from grader.report import Verdict
from grader.verdicts.company import essay_signs, gives_cause
from grader.verdicts.features import Features
from grader.verdicts.verdict_models import Parameters

SEED = 1956
Floats: TypeAlias = NDArray[np.float64]
THRESHOLDS = {
    "spoken_of": 0.5,
    "spoken_of_in_part": 0.6,
    "spoken_of_without_essentials": 0.8,
    "spoken_of_if_opposed": 0.2,
    "opposed": 0.64,
    "whole": 0.68,
}
_CREDITED = (Verdict.HIT, Verdict.PARTIAL)
_BESIDE_THIN_RUBRICS = {"thin": 1.0, "further thin": 0.5}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one model is fitted: which examples it asks about, what is a yes, features, weights of sources.

    Every feature comes with its sign: sense says which way it points, and 40 essays are too few to argue.
    """

    asks: Callable[[Verdict], bool]
    yes: Callable[[Verdict], bool]
    signs: Mapping[str, int]
    weights: Mapping[str, float]
    counts: Callable[[Features], bool] = lambda _: True


RECIPES = {
    "spoken_of": Recipe(
        lambda _: True,
        lambda verdict: verdict is not Verdict.MISS,
        {"own_words": 1, "groups": 1, "groups_anywhere": 1, "tells_point": 1, "idle": -1},
        {"essay": 1.0, "further": 0.5},
    ),
    "spoken_of_by_words": Recipe(
        lambda _: True,
        lambda verdict: verdict is not Verdict.MISS,
        {"own_words": 1, "tells_point": 1, "idle": -1, "thin": 1},
        _BESIDE_THIN_RUBRICS,
    ),
    "opposed": Recipe(
        lambda verdict: verdict is not Verdict.MISS,
        lambda verdict: verdict is Verdict.CONTRADICTED,
        dict.fromkeys(
            (
                "tells_opposite",
                "contrary",
                "denied_share",
                "disorder",
                "exchanged",
                "misplaced",
                "replaced",
                "substituted",
                "figure_clash",
            ),
            1,
        )
        | {"along": -1},
        {
            "essay": 4.0,
            "further": 2.0,
            "phrasing": 0.3,
            "answer": 3.0,
            "claim": 1.0,
            "attempt": 0.2,
            "exchange": 0.05,
        },
        gives_cause,
    ),
    "whole": Recipe(
        lambda verdict: verdict in _CREDITED,
        lambda verdict: verdict is Verdict.HIT,
        {"own_words": 1, "gathered_own": 1, "tells_whole": 1, "along": 1},
        {"essay": 1.0, "further": 0.5},
    ),
    "whole_by_words": Recipe(
        lambda verdict: verdict in _CREDITED,
        lambda verdict: verdict is Verdict.HIT,
        {"own_words": 1, "gathered_own": 1, "thin": 1},
        _BESIDE_THIN_RUBRICS,
        lambda features: not features.halves,
    ),
}
_TURNED_SIGNS = {"opposed": 1, "near": 1, "rejected": -1}
_RARE = 0.4
"""What a text that turns the notes round counts for: they are rarer in a class than among the examples."""
_PENALTY = 1.0
"""Weight of the squared weights (on standardised features) against the log loss."""


def fit(
    examples: Sequence[Example], texts: Sequence[WholeText], recipes: Mapping[str, Recipe] = RECIPES
) -> dict[str, Any]:
    """Fit all models; return the parameters as `Parameters.from_json` reads them."""
    models: dict[str, Any] = {name: _fit_one(examples, recipe) for name, recipe in recipes.items()}
    models["thresholds"] = dict(THRESHOLDS)
    models["turned"] = _fit_turned(texts, models)
    digest = hashlib.sha256(json.dumps(models, sort_keys=True).encode()).hexdigest()
    return {"version": digest[:12], **models}


def _fit_one(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit one logistic model as its recipe says."""
    asked = (e for e in examples if recipe.asks(e.verdict) and e.source in recipe.weights)
    chosen = [e for e in asked if recipe.counts(e.features)]
    values = np.array([[getattr(e.features, name) for name in recipe.signs] for e in chosen])
    answers = np.array([recipe.yes(e.verdict) for e in chosen], dtype=float)
    counts = np.array([recipe.weights[e.source] for e in chosen])
    return _fit_to(values, answers, counts, recipe.signs)


def _fit_turned(texts: Sequence[WholeText], models: Mapping[str, Any]) -> dict[str, Any]:
    """Fit what tells from a whole text whether it turns the notes round, given what the others say of it."""
    parameters = Parameters.from_json({"version": "", "turned": {"bias": 0.0, "weights": {}}, **models})
    values = np.array([essay_signs(text.features, parameters) for text in texts])
    answers = np.array([text.turned for text in texts], dtype=float)
    return _fit_to(values, answers, np.where(answers, _RARE, 1.0), _TURNED_SIGNS)


def _fit_to(values: Floats, answers: Floats, counts: Floats, signs: Mapping[str, int]) -> dict[str, Any]:
    """Fit on standardised values, a column for each sign, and fold the scaling into the weights."""
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    solved = _solve((values - mean) / scale, answers, counts, list(signs.values()))
    weights = solved[1:] / scale
    bias = float(solved[0] - weights @ mean)
    named = zip(signs, weights, strict=True)
    return {"bias": round(bias, 5), "weights": {name: round(float(weight), 5) for name, weight in named}}


def _solve(values: Floats, answers: Floats, counts: Floats, signs: Sequence[int]) -> Floats:
    """Return bias and weights of a penalised logistic regression whose weights keep their signs."""
    design = np.column_stack([np.ones(len(values)), values])

    def loss(point: Floats) -> tuple[float, Floats]:
        odds = design @ point
        wrong = 1.0 / (1.0 + np.exp(-odds)) - answers
        value = float(counts @ (np.logaddexp(0.0, odds) - answers * odds)) + _PENALTY * float(
            point[1:] @ point[1:]
        )
        return value, design.T @ (counts * wrong) + 2.0 * _PENALTY * np.concatenate([[0.0], point[1:]])

    bounds = [(None, None), *((0.0, None) if sign > 0 else (None, 0.0) for sign in signs)]
    found = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x)


def all_examples(corpora: Corpora) -> list[Example]:
    """Return the examples of every source."""
    prompts = corpora.prompts
    found = from_essays(corpora.essays, prompts) + from_essays(corpora.further, prompts, source="further")
    found += from_thin_rubrics(corpora.essays, prompts, source="thin")
    found += from_thin_rubrics(corpora.further, prompts, source="further thin")
    found += from_phrasings(prompts, seed=SEED)
    found += from_exchanges(prompts, seed=SEED) + from_model_answers(prompts)
    return found + from_attempts(corpora.attempts, prompts) + from_claims(corpora.claims, prompts)


def all_texts(corpora: Corpora) -> list[WholeText]:
    """Return the whole texts that say something of the points."""
    return whole_texts(corpora.essays + corpora.further, corpora.attempts, corpora.prompts)


def main() -> None:
    """Fit on everything and print the parameters."""
    paths = [Path(name) for name in sys.argv[1:]] or FITTED
    corpora = read_corpora(paths)
    print(json.dumps(fit(all_examples(corpora), all_texts(corpora)), indent=1))


if __name__ == "__main__":
    main()
