"""Two texts side by side: nothing is dropped, only what differs is marked, and long texts stay quick."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.student.comparing import mark_differences, paragraphs

TEXTS = st.lists(st.sampled_from(["One.", "Two – “deux”.", "Три.", "", "  "]), max_size=8).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_every_paragraph_of_both_is_shown_in_order(one: str, other: str) -> None:
    ours, theirs = mark_differences(one, other)
    assert tuple(piece.text for piece in ours) == paragraphs(one)
    assert tuple(piece.text for piece in theirs) == paragraphs(other)


@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_the_same_on_both_sides(one: str, other: str) -> None:
    ours, theirs = mark_differences(one, other)
    assert [p.text for p in ours if not p.differs] == [p.text for p in theirs if not p.differs]


@given(TEXTS)
def test_a_text_differs_nowhere_from_itself(text: str) -> None:
    ours, theirs = mark_differences(text, text)
    assert not [piece for piece in (*ours, *theirs) if piece.differs]


def test_marks_the_paragraph_that_was_added() -> None:
    _, theirs = mark_differences("One.\n\nThree.", "One.\n\nTwo.\n\nThree.")
    assert [piece.text for piece in theirs if piece.differs] == ["Two."]


@pytest.mark.parametrize("line", ["a", "a b\n\nc", "{}"])
def test_the_longest_texts_stay_quick(line: str) -> None:
    long = "\n".join(line.replace("{}", str(i)) for i in range(20_000))
    for pieces in (long, long[:900], "\n".join(["same"] * 990)):
        begun = time.process_time()
        mark_differences(pieces, f"x\n{pieces}\ny")
        assert time.process_time() - begun < 2
