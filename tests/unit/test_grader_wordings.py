"""Who says a phrasing of the rubric word for word means just that, whatever marked essays taught."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bench.wordings import AROUND, credited_in_frames, verdict_alone, verdicts_on
from grader.matching.verbatim import Quoted, Sense, Wording, Wordings
from grader.report import Verdict
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from grader.verdicts import WORD_FOR_WORD
from prompts import list_prompts, load_prompt, shipped_calibration
from tests.bee_rubric import bee_rubric

WANTED = {"accept": Verdict.HIT, "contrary": Verdict.CONTRADICTED}
LEAST = 0.98
"""Share that is settled: a phrasing of two sentences, or that reports an error, is weighed like any text."""
MOST_CREDITED = {"first": 0.20, "second": 0.30}
"""Share of phrasings that count for their point though they are taken back, by the frames' writer."""


@pytest.mark.parametrize("taught", [False, True])
@pytest.mark.parametrize("prompt", list_prompts(), ids=lambda prompt: prompt.slug)
def test_a_phrasing_of_the_rubric_decides(prompt: Prompt, taught: bool) -> None:
    scorer = KeyPointScorer(prompt, calibration=shipped_calibration(prompt) if taught else None)
    found = {kind: verdicts_on([scorer], kind) for kind in WANTED}
    settled = sum(found[kind][verdict] for kind, verdict in WANTED.items())
    assert settled >= LEAST * sum(map(sum, (counted.values() for counted in found.values())))


def test_what_a_phrasing_decides_is_sure_whatever_marked_essays_taught() -> None:
    prompt = load_prompt("secret-speech-motives")
    scorer = KeyPointScorer(prompt, calibration=shipped_calibration(prompt))
    for point in prompt.key_points:
        report = scorer.score(AROUND.format(point.accept[0]))
        assert {p.confidence for p in report.points if p.key == point.id} == {WORD_FOR_WORD}


def test_a_phrasing_that_is_taken_back_seldom_counts() -> None:
    prompt = load_prompt("economic-reforms-impact")
    scorer = KeyPointScorer(prompt, calibration=shipped_calibration(prompt))
    credited = credited_in_frames([scorer], each=2)
    for writer, most in MOST_CREDITED.items():
        counts = [count for (each, _), count in credited.items() if each == writer]
        assert sum(bad for bad, _ in counts) <= most * sum(texts for _, texts in counts)


@pytest.mark.parametrize(
    "frame",
    [
        "Some people claim that {} That is not true.",
        "It is untrue that {}",
        "It would be quite wrong to say that {}",
    ],
)
def test_a_phrasing_that_is_refuted_earns_nothing(frame: str) -> None:
    prompt = bee_rubric()
    point = prompt.key_points[0]
    said = frame.format(f"{point.text[0].lower()}{point.text[1:].rstrip('.')}.")
    assert verdict_alone(KeyPointScorer(prompt), point, said) is not Verdict.HIT


def wordings(*known: Wording) -> Wordings:
    return Wordings(known)


def quoted(known: Wordings, *units: Sense) -> Mapping[int, Quoted]:
    terms = [[term for term, _ in unit] for unit in units]
    return known.quoted(terms, units.__getitem__, lambda unit: ("lie", False) in units[unit])


def sense(text: str, denied: str = "") -> Sense:
    return tuple((term, term in denied.split()) for term in text.split())


LONG, SHORT = sense("bees steer by day sun"), sense("bees dance")


def test_the_sentence_that_says_it_is_named() -> None:
    known = wordings(Wording(2, LONG, agrees=True), Wording(0, SHORT, agrees=False))
    assert quoted(known, sense("hello all"), sense("wild bees steer by day sun alone")) == {
        2: Quoted(1, True)
    }
    assert quoted(known, SHORT, LONG) == {0: Quoted(0, False), 2: Quoted(1, True)}


@pytest.mark.parametrize(
    "said",
    [
        sense("bees steer less by day sun"),
        sense("sun steer by day bees"),
        sense("bees steer by day sun", denied="steer"),
        sense("bees steer by day"),
        (),
    ],
)
def test_another_word_within_another_order_or_a_denial_is_another_thing(said: Sense) -> None:
    assert quoted(wordings(Wording(0, LONG, agrees=True)), said) == {}


def test_a_phrasing_that_is_rejected_as_a_whole_is_contrary() -> None:
    known = wordings(Wording(0, LONG, agrees=True), Wording(1, LONG, agrees=False))
    denied = sense("bees steer by day sun", denied="bees steer by day sun")
    assert quoted(known, (("lie", False), *denied)) == {0: Quoted(0, False)}
    assert quoted(known, denied) == {}


def test_a_short_phrasing_has_to_be_all_that_is_said() -> None:
    known = wordings(Wording(0, SHORT, agrees=True), Wording(1, sense("bees"), agrees=True))
    assert quoted(known, SHORT) == {0: Quoted(0, True)}
    assert quoted(known, sense("drunken bees dance")) == {}


def test_the_longer_phrasing_decides_within_a_sentence_and_none_between_two() -> None:
    more = sense("bees steer by day sun never")
    known = wordings(Wording(0, LONG, agrees=True), Wording(0, more, agrees=False))
    assert quoted(known, more) == {0: Quoted(0, False)}
    assert quoted(known, LONG, more) == {}
    assert quoted(known, LONG, LONG) == {0: Quoted(0, True)}
