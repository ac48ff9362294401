"""What became of each key point over a corpus of marked essays: an author's test bench.

For each key point the essays in which it was rightly credited, wrongly credited, missed or wrongly
contradicted, each with the words that people and the machine point to. `grader.agreement` counts
the same judgements; this shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from grader.agreement.comparison import MarkedEssay
from grader.report import CREDIT, PointReport, ScoreReport, Span, Verdict


class CaseKind(StrEnum):
    """How the machine's verdict stands to people's; credited means hit or partial."""

    RIGHTLY_CREDITED = "rightly credited"
    WRONGLY_CREDITED = "wrongly credited"
    MISSED = "missed"
    WRONGLY_CONTRADICTED = "wrongly contradicted"
    CONTRADICTION_MISSED = "contradictions not seen"


@dataclass(frozen=True, slots=True)
class Case:
    """One essay's part in a key point's story.

    `marked` quotes what people point to and `read` what the machine points to: its evidence, or
    where it found none the nearest passage, which then `lacks` something. Both may be empty.
    `wrote` and `notes` say how the passage differs from the notes, where the machine says so.
    """

    essay: str
    prompt: str
    kind: CaseKind
    human: Verdict
    machine: Verdict
    marked: str = ""
    read: str = ""
    lacks: tuple[str, ...] = ()
    wrote: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class PointCases:
    """One key point: every essay in which people or the machine credited or contradicted it.

    `prompt` is the first question of the corpus that names it.
    """

    key: str
    prompt: str
    cases: tuple[Case, ...]

    def of(self, kind: CaseKind) -> tuple[Case, ...]:
        """Return the cases of one kind, in the order of the corpus."""
        return tuple(case for case in self.cases if case.kind is kind)


def collect_cases(graded: Iterable[tuple[MarkedEssay, ScoreReport | None]]) -> tuple[PointCases, ...]:
    """Sort judgements by key point, in the order in which the corpus names them.

    An essay that could not be graded (None) counts as one in which nothing was found. Where neither
    side credits or contradicts a point there is nothing to show, and the point is listed without it.
    """
    found: dict[str, list[Case]] = {}
    first: dict[str, str] = {}
    for essay, report in graded:
        points = {point.key: point for point in report.points} if report else {}
        for key in essay.labels:
            first.setdefault(key, essay.prompt)
            found.setdefault(key, []).extend(_cases(essay, key, points.get(key)))
    return tuple(PointCases(key, first[key], tuple(cases)) for key, cases in found.items())


def _cases(essay: MarkedEssay, key: str, point: PointReport | None) -> Iterator[Case]:
    human = essay.labels[key]
    machine = point.verdict if point else Verdict.MISS
    kind = _kind(human, machine)
    if kind is None:
        return
    near = point.near_miss if point else None
    clash = point.clash if point else None
    spans = (point.evidence or ((near.span,) if near else ())) if point else ()
    yield Case(
        essay.id, essay.prompt, kind, human, machine,
        marked=essay.quotes.get(key, ""),
        read=_quoted(essay.text, spans),
        lacks=near.lacks if near else (),
        wrote=clash.wrote if clash else "",
        notes=clash.notes or "" if clash else "",
    )  # fmt: skip


def _kind(human: Verdict, machine: Verdict) -> CaseKind | None:
    if machine is Verdict.CONTRADICTED:
        return None if human is machine else CaseKind.WRONGLY_CONTRADICTED
    if CREDIT[machine]:
        return CaseKind.RIGHTLY_CREDITED if CREDIT[human] else CaseKind.WRONGLY_CREDITED
    if CREDIT[human]:
        return CaseKind.MISSED
    return CaseKind.CONTRADICTION_MISSED if human is Verdict.CONTRADICTED else None


def _quoted(text: str, spans: Iterable[Span]) -> str:
    return " ... ".join(text[span.start : span.end] for span in spans)
