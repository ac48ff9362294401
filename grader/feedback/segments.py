"""Cut an essay into paragraphs of segments, each with one set of marks. Linear in essay and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.feedback import Paragraph, Segment, SegmentKind
from grader.report import Span

_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span of the essay to be marked; `number` is the row it belongs to.

    A passage set aside has no row; `set_aside` says by its code why it was.
    """

    span: Span
    kind: SegmentKind
    number: int | None = None
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters `start` to `end` of the essay, and the highlights that all of them lie in."""

    start: int
    end: int
    highlights: tuple[Highlight, ...]


def cut_paragraphs(essay: str, highlights: Sequence[Highlight]) -> tuple[Paragraph, ...]:
    """Return the essay's paragraphs (lines that are not blank) as segments.

    The segments of a paragraph joined are its text, character by character. Spans that reach beyond the
    essay are clipped; empty ones are passed over.
    """
    stretches = list(_stretches(len(essay), highlights))
    printed: set[Highlight] = set()
    paragraphs, first = [], 0
    for line in _LINE.finditer(essay):
        while stretches[first].end <= line.start():
            first += 1
        if not line.group().isspace():
            paragraphs.append(tuple(_segments(essay, line.span(), stretches, first, printed)))
    return tuple(paragraphs)


def _segments(
    essay: str, line: tuple[int, int], stretches: Sequence[_Stretch], first: int, printed: set[Highlight]
) -> Iterator[Segment]:
    for index in range(first, len(stretches)):
        stretch = stretches[index]
        if stretch.start >= line[1]:
            break
        text = essay[max(stretch.start, line[0]) : min(stretch.end, line[1])]
        yield _segment(text, stretch.highlights, printed)


def _segment(text: str, highlights: Sequence[Highlight], printed: set[Highlight]) -> Segment:
    strong = [h for h in highlights if h.number is not None and h.kind is not SegmentKind.NEAR]
    near = [h for h in highlights if h.number is not None and h.kind is SegmentKind.NEAR]
    fresh = [h for h in strong if h not in printed]
    printed.update(fresh)
    return Segment(
        text=text,
        kind=_strongest(highlights),
        numbers=_numbers(strong),
        near_numbers=_numbers(near),
        set_aside=_gravest(h.set_aside for h in highlights if h.set_aside),
        starts=_numbers(fresh),
    )


_STRENGTH = (
    SegmentKind.PLAIN,
    SegmentKind.NEAR,
    SegmentKind.PART,
    SegmentKind.CLASH,
    SegmentKind.EVIDENCE,
)


def _strongest(highlights: Iterable[Highlight]) -> SegmentKind:
    return max((h.kind for h in highlights), key=_STRENGTH.index, default=SegmentKind.PLAIN)


def _gravest(codes: Iterable[str]) -> str:
    """Return why a stretch was set aside, "" where it was not: anything else says more than "echo"."""
    return max(codes, key=lambda code: code != "echo", default="")


def _numbers(highlights: Iterable[Highlight]) -> tuple[int, ...]:
    return tuple(sorted({h.number for h in highlights if h.number is not None}))


def _stretches(length: int, highlights: Sequence[Highlight]) -> Iterator[_Stretch]:
    """Sweep over the starts and ends of highlights; between two of them the set of highlights is constant."""
    edges = sorted(_edges(length, highlights), key=lambda edge: edge[0])
    active: dict[int, Highlight] = {}
    position = 0
    for at, opens, index in edges:
        if at > position:
            yield _Stretch(position, at, tuple(active.values()))
            position = at
        if opens:
            active[index] = highlights[index]
        else:
            active.pop(index, None)
    if position < length:
        yield _Stretch(position, length, ())


def _edges(length: int, highlights: Sequence[Highlight]) -> Iterator[tuple[int, bool, int]]:
    for index, highlight in enumerate(highlights):
        start, end = max(0, highlight.span.start), min(length, highlight.span.end)
        if start < end:
            yield start, True, index
            yield end, False, index
