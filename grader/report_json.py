"""Score reports as plain JSON values and back, exactly.

One form for the command line, the database and any export: objects named after the fields of
`grader.report`, tuples as lists, verdicts as words, an unknown level as null. Nothing is rounded,
so that `report_from_json(report_to_json(report)) == report` for every report, also after a trip
through `json.dumps` and `json.loads`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

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

Json = dict[str, Any]


def report_to_json(report: ScoreReport) -> Json:
    """Return a report as JSON values; offsets count characters of the original text."""
    return {
        "prompt": report.prompt,
        "score": report.score,
        "max_score": report.max_score,
        "words": report.words,
        "level": _level(report.level),
        "advisories": [_advisory(advisory) for advisory in report.advisories],
        "points": [_point(point) for point in report.points],
        "sides": [_side(side) for side in report.sides],
        "signals": [_signal(signal) for signal in report.signals],
        "set_aside": [_set_aside(passage) for passage in report.set_aside],
        "signature": report.signature,
    }


def report_from_json(values: Mapping[str, Any]) -> ScoreReport:
    """Read a report back.

    Keys that are not a report's own (such as the "id" that the command line adds) are passed over.

    Raises:
        ValueError: a part of the report is absent or has the wrong form.
    """
    try:
        return _read_report(values)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"This is not a score report: {type(error).__name__}: {error}") from error


def _spans(spans: Iterable[Span]) -> list[Json]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _level(level: LevelRange | None) -> Json | None:
    return None if level is None else {"low": level.low, "high": level.high, "reasons": list(level.reasons)}


def _advisory(advisory: Advisory) -> Json:
    return {"code": advisory.code, "message": advisory.message, "spans": _spans(advisory.spans)}


def _set_aside(passage: SetAside) -> Json:
    return {
        "start": passage.start,
        "end": passage.end,
        "code": passage.code,
        "message": passage.message,
    }


def _signal(signal: ArgumentSignal) -> Json:
    return {
        "code": signal.code,
        "present": signal.present,
        "message": signal.message,
        "evidence": _spans(signal.evidence),
    }


def _side(side: SideReport) -> Json:
    return {
        "name": side.name,
        "hits": side.hits,
        "partials": side.partials,
        "contradicted": side.contradicted,
        "points": side.points,
        "coverage": side.coverage,
    }


def _point(point: PointReport) -> Json:
    return {
        "key": point.key,
        "verdict": point.verdict.value,
        "credit": point.credit,
        "confidence": point.confidence,
        "evidence": _spans(point.evidence),
        "near_miss": _near_miss(point.near_miss),
        "clash": _clash(point.clash),
    }


def _near_miss(near: NearMiss | None) -> Json | None:
    return (
        None if near is None else {"start": near.span.start, "end": near.span.end, "lacks": list(near.lacks)}
    )


def _clash(clash: Clash | None) -> Json | None:
    return None if clash is None else {"kind": clash.kind, "wrote": clash.wrote, "notes": clash.notes}


def _read_report(values: Mapping[str, Any]) -> ScoreReport:
    return ScoreReport(
        prompt=values["prompt"],
        score=values["score"],
        max_score=values["max_score"],
        words=values["words"],
        points=tuple(_read_point(point) for point in values["points"]),
        sides=tuple(SideReport(**side) for side in values["sides"]),
        signals=tuple(_read_signal(signal) for signal in values["signals"]),
        level=_read_level(values["level"]),
        advisories=tuple(_read_advisory(advisory) for advisory in values["advisories"]),
        set_aside=tuple(SetAside(**passage) for passage in values["set_aside"]),
        signature=values["signature"],
    )


def _read_spans(values: Iterable[Mapping[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(value["start"], value["end"]) for value in values)


def _read_level(values: Mapping[str, Any] | None) -> LevelRange | None:
    return None if values is None else LevelRange(values["low"], values["high"], tuple(values["reasons"]))


def _read_advisory(values: Mapping[str, Any]) -> Advisory:
    return Advisory(values["code"], values["message"], _read_spans(values["spans"]))


def _read_signal(values: Mapping[str, Any]) -> ArgumentSignal:
    return ArgumentSignal(
        values["code"], values["present"], values["message"], _read_spans(values["evidence"])
    )


def _read_point(values: Mapping[str, Any]) -> PointReport:
    near, clash = values["near_miss"], values["clash"]
    return PointReport(
        key=values["key"],
        verdict=Verdict(values["verdict"]),
        credit=values["credit"],
        confidence=values["confidence"],
        evidence=_read_spans(values["evidence"]),
        near_miss=None if near is None else NearMiss(Span(near["start"], near["end"]), tuple(near["lacks"])),
        clash=None if clash is None else Clash(clash["kind"], clash["wrote"], clash["notes"]),
    )
