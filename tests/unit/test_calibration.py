"""Calibrations: what they add to the scorer's view, how they are stored, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from grader.calibration import Calibration, PointView
from grader.calibration.chances import likeliest
from grader.calibration.ngrams import word_ngrams
from grader.calibration.reading import calibration_from_json
from grader.calibration.weighing import Weighing, names_of
from grader.errors import CalibrationError
from grader.language.tokens import tokenise
from grader.report import Verdict
from grader.text import fold

STRUCTURE = "0123abcd"
UNSURE = (0.25, 0.25, 0.25, 0.25)
FOR_HITS = (2.0, -0.5, -0.5, -1.0)
OF_OLD = Calibration(STRUCTURE, ("novelty",), {}, {})
WEIGHING = Weighing(("covered",), dict.fromkeys(names_of(("covered",)), FOR_HITS))


def view(passage: str = "", *, key: str = "trade", chances: tuple[float, ...] = UNSURE) -> PointView:
    grams = word_ngrams(tuple(tokenise(fold(passage).text).terms))
    return PointView(key, (grams,), {"covered": 0.5}, chances, likeliest(chances))


def calibration(**own: dict[str, tuple[float, ...]]) -> Calibration:
    return Calibration(STRUCTURE, ("covered",), {"always": (0.1, 0.0, 0.0, -0.1)}, own)


def stored(**changes: Any) -> dict[str, Any]:
    values = calibration(trade={"w:grain": FOR_HITS}).to_json() | changes
    return {name: value for name, value in values.items() if value is not ...}


def test_without_weights_the_scorer_keeps_its_opinion() -> None:
    chances = (0.7, 0.1, 0.05, 0.15)
    assert Calibration(STRUCTURE, (), {}, {}).adjust(view(chances=chances)) == pytest.approx(chances)


def test_a_word_counts_for_its_own_key_point_alone() -> None:
    learnt = calibration(trade={"w:grain": FOR_HITS})
    hit = learnt.adjust(view("Grain was bought."))[0]
    assert hit > learnt.adjust(view("Nothing was bought."))[0]
    other = learnt.adjust(view("Grain was bought.", key="pensions"))
    assert other == pytest.approx(learnt.adjust(view("Nothing was bought.", key="pensions")))


def test_what_is_learnt_on_top_of_another_starts_from_it() -> None:
    base = calibration(trade={"w:grain": FOR_HITS, "w:wheat": FOR_HITS})
    more = calibration(trade={"w:grain": FOR_HITS}, pensions={"w:old": FOR_HITS})
    said = {"trade": "Grain was bought.", "pensions": "The old get more."}
    views = [view(passage, key=key) for key, passage in said.items()]
    for found, seen in zip(more.on_top_of(base).judge(views), views, strict=True):
        after_base = replace(seen, chances=base.adjust(seen))
        assert found == pytest.approx(more.adjust(after_base))


def test_a_point_that_nobody_marked_stays_as_the_scorer_has_it_where_words_are_weighed() -> None:
    """A question can have points that other questions have, and were marked there, beside its own."""
    learnt = replace(calibration(trade={"w:grain": FOR_HITS}), weighing=WEIGHING)
    views = [view("Grain was bought."), view("Grain was bought.", key="new", chances=(0.2, 0.3, 0.1, 0.4))]
    known, new = learnt.judge(views)
    assert known != pytest.approx(views[0].chances)
    assert new == views[1].chances


def test_what_is_known_of_some_points_is_known_below_as_well() -> None:
    base = calibration(trade={"w:grain": FOR_HITS}, pensions={"w:old": FOR_HITS})
    both = calibration(trade={"w:grain": FOR_HITS}).on_top_of(base).about(["trade"], "another")
    assert both.base is not None
    assert (both.structure_hash, both.base.structure_hash) == ("another", "another")
    assert both.base.own == {"trade": {"w:grain": FOR_HITS}}


def test_chances_add_up_to_one() -> None:
    assert sum(calibration(trade={"w:grain": FOR_HITS}).adjust(view("grain"))) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "passage", ["", "   ", "💥", "Зерно купили за границей", "l’économie soviétique d’Oncle Žižka"]
)
def test_any_passage_gets_chances(passage: str) -> None:
    assert sum(calibration().adjust(view(passage))) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "chances, verdict",
    [
        ((0.3, 0.1, 0.05, 0.55), Verdict.MISS),
        ((0.3, 0.15, 0.1, 0.45), Verdict.HIT),
        ((0.1, 0.3, 0.2, 0.4), Verdict.PARTIAL),
        ((0.1, 0.1, 0.4, 0.4), Verdict.CONTRADICTED),
    ],
)
def test_verdicts_are_decided_in_turn(chances: tuple[float, ...], verdict: Verdict) -> None:
    assert likeliest(chances) is verdict


def test_slight_weights_of_words_can_be_left_out() -> None:
    slight, strong, always = (0.1, 0.0, 0.0, -0.2), (0.1, 0.0, 0.0, -0.304), (0.01, 0.0, 0.0, 0.0)
    words: dict[str, tuple[float, ...]] = {"w:a": slight, "w:b": strong, "always": always}
    learnt = replace(calibration(trade=words), shared={**words, "w:c": FOR_HITS})
    lighter = learnt.without_slight(0.3, shared=0.5)
    assert lighter.own == {"trade": {"w:b": (0.1, 0.0, 0.0, -0.3), "always": (0.01, 0.0, 0.0, 0.0)}}
    assert lighter.shared == {"w:c": FOR_HITS, "always": (0.01, 0.0, 0.0, 0.0)}


def test_what_a_word_tells_of_all_points_is_added_to_what_it_tells_of_one() -> None:
    learnt = replace(calibration(trade={"w:grain": FOR_HITS}, pensions={}), shared={"w:grain": FOR_HITS})
    passages = [view("Grain was bought.", key=key) for key in ("trade", "pensions", "unheard-of")]
    twice, once, of_none = (learnt.adjust(passage)[0] for passage in passages)
    assert twice > once == of_none > UNSURE[0]


def test_json_comes_back_as_it_went() -> None:
    learnt = calibration(trade={"w:grain": FOR_HITS, "c:éco": (0.0, 0.1, 0.0, 0.0)})
    for each in (learnt, learnt.on_top_of(replace(learnt, weighing=WEIGHING))):
        again = calibration_from_json(json.loads(json.dumps(each.to_json())), structure_hash=STRUCTURE)
        assert again == each
        assert again.fingerprint == each.fingerprint


def test_other_weights_have_another_fingerprint() -> None:
    others = [
        calibration(trade={"w:grain": FOR_HITS}),
        replace(calibration(), weighing=WEIGHING),
        calibration().on_top_of(calibration()),
    ]
    assert len({calibration().fingerprint, *(other.fingerprint for other in others)}) == 4


@pytest.mark.parametrize(
    "values, sentence",
    [
        (None, "not a calibration"),
        ([], "not a calibration"),
        ({}, "not a calibration"),
        (stored(format=99), "not a calibration"),
        (stored(structure_hash="other"), "belongs to another question"),
        (stored(shared=...), "damaged"),
        (stored(shared={"always": [1.0]}), "damaged"),
        (stored(shared={"always": [1.0, 0.0, 0.0, "0"]}), "damaged"),
        (stored(shared={"always": [1.0, 0.0, 0.0, True]}), "damaged"),
        (stored(shared={"always": [1e9, 0.0, 0.0, 0.0]}), "damaged"),
        (stored(shared={"always": [float("nan"), 0.0, 0.0, 0.0]}), "damaged"),
        (stored(shared=7), "damaged"),
        (stored(own={"trade": [1]}), "damaged"),
        (stored(similarities="covered"), "damaged"),
        (stored(verdicts=["hit", "miss"]), "damaged"),
        (stored(weighing=[]), "damaged"),
        (stored(weighing={"measures": "covered", "weights": {}}), "damaged"),
        (stored(weighing={"measures": ["covered"], "weights": {"always": [0.0] * 4}}), "damaged"),
        (stored(base=7), "damaged"),
        (stored(base=stored(base=stored())), "damaged"),
        (stored(base=stored(structure_hash="other")), "belongs to another question"),
    ],
)
def test_what_is_no_calibration_for_this_rubric_is_refused_in_a_sentence(values: Any, sentence: str) -> None:
    with pytest.raises(CalibrationError, match=sentence):
        calibration_from_json(values, structure_hash=STRUCTURE)


def test_a_calibration_of_an_earlier_scorer_is_refused() -> None:
    calibration().check_measures(["covered"])
    with pytest.raises(CalibrationError, match="earlier scorer"):
        calibration().check_measures(["covered", "novelty"])
    other = Weighing(("novelty",), dict.fromkeys(names_of(("novelty",)), FOR_HITS))
    for stale in (replace(calibration(), weighing=other), calibration().on_top_of(OF_OLD)):
        with pytest.raises(CalibrationError, match="earlier scorer"):
            stale.check_measures(["covered"])
