"""A report survives the trip through JSON unchanged, whatever it holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import (
    Advisory,
    ArgumentSignal,
    Clash,
    LevelRange,
    NearMiss,
    PointReport,
    ScoreReport,
    SetAside,
    SideReport,
    Span,
    Verdict,
)
from grader.report_json import report_from_json, report_to_json

words = st.text(max_size=12)
shares = st.floats(0, 1)
spans = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
several_spans = st.lists(spans, max_size=3).map(tuple)
several_words = st.lists(words, max_size=3).map(tuple)

points = st.builds(
    PointReport,
    key=words,
    verdict=st.sampled_from(Verdict),
    credit=shares,
    confidence=shares,
    evidence=several_spans,
    near_miss=st.none() | st.builds(NearMiss, spans, several_words),
    clash=st.none() | st.builds(Clash, words, words, st.none() | words),
)
counts = st.integers(0, 50)
reports = st.builds(
    ScoreReport,
    prompt=words,
    score=st.floats(0, 100),
    max_score=st.floats(0, 100),
    words=counts,
    points=st.lists(points, max_size=4).map(tuple),
    sides=st.lists(st.builds(SideReport, words, counts, counts, counts, counts, shares), max_size=2).map(
        tuple
    ),
    signals=st.lists(st.builds(ArgumentSignal, words, st.booleans(), words, several_spans), max_size=2).map(
        tuple
    ),
    level=st.none() | st.builds(LevelRange, counts, counts, several_words),
    advisories=st.lists(st.builds(Advisory, words, words, several_spans), max_size=2).map(tuple),
    set_aside=st.lists(st.builds(SetAside, counts, counts, words, words), max_size=3).map(tuple),
    signature=words,
)


@given(reports)
def test_a_report_read_back_from_json_text_equals_the_original(report: ScoreReport) -> None:
    assert report_from_json(json.loads(json.dumps(report_to_json(report)))) == report


@given(reports)
def test_writing_what_was_read_gives_the_same_json(report: ScoreReport) -> None:
    values = report_to_json(report)
    assert report_to_json(report_from_json(values)) == values


@given(reports, st.sampled_from(["prompt", "points", "level", "advisories", "signature", "set_aside"]))
def test_an_incomplete_report_is_refused_by_name(report: ScoreReport, key: str) -> None:
    values = report_to_json(report)
    del values[key]
    with pytest.raises(ValueError, match=key):
        report_from_json(values)


def test_an_unknown_verdict_is_refused() -> None:
    report = ScoreReport(
        "q", 1.0, 1, 3, (PointReport("a", Verdict.HIT, 1.0, 0.9),), (), (), None, (), (), "s"
    )
    values = report_to_json(report)
    values["points"][0]["verdict"] = "splendid"
    with pytest.raises(ValueError, match="splendid"):
        report_from_json(values)


def test_keys_that_others_add_are_passed_over() -> None:
    report = ScoreReport("q", 0.0, 1, 3, (), (), (), LevelRange(1, 2, ("short",)), (), (SetAside(0, 2),), "s")
    assert report_from_json({"id": "essay-1", **report_to_json(report)}) == report


def test_a_report_of_an_earlier_version_does_not_say_why_a_passage_was_set_aside() -> None:
    report = ScoreReport("q", 0.0, 1, 3, (), (), (), None, (), (SetAside(0, 2),), "s")
    values = {**report_to_json(report), "set_aside": [{"start": 0, "end": 2}]}
    assert report_from_json(values) == report
