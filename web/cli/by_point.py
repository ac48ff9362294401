"""The author's test bench on a page: what became of each key point, with the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from grader.agreement.casebook import Case, CaseKind, PointCases
from grader.report import Verdict
from prompts import load_prompt

_LONGEST_QUOTE = 220


def by_point_lines(points: Sequence[PointCases]) -> Iterator[str]:
    """Yield lines of text: each key point with its counts, then every case with its sentences."""
    for point in points:
        yield f"{point.key}: {load_prompt(point.prompt).key_point(point.key).text}"
        yield "  " + ", ".join(f"{len(point.of(kind))} {kind}" for kind in CaseKind)
        for kind in CaseKind:
            yield from _kind_lines(kind, point.of(kind))
        yield ""


def by_point_json(points: Sequence[PointCases]) -> list[dict[str, Any]]:
    """Return the same as JSON values, with every quotation in full."""
    return [
        {
            "key": point.key,
            "counts": {_name(kind): len(point.of(kind)) for kind in CaseKind},
            **{_name(kind): [_case_json(case) for case in point.of(kind)] for kind in CaseKind},
        }
        for point in points
    ]


def _kind_lines(kind: CaseKind, cases: Sequence[Case]) -> Iterator[str]:
    if cases:
        yield f"  {kind}"
    for case in cases:
        yield f"    {case.essay}: people {case.human}, machine {case.machine}"
        yield from (f"      {name + ':':<9}{text}" for name, text in _said(case))


def _said(case: Case) -> Iterator[tuple[str, str]]:
    """Name each thing that is known of a case, with its text."""
    if case.marked and case.marked == case.read:
        yield "both", _shown(case.read)
    else:
        if case.marked:
            yield "people", _shown(case.marked)
        if case.read:
            yield "nearest" if case.machine is Verdict.MISS else "machine", _shown(case.read)
    if case.wrote:
        yield "differs", _shown(case.wrote) + (f", the notes say {case.notes}" if case.notes else "")
    if case.lacks:
        yield "lacks", "; ".join(case.lacks)


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + '…'}”"


def _name(kind: CaseKind) -> str:
    return kind.value.replace(" ", "_")


def _case_json(case: Case) -> dict[str, Any]:
    return {
        "essay": case.essay,
        "prompt": case.prompt,
        "human": case.human.value,
        "machine": case.machine.value,
        "marked": case.marked,
        "read": case.read,
        "lacks": list(case.lacks),
        "wrote": case.wrote,
        "notes": case.notes,
    }
