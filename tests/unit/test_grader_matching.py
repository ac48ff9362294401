"""Cosines in the grader are those of scikit-learn's TF-IDF."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import numpy as np
import pytest

from grader.language.essay import parse_essay
from grader.matching import ACCEPT, RubricIndex, Similarities
from grader.matching.windows import Windows, read_windows
from prompts import load_prompt

UNKNOWN_WEIGHT = 2.0
PROMPT = load_prompt("reform-motives")
INDEX = RubricIndex(PROMPT)
TERMS = list(INDEX.vocabulary.ids)
COLUMNS = [
    [at for at, phrasing in enumerate(INDEX.phrasings) if (phrasing.point, phrasing.kind) == (point, ACCEPT)]
    for point in range(len(PROMPT.key_points))
]


def windows_of(text: str) -> Windows:
    essay = parse_essay(text)
    return read_windows(essay, essay.units, INDEX.vocabulary)


def terms_in(windows: Windows) -> list[list[int]]:
    return [windows.terms_of(window) for window in range(len(windows.first))]


def unit_vectors(windows: Windows) -> np.ndarray:
    """Return what scikit-learn makes of the terms of each window."""
    said = [[TERMS[number] for number in row] for row in terms_in(windows)]
    return np.asarray(INDEX.vectoriser.transform(said).todense())


def phrasing_vectors() -> np.ndarray:
    return np.asarray(INDEX.vectoriser.transform(INDEX.vocabulary.documents).todense())


def test_cosines_are_those_of_scikit_learn() -> None:
    windows = windows_of(PROMPT.model_answer)
    vectors = unit_vectors(windows)
    cosines = vectors @ phrasing_vectors().T
    known = np.array([(INDEX.weights[row] ** 2).sum() for row in terms_in(windows)])
    cosines *= np.sqrt(known / (known + UNKNOWN_WEIGHT**2 * windows.unknown))[:, None]
    best = [cosines[:, own].max(axis=1, initial=0.0) for own in COLUMNS]
    np.testing.assert_allclose(INDEX.compare(windows).accept, np.stack(best, axis=1), atol=1e-4)


def test_essays_compared_together_come_out_as_each_alone() -> None:
    windows = [
        windows_of(text) for text in (PROMPT.model_answer, "Nothing of it.", PROMPT.key_points[0].text)
    ]
    together = INDEX.compare_many(windows)
    for one, many in zip(map(INDEX.compare, windows), together, strict=True):
        for field in fields(Similarities):
            np.testing.assert_array_equal(getattr(one, field.name), getattr(many, field.name))


def test_a_phrasing_is_its_own_nearest() -> None:
    point = PROMPT.key_points[0]
    assert INDEX.compare(windows_of(point.accept[0])).accept[0, 0] == pytest.approx(1.0, abs=1e-3)


def test_words_of_the_question_weigh_less_than_others_as_rare() -> None:
    plain = RubricIndex(load_prompt("reform-motives"))
    assert plain.weights.min() >= 0.0
    assert plain.weights[plain.vocabulary.ids["khrushchev"]] < 0.5


def test_scikit_learn_is_loaded_with_the_first_rubric_and_not_before() -> None:
    program = "import sys, grader.scorer; print('sklearn' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert loaded.stdout.strip() == "False"


def test_a_rubric_is_read_without_the_statistics_of_scipy_which_load_when_they_are_used() -> None:
    program = (
        "import sys; from grader.matching import RubricIndex; from prompts import load_prompt;"
        "RubricIndex(load_prompt('reform-motives')); print('scipy.stats' in sys.modules);"
        "import scipy; print(scipy.stats.mode([1, 1, 2]).mode)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert loaded.stdout.split() == ["False", "1"]
