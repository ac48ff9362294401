"""Measures of agreement against published, hand-worked and scikit-learn's answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from grader.agreement.measures import (
    Floats,
    adjacent_agreement,
    cohen_kappa,
    exact_agreement,
    f1,
    standardised_mean_difference,
    wilson_interval,
)

ratings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


def table(pairs: list[tuple[int, int]], k: int = 5) -> Floats:
    counts = np.zeros((k, k))
    for human, machine in pairs:
        counts[human, machine] += 1
    return counts


def test_kappa_of_the_textbook_example_with_fifty_grant_proposals() -> None:
    assert cohen_kappa(np.array([[20.0, 5.0], [10.0, 15.0]])) == pytest.approx(0.4)


def test_quadratic_kappa_worked_by_hand() -> None:
    # One of four pairs differs, by one step; the margins (2,1,1) and (1,2,1) give chance disagreement
    # (2*2*1 + 2*1*4 + 1*1*1 + 1*1*1 + 1*1*4 + 1*2*1)/4 = 5, so kappa = 1 - 1/5.
    pairs = [(0, 0), (0, 1), (1, 1), (2, 2)]
    assert cohen_kappa(table(pairs, 3), quadratic=True) == pytest.approx(0.8)


@given(ratings)
def test_kappa_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    if len({label for pair in pairs for label in pair}) == 1:
        assert np.isnan(cohen_kappa(table(pairs)))
        return
    human, machine = zip(*pairs, strict=True)
    for quadratic, weights in ((False, None), (True, "quadratic")):
        expected = cohen_kappa_score(human, machine, labels=range(5), weights=weights)
        assert cohen_kappa(table(pairs), quadratic=quadratic) == pytest.approx(expected)


@given(ratings)
def test_f1_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    chosen = np.array([False, True, True, False, False])
    human, machine = ([chosen[label] for label in raters] for raters in zip(*pairs, strict=True))
    if not any(human) and not any(machine):
        assert np.isnan(f1(table(pairs), chosen))
        return
    assert f1(table(pairs), chosen) == pytest.approx(f1_score(human, machine, zero_division=0.0))


def test_exact_and_adjacent_count_the_diagonal_and_its_neighbours() -> None:
    pairs = [(0, 0), (1, 2), (2, 1), (0, 4)]
    assert exact_agreement(table(pairs)) == pytest.approx(0.25)
    assert adjacent_agreement(table(pairs)) == pytest.approx(0.75)


def test_many_tables_give_the_same_answers_as_one_at_a_time() -> None:
    tables = np.random.default_rng(1).integers(0, 9, (6, 4, 4)).astype(float)
    together = cohen_kappa(tables, quadratic=True)
    assert together == pytest.approx([float(cohen_kappa(one, quadratic=True)) for one in tables])


def test_smd_is_the_difference_of_means_in_standard_deviations_of_the_person() -> None:
    human, machine = [0.2, 0.4, 0.6], [0.3, 0.5, 0.7]  # means .4 and .5, SD of the person .2
    moments = np.array([3, sum(human), sum(h * h for h in human), sum(machine)])
    assert standardised_mean_difference(moments) == pytest.approx(0.5)


@pytest.mark.parametrize("marks", [[0.3], [0.1, 0.1, 0.1], []])
def test_smd_is_undefined_without_spread(marks: list[float]) -> None:
    moments = np.array([len(marks), sum(marks), sum(m * m for m in marks), 0.0])
    assert np.isnan(standardised_mean_difference(moments))


@pytest.mark.parametrize(
    "successes,n,low,high",
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_published_by_newcombe_in_1998(
    successes: int, n: int, low: float, high: float
) -> None:
    assert wilson_interval(successes, n) == pytest.approx((low, high), abs=6e-5)
