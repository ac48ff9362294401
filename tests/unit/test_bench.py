"""What benchmarks are made of: a rubric, essays, tables, timing, and what counts as held."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from bench.cheating import is_held
from bench.material import (
    PHRASINGS,
    POINTS,
    WORDS,
    all_phrasings,
    essays_of,
    full_prompt,
    long_text,
    prompt_of,
    usual_prompt,
)
from bench.tables import Table
from bench.timing import beside, seconds
from grader.report import CREDIT, Advisory, PointReport, ScoreReport, Verdict

TABLE = Table("Speed", ("essays", "ms"), [("short", "1.5"), ("très long", "20")], "Two cores.")


def test_a_table_is_set_in_columns_for_a_terminal() -> None:
    assert TABLE.as_text().splitlines() == [
        "Speed", "", "essays      ms", "short      1.5", "très long   20", "", "Two cores.",
    ]  # fmt: skip


def test_a_table_is_set_in_markdown_for_a_document() -> None:
    assert TABLE.as_markdown().splitlines() == [
        "## Speed", "", "| essays | ms |", "| --- | --: |", "| short | 1.5 |", "| très long | 20 |", "",
        "Two cores.",
    ]  # fmt: skip


def test_the_usual_question_has_ten_points_with_a_dozen_phrasings_and_the_full_one_all() -> None:
    for prompt in (usual_prompt(), full_prompt()):
        assert len(prompt.key_points) == POINTS == prompt.max_score
    assert len(all_phrasings(usual_prompt())) == PHRASINGS * POINTS < len(all_phrasings(full_prompt()))


@pytest.mark.parametrize("points", [20, 80])
def test_a_grown_question_has_as_many_different_points_as_it_says(points: int) -> None:
    prompt = prompt_of(points)
    assert len({point.id for point in prompt.key_points}) == points
    assert len({point.text for point in prompt.key_points}) == points


def test_essays_have_the_length_that_is_measured() -> None:
    assert {len(essay.split(" ")) for essay in essays_of()} == {WORDS}
    assert len(long_text(32_000).split(" ")) == 32_000


def test_two_actions_are_timed_in_turn() -> None:
    ran: list[str] = []
    pair = beside(lambda: ran.append("ours"), lambda: ran.append("peer"), rounds=2)
    assert ran == ["ours", "peer"] * 3
    assert pair.ours >= 0 and pair.peer >= 0
    assert seconds(lambda: sum(range(200_000)), rounds=3) > 0


def report(score: float, *codes: str, **verdicts: Verdict) -> ScoreReport:
    points = tuple(PointReport(key, verdict, CREDIT[verdict], 0.9) for key, verdict in verdicts.items())
    advisories = tuple(Advisory(code, "In words.") for code in codes)
    return ScoreReport("q", score, 10.0, 99, points, (), (), None, advisories, (), "")


def case(
    kind: str = "stuffed", share: float | None = 0.0, contradicted: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {"kind": kind, "expect": {"max_share": share, "contradicted": list(contradicted)}}


def held(expected: Mapping[str, Any], graded: ScoreReport | None) -> bool:
    return is_held(dict(expected), graded)


def test_a_case_is_held_where_it_earns_no_more_than_is_fair() -> None:
    assert held(case(), report(0.5))
    assert not held(case(), report(1.0))
    assert held(case(share=0.3), report(3.0))
    assert held(case(share=None), report(9.0))
    assert not held(case(), None)


def test_half_of_what_is_reversed_has_to_be_told() -> None:
    wrong = case("negated", contradicted=("a", "b"))
    assert held(wrong, report(0.0, a=Verdict.CONTRADICTED, b=Verdict.MISS))
    assert not held(wrong, report(0.0, a=Verdict.MISS, b=Verdict.MISS))


def test_pasted_notes_have_to_be_flagged() -> None:
    assert held(case("notes-paste", None), report(4.0, "copied"))
    assert not held(case("notes-paste", None), report(4.0))


def test_a_refuted_claim_may_not_be_held_against_the_writer() -> None:
    assert held(case("reported-then-rejected", None), report(1.0, a=Verdict.HIT))
    assert not held(case("reported-then-rejected", None), report(1.0, a=Verdict.CONTRADICTED))


def test_an_unknown_part_is_refused_in_words() -> None:
    command = [sys.executable, "-m", "bench", "sped"]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    assert found.returncode == 2
    assert "there is no part sped: choose among speed, growth" in found.stderr
