"""Fit the verdict models: `python -m bench.fit ESSAYS.jsonl [ATTEMPTS.jsonl] > grader/parameters.json`.

Three logistic models over few features; the choice of features and thresholds is argued in
docs/scoring.md. Needs scikit-learn, which grading itself does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.fit_examples import Example, from_attempts, from_essays, from_phrasings
from grader.report import Verdict
from grader.rubric import Prompt
from prompts import list_prompts

SEED = 1956
THRESHOLDS = {"spoken_of": 0.45, "spoken_of_if_opposed": 0.2, "opposed": 0.4, "whole": 0.62}
_CREDITED = (Verdict.HIT, Verdict.PARTIAL)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one model is fitted: which examples it asks about, what is a yes, features, weights of sources."""

    asks: Callable[[Verdict], bool]
    yes: Callable[[Verdict], bool]
    features: tuple[str, ...]
    weights: Mapping[str, float]


_STANCE = (
    "contrary", "denied", "reversed", "along", "disorder", "strangers", "figure_clash",
    "contrary_lead", "own_doings", "lead", "density",
)  # fmt: skip

RECIPES = {
    "spoken_of": Recipe(
        lambda _: True,
        lambda verdict: verdict is not Verdict.MISS,
        ("own_words", "own_words_of_one", "groups_anywhere", "groups_loosely", "density", "lead", "accept"),
        {"essay": 1.0},
    ),
    "opposed": Recipe(
        lambda verdict: verdict is not Verdict.MISS,
        lambda verdict: verdict is Verdict.CONTRADICTED,
        _STANCE,
        {"essay": 4.0, "phrasing": 1.0, "attempt": 1.0},
    ),
    "whole": Recipe(
        lambda verdict: verdict in _CREDITED,
        lambda verdict: verdict is Verdict.HIT,
        ("own_words_of_one", "groups", "covered_root", "partial_lead", "denied"),
        {"essay": 1.0},
    ),
}


def fit(examples: Sequence[Example], recipes: Mapping[str, Recipe] = RECIPES) -> dict[str, Any]:
    """Fit all models; return the parameters as `grader.verdicts.Parameters.from_json` reads them."""
    models: dict[str, Any] = {name: _fit_one(examples, recipe) for name, recipe in recipes.items()}
    models["thresholds"] = dict(THRESHOLDS)
    digest = hashlib.sha256(json.dumps(models, sort_keys=True).encode()).hexdigest()
    return {"version": digest[:12], **models}


def _fit_one(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit one logistic model on standardised features, and fold the scaling into the weights."""
    chosen = [e for e in examples if recipe.asks(e.verdict) and e.source in recipe.weights]
    values = np.array([[getattr(e.features, name) for name in recipe.features] for e in chosen])
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    model = LogisticRegression(C=0.5, max_iter=1000)
    model.fit(
        (values - mean) / scale,
        [recipe.yes(e.verdict) for e in chosen],
        sample_weight=[recipe.weights[e.source] for e in chosen],
    )
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - weights @ mean)
    named = zip(recipe.features, weights, strict=True)
    return {"bias": round(bias, 5), "weights": {name: round(float(weight), 5) for name, weight in named}}


def all_examples(essays: Path, attempts: Path | None, prompts: Mapping[str, Prompt]) -> list[Example]:
    """Read every source of examples."""
    found = from_essays(read_lines(essays), prompts) + from_phrasings(prompts, seed=SEED)
    return found + (from_attempts(read_lines(attempts), prompts) if attempts else [])


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Fit on everything and print the parameters."""
    paths = [Path(name) for name in sys.argv[1:]]
    if not 1 <= len(paths) <= 2:
        sys.exit(__doc__)
    prompts = {prompt.slug: prompt for prompt in list_prompts()}
    examples = all_examples(paths[0], paths[1] if len(paths) > 1 else None, prompts)
    print(json.dumps(fit(examples), indent=1))


if __name__ == "__main__":
    main()
