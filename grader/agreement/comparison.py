"""Machine beside careful marking, essay by essay: what `grader.agreement` measures.

A `MarkedEssay` is one line of a corpus; a `Comparison` pairs its verdicts with a score report. An
essay that the machine could not grade counts as one in which it found nothing, so that refusing
hard essays never makes agreement look better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.report import CREDIT, LevelRange, PointReport, ScoreReport, Span, Verdict


@dataclass(frozen=True, slots=True)
class MarkedEssay:
    """An essay with the agreed verdict on each key point, and where known the words behind it."""

    id: str
    prompt: str
    text: str
    labels: Mapping[str, Verdict]
    quotes: Mapping[str, str] = field(default_factory=dict)
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One key point as a person and as the machine judged it.

    `evidence_right` says whether the machine's evidence touches the person's, and is None unless
    both credit the point and the person's words are known.
    """

    key: str
    human: Verdict
    machine: Verdict
    evidence_right: bool | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One essay: its judgements, the level that a person gave and the range that the machine gave."""

    judgements: tuple[Judgement, ...]
    graded: bool = True
    human_level: int | None = None
    machine_level: LevelRange | None = None


def marked_essay_from_json(values: Mapping[str, Any]) -> MarkedEssay:
    """Read one line of a corpus: {"id", "prompt", "text", "labels", "evidence"?, "level"?}.

    Raises:
        ValueError: with a sentence that says which part is absent or has the wrong form.
    """
    for name in ("id", "prompt", "text"):
        if not isinstance(values.get(name), str):
            raise ValueError(f'"{name}" should be a text in quotes.')
    level = values.get("level")
    if level is not None and (isinstance(level, bool) or not isinstance(level, int)):
        raise ValueError('"level" should be a whole number, or be left out.')
    return MarkedEssay(
        id=values["id"],
        prompt=values["prompt"],
        text=values["text"],
        labels=_labels(values.get("labels")),
        quotes=_quotes(values.get("evidence", {})),
        level=level,
    )


def compare(essay: MarkedEssay, report: ScoreReport | None) -> Comparison:
    """Pair an essay's agreed verdicts with the machine's; `report` is None where it was refused.

    Key points that the machine does not report on count as not found.
    """
    points = {point.key: point for point in report.points} if report else {}
    return Comparison(
        judgements=tuple(_judge(essay, key, points.get(key)) for key in essay.labels),
        graded=report is not None,
        human_level=essay.level,
        machine_level=report.level if report else None,
    )


def _judge(essay: MarkedEssay, key: str, point: PointReport | None) -> Judgement:
    human = essay.labels[key]
    machine = point.verdict if point else Verdict.MISS
    quote = essay.quotes.get(key)
    at = essay.text.find(quote) if quote else -1
    if point is None or not quote or at < 0 or not (CREDIT[human] and CREDIT[machine]):
        return Judgement(key, human, machine)
    return Judgement(key, human, machine, _touches(point.evidence, at, at + len(quote)))


def _touches(spans: tuple[Span, ...], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _labels(values: Any) -> dict[str, Verdict]:
    if not isinstance(values, Mapping) or not values:
        raise ValueError('"labels" should give a verdict for each key point, such as {"g1": "hit"}.')
    try:
        return {str(key): Verdict(verdict) for key, verdict in values.items()}
    except ValueError as error:
        allowed = ", ".join(Verdict)
        raise ValueError(f'A verdict in "labels" is not one of {allowed}: {error}.') from error


def _quotes(values: Any) -> dict[str, str]:
    if not isinstance(values, Mapping):
        raise ValueError('"evidence" should give the words behind a verdict, such as {"g1": "trade grew"}.')
    return {str(key): quote for key, quote in values.items() if isinstance(quote, str)}
