"""What phrasings teach: which point, whole or half of it, the point or its opposite."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.language.essay import parse_essay
from grader.matching import RubricIndex, Similarities
from grader.matching.contrasts import Contrasts
from grader.matching.windows import read_windows
from grader.rubric import Prompt
from prompts import load_prompt

PROMPT = load_prompt("economic-reforms-impact")
GRAIN = [point.id for point in PROMPT.key_points].index("n2-grain-imports")


def measured(text: str, prompt: Prompt = PROMPT) -> Similarities:
    index, essay = RubricIndex(prompt), parse_essay(text)
    return index.compare(read_windows(essay, essay.units, index.vocabulary))


def test_two_words_that_stand_on_two_sides_are_told_apart() -> None:
    # terms: topic, whole, half, opposite; two points, of which the second has neither half nor opposite
    vectors = np.array(
        [[0.6, 0.8, 0, 0, 0], [0.6, 0, 0.8, 0, 0], [0.6, 0, 0, 0.8, 0], [0, 0, 0, 0, 1.0]], dtype=np.float32
    )
    halves, opposites = np.array([0, 1, 0, 0], dtype=bool), np.array([0, 0, 1, 0], dtype=bool)
    learnt = Contrasts.learn(vectors, np.array([0, 0, 0, 1]), halves, opposites)
    point, _, whole, undecided, opposite, not_opposed = (vectors @ learnt.weights + learnt.biases).T
    assert point[0] > point[3]
    assert whole[0] > whole[1]
    assert opposite[2] > max(opposite[0], opposite[1])
    assert len(set(undecided.tolist())) == len(set(not_opposed.tolist())) == 1


def test_contrasts_are_ridge_regressions_over_terms() -> None:
    rows = np.abs(np.random.default_rng(3).normal(size=(12, 7))).astype(np.float32)
    points, halves = np.repeat([0, 1], 6), np.arange(12) % 3 == 0
    learnt = Contrasts.learn(rows, points, halves, np.zeros(12, dtype=bool))
    mine = rows[points == 1].astype(np.float64)
    yes = (~halves[points == 1]).astype(np.float64)
    centred = mine - mine.mean(axis=0)
    weights = np.linalg.solve(centred.T @ centred + 2.0 * np.eye(7), centred.T @ (yes - yes.mean()))
    assert np.allclose(learnt.weights[:, 3], weights, atol=1e-6)
    assert np.allclose(learnt.biases[3], yes.mean() - mine.mean(axis=0) @ weights, atol=1e-6)


def test_a_whole_point_half_of_it_and_its_opposite_come_out_in_order() -> None:
    whole = measured("They had to buy grain from the capitalist West in 1963 as there was a shortage.")
    half = measured("There was not enough grain at home.")
    opposite = measured("The USSR sold its surplus grain to the capitalist countries in 1963.")
    assert whole.tells_whole[0, GRAIN] > half.tells_whole[0, GRAIN]
    assert opposite.tells_opposite[0, GRAIN] > whole.tells_opposite[0, GRAIN]


def test_a_passage_tells_its_own_point_rather_than_others() -> None:
    tells = measured("Grain had to be imported from the West.").tells_point[0]
    assert int(tells.argmax()) == GRAIN


def test_a_rubric_that_names_no_halves_and_no_opposites_leaves_them_undecided() -> None:
    bare = tuple(replace(point, partial=(), contrary=()) for point in PROMPT.key_points)
    found = measured("Grain had to be imported. It was sold.", replace(PROMPT, key_points=bare))
    assert np.ptp(found.tells_whole) < 1e-6
    assert np.ptp(found.tells_opposite) < 1e-6


def test_a_point_is_gathered_from_two_sentences_that_stand_apart() -> None:
    index = RubricIndex(PROMPT)
    essay = parse_essay("Grain was short in 1963.\n\nThis is about fish.\n\nIt was imported from the West.")
    windows = read_windows(essay, essay.units, index.vocabulary)
    alone = [index.gathered(windows, [unit], GRAIN) for unit in range(3)]
    assert index.gathered(windows, [0, 2], GRAIN) > max(alone)
    assert index.gathered(windows, [0, 0], GRAIN) == alone[0]
