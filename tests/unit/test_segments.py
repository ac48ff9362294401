"""An essay is cut into paragraphs of segments: no text is lost, every mark is where it belongs."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from grader.feedback import SegmentKind
from grader.feedback.segments import Highlight, cut_paragraphs
from grader.report import Span

texts = st.text(alphabet="ab é’“\n\r \u2028淀", max_size=60)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 70), st.integers(0, 20))
highlights = st.lists(
    st.builds(
        Highlight,
        spans,
        st.sampled_from([SegmentKind.EVIDENCE, SegmentKind.CLASH, SegmentKind.NEAR]),
        st.integers(1, 5),
    ),
    max_size=8,
)


def text_of(essay: str, *marks: Highlight) -> list[str]:
    return ["".join(segment.text for segment in paragraph) for paragraph in cut_paragraphs(essay, marks)]


@given(texts, highlights)
def test_every_character_but_line_breaks_is_there_in_order(essay: str, marks: list[Highlight]) -> None:
    expected = [line for line in essay.splitlines() if line.strip()]
    assert text_of(essay, *marks) == expected


@given(texts, highlights)
def test_every_number_is_printed_exactly_once_for_each_span_that_is_visible(
    essay: str, marks: list[Highlight]
) -> None:
    segments = [segment for paragraph in cut_paragraphs(essay, marks) for segment in paragraph]
    for segment in segments:
        assert set(segment.starts) <= set(segment.numbers)
    assert {n for s in segments for n in s.numbers} == {n for s in segments for n in s.starts}


def test_overlapping_spans_share_the_stretch_that_both_cover() -> None:
    marks = (
        Highlight(Span(0, 6), SegmentKind.EVIDENCE, 1),
        Highlight(Span(3, 9), SegmentKind.CLASH, 2),
    )
    (paragraph,) = cut_paragraphs("abcdefghij", marks)
    found = [(s.text, s.kind, s.numbers, s.starts) for s in paragraph]
    assert found == [
        ("abc", SegmentKind.EVIDENCE, (1,), (1,)),
        ("def", SegmentKind.EVIDENCE, (1, 2), (2,)),
        ("ghi", SegmentKind.CLASH, (2,), ()),
        ("j", SegmentKind.PLAIN, (), ()),
    ]


def test_a_span_over_two_paragraphs_marks_both_and_prints_its_number_once() -> None:
    first, second = cut_paragraphs("ab\n\ncd", (Highlight(Span(1, 5), SegmentKind.EVIDENCE, 7),))
    assert [s.starts for s in first] == [(), (7,)]
    assert [(s.numbers, s.starts) for s in second] == [((7,), ()), ((), ())]


def test_a_near_miss_keeps_its_number_apart_from_evidence() -> None:
    marks = (
        Highlight(Span(0, 4), SegmentKind.NEAR, 3),
        Highlight(Span(2, 4), SegmentKind.EVIDENCE, 1),
    )
    (paragraph,) = cut_paragraphs("abcd", marks)
    assert [(s.kind, s.numbers, s.near_numbers) for s in paragraph] == [
        (SegmentKind.NEAR, (), (3,)),
        (SegmentKind.EVIDENCE, (1,), (3,)),
    ]


def test_a_passage_set_aside_is_known_as_such() -> None:
    (paragraph,) = cut_paragraphs("abcd", (Highlight(Span(1, 3), SegmentKind.PLAIN, set_aside="copied"),))
    assert [(s.text, s.set_aside) for s in paragraph] == [("a", ""), ("bc", "copied"), ("d", "")]


def test_of_two_reasons_to_set_aside_the_echo_says_less() -> None:
    marks = [Highlight(Span(0, 2), SegmentKind.PLAIN, set_aside=code) for code in ("copied", "echo")]
    for order in (marks, marks[::-1]):
        ((only,),) = cut_paragraphs("ab", order)
        assert only.set_aside == "copied"


def test_a_hundred_thousand_characters_with_ten_thousand_spans_take_no_time() -> None:
    essay = "word and\n" * 11_000
    marks = [Highlight(Span(n * 9, n * 9 + 4), SegmentKind.EVIDENCE, n % 50 + 1) for n in range(10_000)]
    started = time.process_time()
    assert len(cut_paragraphs(essay, marks)) == 11_000
    assert (
        time.process_time() - started < 2.0
    )  # it takes about 0.1 s; what grows with the square takes minutes
