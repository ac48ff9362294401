"""What sets of marked essays teach helps to mark a set by others: the steps of `bench.teaching`, in small."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from bench.corpora import FRESH, ONLY_MEASURED, read_lines
from bench.gaps import with_gaps
from bench.teaching import fit_unit, held_out, marked_points, read_lessons
from bench.weighing import fit_weighing
from grader.calibration.chances import likeliest
from grader.calibration.fitting import MarkedPoint, agreement
from grader.report import Verdict
from grader.scorer import KeyPointScorer
from prompts import list_prompts, load_prompt

SLUG = "economic-reforms-impact"
LEARNT_FROM, MEASURED = ("varied", "wider", "broader", "plain"), "ample"


def marked(name: str, *, gaps: bool) -> list[MarkedPoint]:
    """Return the points of a set's essays on one question."""
    (path,) = (path for path in ONLY_MEASURED if path.stem == name)
    rows = [row for row in read_lines(path) if row["prompt"] == SLUG]
    more = with_gaps(rows) if gaps else []
    return marked_points([*rows, *more], {SLUG: KeyPointScorer(load_prompt(SLUG))})


def test_nothing_about_a_question_is_left_among_the_lessons_without_it() -> None:
    everything = read_lessons()
    left = everything.without(SLUG)
    for name in ("others", "nonsense", "attempts"):
        before, after = getattr(everything, name), getattr(left, name)
        assert after == [row for row in before if row["prompt"] != SLUG]
        assert 0 < len(after) < len(before)
    rows = [row for found in left.sets.values() for row in found]
    assert {row["prompt"] for row in rows} == {prompt.slug for prompt in list_prompts()} - {SLUG}


def test_the_essays_set_apart_are_no_lessons() -> None:
    apart = {row["id"] for path in FRESH for row in read_lines(path)}
    assert not apart & {row["id"] for found in read_lessons().sets.values() for row in found}


def test_what_other_sets_teach_makes_marks_of_a_set_agree_more() -> None:
    points = {name: marked(name, gaps=True) for name in LEARNT_FROM}
    held = held_out(points, [])
    assert {name: len(found) for name, found in held.items()} == {n: len(p) for n, p in points.items()}
    learnt = replace(
        fit_unit([point for found in points.values() for point in found]),
        weighing=fit_weighing([one for found in held.values() for one in found]),
    )
    human: list[Verdict] = []
    own: list[Verdict] = []
    taught: list[Verdict] = []
    for _, essay in groupby(marked(MEASURED, gaps=False), attrgetter("essay")):
        found = list(essay)
        human += [point.human for point in found]
        own += [point.machine for point in found]
        taught += map(likeliest, learnt.judge([point.view for point in found]))
    assert agreement(human, taught) >= agreement(human, own) + 0.05
