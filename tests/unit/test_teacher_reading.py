"""What the teacher's pages read and derive: marks, reasons to pick, steps of sureness, file names."""

from __future__ import annotations

import pytest

from grader.report import Verdict
from services.errors import MarkOutOfBounds
from web.teacher.forms import read_mark
from web.teacher.quick_reasons import GENERAL, joined, quick_reasons
from web.teacher.review_point import Sureness, sureness_of


@pytest.mark.parametrize(
    "written,mark", [("7", 7.0), (" 7.5 ", 7.5), ("7,5", 7.5), ("7½", 7.5), ("½", 0.5), ("0", 0.0)]
)
def test_a_mark_is_read_as_people_write_it(written: str, mark: float) -> None:
    assert read_mark(written, max_score=9) == mark


@pytest.mark.parametrize("written", ["", "seven", "nan", "-inf", "7/9", "7.5.1", "٧x"])
def test_what_is_no_number_is_refused_with_the_bounds(written: str) -> None:
    with pytest.raises(MarkOutOfBounds, match="0 to 9"):
        read_mark(written, max_score=9)


def test_recent_reasons_come_first_and_once() -> None:
    recent = [("Half a date", Verdict.PARTIAL), ("Half a date", Verdict.MISS), ("Copied", Verdict.MISS)]
    offered = quick_reasons(recent)
    assert [reason.text for reason in offered[:2]] == ["Half a date", "Copied"]
    assert offered[0].verdicts == (Verdict.PARTIAL, Verdict.MISS)


def test_a_general_reason_that_was_used_is_not_offered_twice() -> None:
    texts = [reason.text for reason in quick_reasons([(GENERAL[0].text, Verdict.HIT)])]
    assert texts.count(GENERAL[0].text) == 1


@pytest.mark.parametrize("verdict", list(Verdict))
def test_there_is_a_reason_to_pick_for_every_verdict(verdict: Verdict) -> None:
    assert any(verdict in reason.verdicts for reason in GENERAL)


def test_picked_and_written_reasons_become_one() -> None:
    assert joined(["Too vague", " "], " see line 2 ") == "Too vague; see line 2"
    assert joined([], "  ") == ""


@pytest.mark.parametrize(
    "confidence,step",
    [
        (None, Sureness.LOW),
        (0.59, Sureness.LOW),
        (0.6, Sureness.FAIR),
        (0.85, Sureness.HIGH),
        (1.0, Sureness.HIGH),
    ],
)
def test_confidence_has_three_steps(confidence: float | None, step: Sureness) -> None:
    assert sureness_of(confidence) is step
