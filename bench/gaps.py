"""Marked essays without one of the points that they make: what a gap looks like amid points that are made.

Whoever makes nine points of ten has mostly made the tenth as well, and a model that is fitted to essays as
they are learns to believe it. In a text from which just one passage was taken out, all is as before but the
point that the passage made (counterfactually augmented data: Kaushik, Hovy and Lipton, Learning the
difference that makes a difference, 2020).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zlib import crc32

from bench.corpora import Rows
from grader.language.essay import parse_essay
from grader.report import Span, Verdict


def with_gaps(rows: Iterable[Mapping[str, Any]]) -> Rows:
    """Return each essay that makes a point in a passage that its markers quote, without that passage.

    Which point it is depends on the essay's id alone. Of the others those keep their mark that were not
    found, or that are made elsewhere.
    """
    return [found for row in rows for found in _without_a_point(row)]


def _without_a_point(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    places = {key: _place(row["text"], quote) for key, quote in row["evidence"].items()}
    made = sorted(key for key in places if row["labels"][key] == Verdict.HIT)
    if not made:
        return
    gone = made[crc32(row["id"].encode()) % len(made)]
    cut = _statements(row["text"], places[gone])
    labels = {
        key: label
        for key, label in row["labels"].items()
        if label == Verdict.MISS or (key in places and not _meet(places[key], cut))
    }
    text = row["text"][: cut.start] + row["text"][cut.end :]
    yield {**row, "id": f"{row['id']} without {gone}", "text": text, "labels": labels | {gone: Verdict.MISS}}


def _place(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def _statements(text: str, place: Span) -> Span:
    """Return the whole statements that a place is part of."""
    essay = parse_essay(text)
    met = [span for unit in essay.units if _meet(span := essay.span(unit, unit), place)]
    return Span(met[0].start, met[-1].end)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
