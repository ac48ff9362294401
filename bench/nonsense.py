"""What marked essays, and texts of nonsense, teach of how answers read (`grader.calibration.familiarity`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from bench.corpora import Rows
from grader.calibration.familiarity import Familiarity, TextSigns, text_signs
from grader.calibration.point_view import signs_in
from grader.language.essay import parse_essay
from grader.rubric import Prompt, iter_phrasings
from grader.scorer import KeyPointScorer
from grader.verdicts.verdict_models import Logistic

_NO_ANSWERS = ("nonsense", "other subject", "babel")
"""Kinds of texts and attempts that claim nothing about their question."""
_ATTEMPTS = "attempts"
_MIN_ESSAYS, _MIN_SHARE = 2, 1 / 250
"""Essays that use a word before it is familiar: a single student's words are never stored, and the more
essays there are, the more odd words two of them have."""
_PENALTY = 0.17
"""Weight of the squared weights (on standardised signs) against the log loss."""


class Sign(NamedTuple):
    """The signs of a text, and whether it is nonsense."""

    signs: TextSigns
    nonsense: bool


def fit_familiarity(
    sets: Mapping[str, Rows], attempts: Rows, scorers: Mapping[str, KeyPointScorer]
) -> Familiarity:
    """Fit on sets of marked texts, by name, some of them nonsense, and on attempts of that kind.

    The words of an essay are strange to the essays of other sets: those of its own are by the same writers.
    """
    prompts = [scorer.prompt for scorer in scorers.values()]
    model = fit_model(signs_of(sets, attempts, scorers))
    return Familiarity(_familiar(prompts, [row for rows in sets.values() for row in _honest(rows)]), model)


def signs_of(sets: Mapping[str, Rows], attempts: Rows, scorers: Mapping[str, KeyPointScorer]) -> list[Sign]:
    """Return the signs of every text that is long enough and that nothing else has set aside."""
    prompts = [scorer.prompt for scorer in scorers.values()]
    found = []
    hollow = [row for row in attempts if row["kind"] in _NO_ANSWERS]
    for name, rows in {**sets, _ATTEMPTS: hollow}.items():
        others = [row for other, its in sets.items() if other != name for row in _honest(its)]
        words = _familiar(prompts, others)
        for row in rows:
            views = scorers[row["prompt"]].views(row["text"])
            signs = text_signs(parse_essay(row["text"]), words, *signs_in(views)) if views else None
            if signs is not None:
                found.append(Sign(signs, row.get("kind") in _NO_ANSWERS))
    return found


def fit_model(found: Sequence[Sign]) -> Logistic:
    """Fit the logistic model that tells nonsense, on standardised signs."""
    values = np.array([one.signs for one in found])
    answers = np.array([one.nonsense for one in found], dtype=float)
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    design = np.column_stack([np.ones(len(values)), (values - mean) / scale])

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        odds = design @ point
        wrong = 1.0 / (1.0 + np.exp(-odds)) - answers
        held = np.concatenate([[0.0], point[1:]])
        value = float((np.logaddexp(0.0, odds) - answers * odds).sum() + _PENALTY * held @ held)
        return value, design.T @ wrong + 2.0 * _PENALTY * held

    solved = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
    weights = solved[1:] / scale
    bias = float(solved[0] - weights @ mean)
    named = zip(TextSigns._fields, weights.tolist(), strict=True)
    return Logistic(round(bias, 3), {name: round(weight, 3) for name, weight in named}, TextSigns._fields)


def _honest(rows: Rows) -> Rows:
    return [row for row in rows if row.get("kind") not in _NO_ANSWERS]


def _familiar(prompts: Iterable[Prompt], rows: Rows) -> frozenset[str]:
    """Return the terms of rubrics, cards, questions and model answers, and those that two essays use."""
    told = {term for prompt in prompts for text in _texts(prompt) for term in parse_essay(text).terms}
    used = Counter(term for row in rows for term in set(parse_essay(row["text"]).terms))
    least = max(_MIN_ESSAYS, int(_MIN_SHARE * len(rows)))
    essays = {term for term, count in used.items() if count >= least}
    return frozenset(told | essays)


def _texts(prompt: Prompt) -> Iterable[str]:
    yield from (prompt.question, prompt.model_answer)
    yield from (line for card in prompt.cards for line in card.lines)
    for point in prompt.key_points:
        yield from (*iter_phrasings(point), *point.partial, *point.contrary)
