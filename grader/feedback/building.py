"""From a resolved report to feedback at one stage of disclosure. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.feedback import (
    MACHINE,
    ArithmeticLine,
    Audience,
    Decision,
    Feedback,
    FeedbackRow,
    FeedbackSide,
    Paragraph,
    SegmentKind,
    SetAsideNote,
    Stage,
)
from grader.feedback.next_step import next_step
from grader.feedback.segments import Highlight, cut_paragraphs
from grader.feedback.wording import NOT_MARKED, SHORT_QUOTE, explain, join_words, quote, say_clash, typeset
from grader.report import PointReport, ScoreReport, SetAside, SideReport, Span, Verdict
from grader.rubric import AnyGroup, Prompt


@dataclass(frozen=True, slots=True)
class Marking:
    """An essay and all that is known of its marking; `report` is None while it awaits marking.

    `decisions` are the teachers' standing decisions by key-point id.
    """

    prompt: Prompt
    essay: str
    words: int
    report: ScoreReport | None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    teacher_mark: float | None = None
    mark_by: str = ""
    comment: str = ""


def build_feedback(marking: Marking, stage: Stage, *, audience: Audience = Audience.STUDENT) -> Feedback:
    """Tell a marking to a student, or to a teacher (with key-point ids and confidence).

    Raises:
        ValueError: at the stage "before" there is no feedback to give.
    """
    if stage is Stage.BEFORE:
        raise ValueError("before the first submission there is no feedback")
    if marking.report is None:
        return _awaiting(marking, stage)
    return _told(marking, marking.report, stage, audience)


def _awaiting(marking: Marking, stage: Stage) -> Feedback:
    return Feedback(
        stage=stage,
        awaiting=True,
        words=marking.words,
        paragraphs=cut_paragraphs(marking.essay, ()),
        max_score=marking.prompt.max_score,
        teacher_mark=marking.teacher_mark,
        mark_by=marking.mark_by,
        comment=marking.comment,
    )


def _told(marking: Marking, report: ScoreReport, stage: Stage, audience: Audience) -> Feedback:
    rows = tuple(_rows(marking, report, stage, audience))
    verdicts = [row.verdict for row in rows]
    return Feedback(
        stage=stage,
        awaiting=False,
        words=marking.words,
        paragraphs=_paragraphs(marking.essay, report),
        score=report.score,
        max_score=report.max_score,
        teacher_mark=marking.teacher_mark,
        mark_by=marking.mark_by,
        comment=marking.comment,
        hits=verdicts.count(Verdict.HIT),
        partials=verdicts.count(Verdict.PARTIAL),
        contradicted=verdicts.count(Verdict.CONTRADICTED),
        points=len(rows),
        sides=tuple(_side(side) for side in report.sides),
        rows=rows,
        signals=report.signals,
        level=report.level,
        level_reasons=report.level.reasons if report.level else (),
        advisories=report.advisories,
        set_aside=tuple(_set_aside_notes(marking.essay, report)),
        arithmetic=tuple(_arithmetic(marking.prompt, report)),
        next_step=next_step(marking.prompt, report, rows),
    )


def _rows(marking: Marking, report: ScoreReport, stage: Stage, audience: Audience) -> Iterator[FeedbackRow]:
    for number, point in enumerate(report.points, start=1):
        yield _row(number, marking, point, stage, audience)


def _row(number: int, marking: Marking, point: PointReport, stage: Stage, audience: Audience) -> FeedbackRow:
    prompt, revealed = marking.prompt, stage is Stage.REVEALED
    for_teacher = audience is Audience.TEACHER
    key_point, decision = prompt.key_point(point.key), marking.decisions.get(point.key)
    card, marks = prompt.card(key_point.card), float(prompt.marks[point.key])
    decided_by = decision.by if decision else MACHINE
    return FeedbackRow(
        number=number,
        side=prompt.side_of(point.key),
        verdict=point.verdict,
        title=typeset(key_point.text if revealed else key_point.hint),
        made_sentence=" … ".join(quote(marking.essay[s.start : s.end]) for s in point.evidence),
        explanation=explain(point, decided_by, audience),
        near_miss=_near_passage(marking.essay, point),
        lacks=tuple(map(typeset, point.near_miss.lacks)) if point.near_miss else (),
        clash=say_clash(point.clash, audience) if point.verdict is Verdict.CONTRADICTED else "",
        card_number=card.number,
        card_title=typeset(card.title),
        card_line=typeset(card.lines[key_point.line - 1]) if revealed else "",
        marks=marks,
        earned=marks * point.credit,
        decided_by=decided_by,
        machine_verdict=decision.machine_verdict if decision else None,
        reason=decision.reason if decision else "",
        comment=decision.comment if decision else "",
        confidence=point.confidence if for_teacher else None,
        key=point.key if for_teacher else "",
    )


def _near_passage(essay: str, point: PointReport) -> str:
    """The passage of a near miss; for a half point it is the evidence itself, which is quoted already."""
    near = point.near_miss
    return quote(essay[near.span.start : near.span.end]) if near and point.verdict is Verdict.MISS else ""


def _side(side: SideReport) -> FeedbackSide:
    return FeedbackSide(side.name, side.hits, side.partials, side.contradicted, side.points, side.coverage)


def _paragraphs(essay: str, report: ScoreReport) -> tuple[Paragraph, ...]:
    return cut_paragraphs(essay, [*_highlights(report), *_set_aside(report)])


_KINDS = {
    Verdict.HIT: SegmentKind.EVIDENCE,
    Verdict.PARTIAL: SegmentKind.PART,
    Verdict.CONTRADICTED: SegmentKind.CLASH,
}


def _highlights(report: ScoreReport) -> Iterator[Highlight]:
    for number, point in enumerate(report.points, start=1):
        for span in point.evidence if point.verdict in _KINDS else ():
            yield Highlight(span, _KINDS[point.verdict], number)
        if point.near_miss and point.verdict is Verdict.MISS:
            yield Highlight(point.near_miss.span, SegmentKind.NEAR, number)


def _set_aside(report: ScoreReport) -> Iterator[Highlight]:
    for passage in report.set_aside:
        span = Span(passage.start, passage.end)
        yield Highlight(span, SegmentKind.PLAIN, set_aside=passage.code or "other")


def _set_aside_notes(essay: str, report: ScoreReport) -> Iterator[SetAsideNote]:
    """Yield one note for each reason, in the order in which the essay gives cause for it."""
    alike: dict[str, list[SetAside]] = {}
    for passage in report.set_aside:
        alike.setdefault(passage.message, []).append(passage)
    for message, passages in alike.items():
        quoted = quote(essay[passages[0].start : passages[0].end], SHORT_QUOTE)
        yield SetAsideNote(message or NOT_MARKED, quoted, len(passages) - 1)


def _arithmetic(prompt: Prompt, report: ScoreReport) -> Iterator[ArithmeticLine]:
    """One line a side, then one for each any-N group that takes something away again."""
    credits = {point.key: point.credit for point in report.points}
    numbers = {point.key: number for number, point in enumerate(report.points, start=1)}
    for side, tally in zip(prompt.sides, report.sides, strict=True):
        earned = sum(prompt.marks[key] * credits.get(key, 0.0) for key in side.key_points)
        yield ArithmeticLine(_side_label(tally), earned)
    for group in prompt.any_groups:
        surplus = _surplus(prompt, group, credits)
        if surplus:
            listed = join_words([str(numbers[key]) for key in group.key_points if key in numbers])
            yield ArithmeticLine(f"only the best {group.count} of points {listed} count", -surplus)


def _side_label(tally: SideReport) -> str:
    parts = [f"{tally.hits} made"] + ([f"{tally.partials} in part"] if tally.partials else [])
    return f"{tally.name}: {join_words(parts)} of {tally.points}"


def _surplus(prompt: Prompt, group: AnyGroup, credits: Mapping[str, float]) -> float:
    earned: Sequence[float] = sorted(
        (prompt.marks[key] * credits.get(key, 0.0) for key in group.key_points), reverse=True
    )
    return sum(earned[group.count :])
