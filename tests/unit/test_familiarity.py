"""Whether a text reads as essays on its question do: signs, decisions, and what becomes of nonsense."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench.corpora import FRESH, read_lines
from grader.calibration import Calibration
from grader.calibration.familiarity import Familiarity, TextSigns, text_signs
from grader.calibration.point_view import MEASURES
from grader.calibration.reading import calibration_from_json
from grader.errors import CalibrationError
from grader.language.essay import parse_essay
from grader.report import Verdict
from grader.scorer import KeyPointScorer
from grader.verdicts.verdict_models import Logistic
from prompts import list_prompts, load_prompt, shipped_calibration

NO_WEIGHTS = dict.fromkeys(TextSigns._fields, 0.0)
SURE, NEVER = (Logistic(bias, NO_WEIGHTS, TextSigns._fields) for bias in (9.0, -9.0))
PROMPT = load_prompt("economic-reforms-impact")
SPOKEN = [(0.5, 0.25, 0.0, 0.25), (0.0, 0.0, 0.0, 1.0)]
SAID = """
Trade with other countries grew a great deal, and two thirds of it went on with the communist states of
Europe. Working people gained shorter days, longer holidays and better pensions, and these made life easier
for many families. Schools had far more students after the decree of 1956, and fewer babies died because
doctors and nurses could do more for them. Nobody sent women down the mines to do heavy work any longer. The
first satellite made other nations wonder whether the West still led in science and engineering.
"""
PATTER = """
Roll up, roll up, and say hello to your new best friend: the Foreign Trade toaster! It is two thirds quieter
than any communist kettle, and your neighbours will be green with infant mortality. Pop in a maternity leave,
press the satellite, and enjoy a warm crusty pension every morning. Our chefs love it. "I am in orbit," says a
happy first man in space from the sofa department, "my mines have never been so fluffy."

Tired of waiting for grain? You can import it straight from the capitalist freezer. Is your flat prefab?
Simply iron it on a low decree and serve with students. Every car is free with a thousand citizens, and every
citizen is washable. You will find us next to the West, opposite the bakery, under the minimum wage. Hurry,
hurry: our holidays are shorter than our days, and the shortage is nearly sold out!
"""


def signs(text: str, *words: str) -> TextSigns:
    found = text_signs(parse_essay(text), frozenset(words), SPOKEN, [0.5, 0.1])
    assert found
    return found


def test_signs_are_shares_of_the_text_and_means_over_the_key_points() -> None:
    text = "You were right, because the garden is green. " * 14
    found = signs(text)
    assert found.past == found.present == found.address == found.joining == pytest.approx(1 / 8)
    assert (found.spoken, found.own_words, found.whole) == pytest.approx((0.375, 0.3, 0.25))


def test_words_that_essays_use_are_not_strange() -> None:
    text = "A marmalade walrus juggled umbrellas beside the marmalade lighthouse. " * 8
    everything, known = signs(text).strange, {"marmalad", "walrus", "juggl", "umbrella", "lighthous"}
    assert everything > 0.8
    assert signs(text, *known).strange < 0.2
    assert signs(text, "walrus").strange < everything


def test_names_and_figures_are_not_strange() -> None:
    text = "They met Grubblewick in 1847 and Zanzithra in 1848, said Oompelmann. " * 10
    assert signs(text, "met", "said").strange == 0.0


def test_of_a_short_text_nothing_is_said() -> None:
    assert text_signs(parse_essay("A walrus juggled umbrellas."), frozenset(), SPOKEN, [0.0]) is None
    surely = Familiarity(frozenset(), SURE)
    assert not surely.is_nonsense(parse_essay("A walrus juggled umbrellas."), SPOKEN, [0.0, 0.0])
    assert surely.is_nonsense(parse_essay("A walrus juggled umbrellas. " * 20), SPOKEN, [0.0, 0.0])


def test_typing_errors_make_no_text_nonsense() -> None:
    weights = {**NO_WEIGHTS, "strange": 40.0}
    by_words = Familiarity(
        frozenset({"marmalad", "umbrella", "stood", "besid"}), Logistic(-4.0, weights, TextSigns._fields)
    )
    slips = "The marmlade stood beside the umbrela, and the mramalade beside an umbrelka. " * 12
    babble = "The grimblade stood beside the ombrosia, and the maralunde beside an umbrage. " * 12
    assert signs(slips).strange == signs(babble).strange > 0.2
    assert not by_words.is_nonsense(parse_essay(slips), SPOKEN, [0.0, 0.0])
    assert by_words.is_nonsense(parse_essay(babble), SPOKEN, [0.0, 0.0])


def calibration(familiarity: Familiarity | None) -> Calibration:
    return Calibration(PROMPT.structure_hash, MEASURES, {}, {}, familiarity)


def test_nonsense_earns_nothing_and_is_told_why() -> None:
    scorer = KeyPointScorer(PROMPT, calibration=calibration(Familiarity(frozenset(), SURE)))
    report = scorer.score(SAID)
    assert report.score == 0.0
    assert report.level is None
    assert {point.verdict for point in report.points} == {Verdict.MISS}
    assert [advisory.code for advisory in report.advisories][-1] == "no-claims"
    (aside,) = report.set_aside
    assert SAID[aside.start : aside.end] == SAID.strip().rstrip(".")


def test_a_text_that_reads_like_an_essay_is_marked_as_ever() -> None:
    plain = KeyPointScorer(PROMPT, calibration=calibration(None)).score(SAID)
    familiar = KeyPointScorer(PROMPT, calibration=calibration(Familiarity(frozenset(), NEVER))).score(SAID)
    assert familiar.points == plain.points
    assert familiar.score > 0.0


def test_patter_with_the_right_terms_is_told_from_essays_by_what_ships() -> None:
    """With the terms of every key point in it, and nothing said of any."""
    report = KeyPointScorer(PROMPT, calibration=shipped_calibration(PROMPT)).score(PATTER)
    assert report.score == 0.0
    assert "no-claims" in [advisory.code for advisory in report.advisories]


def test_no_essay_that_nothing_was_fitted_on_is_taken_for_nonsense() -> None:
    scorers = {p.slug: KeyPointScorer(p, calibration=shipped_calibration(p)) for p in list_prompts()}
    taken = [
        row["id"]
        for path in FRESH
        for row in read_lines(path)
        if "no-claims" in [a.code for a in scorers[row["prompt"]].score(row["text"]).advisories]
    ]
    assert taken == []


def test_it_is_kept_with_a_calibration_whatever_is_learnt_on_top() -> None:
    known = calibration(Familiarity(frozenset({"grain"}), SURE))
    again = calibration_from_json(
        json.loads(json.dumps(known.to_json())), structure_hash=PROMPT.structure_hash
    )
    assert again == known
    assert calibration(None).on_top_of(known).tells_nonsense == known.familiarity
    assert known.about(["g1-foreign-trade"], "s").familiarity == known.familiarity
    assert known.fingerprint != calibration(None).fingerprint


@pytest.mark.parametrize(
    "damaged",
    [
        [],
        {"words": "grain", "model": {"bias": 0.0, "weights": NO_WEIGHTS}},
        {"words": [1], "model": {"bias": 0.0, "weights": NO_WEIGHTS}},
        {"words": [], "model": {"bias": "much", "weights": NO_WEIGHTS}},
        {"words": [], "model": {"bias": 0.0, "weights": {"smell": 1.0}}},
        {"words": []},
    ],
)
def test_damage_is_named(damaged: Any) -> None:
    values = {**calibration(None).to_json(), "familiarity": damaged}
    with pytest.raises(CalibrationError, match="damaged"):
        calibration_from_json(values, structure_hash=PROMPT.structure_hash)
