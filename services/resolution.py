"""The resolved score: a fold over the append-only rows of one submission. Pure: no session, no clock.

Rules, in order of weight:
1. A teacher outranks the machine for ever: a later machine row never changes what a teacher decided.
2. Within the teacher's rows, and within the machine's, the later row (by id) counts.
3. A withdrawn verdict or mark is the machine's again.
4. The score is the sum of its visible parts; a teacher's mark for the whole outranks it and both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from grader.feedback import Decision
from grader.levels import indicate_level
from grader.report import Advisory, LevelRange, PointReport, ScoreReport, SideReport, Verdict
from grader.report_json import report_from_json
from grader.rubric import Prompt as Rubric
from grader.tally import tally_marks, tally_sides
from models import PointAction, PointScore, Score, ScoreAction


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a rubric's knowledge an essay has; `share` is score over max_score, 0 to 1."""

    hits: int
    partials: int
    contradicted: int
    points: int
    share: float


@dataclass(frozen=True, slots=True)
class TeacherMark:
    """A teacher's mark for the whole."""

    mark: float
    by: str
    comment: str


@dataclass(frozen=True, slots=True)
class ResolvedScore:
    """What is shown of a submission's marking; `report` is None while it awaits marking.

    `report` holds the resolved verdicts, `machine` what the machine said last; `decisions` are the
    teachers' standing decisions by key-point id; `score` is the sum of the visible parts, in marks.
    """

    report: ScoreReport | None
    machine: ScoreReport | None
    decisions: Mapping[str, Decision]
    teacher_mark: TeacherMark | None
    max_score: float

    @property
    def awaiting(self) -> bool:
        """Whether no scorer has marked the essay yet."""
        return self.report is None

    @property
    def score(self) -> float:
        """The sum of the visible parts, in marks; 0 while awaiting (pages say "awaiting marking")."""
        return self.report.score if self.report else 0.0

    @property
    def mark(self) -> float | None:
        """What counts: the teacher's mark where there is one, else the sum; None while awaiting."""
        if self.teacher_mark:
            return self.teacher_mark.mark
        return self.report.score if self.report else None

    @property
    def points(self) -> tuple[PointReport, ...]:
        """The resolved verdicts, in rubric order."""
        return self.report.points if self.report else ()

    @property
    def sides(self) -> tuple[SideReport, ...]:
        """Coverage by side after resolution."""
        return self.report.sides if self.report else ()

    @property
    def level(self) -> LevelRange | None:
        """The indicative level range; None where a teacher is needed."""
        return self.report.level if self.report else None

    @property
    def advisories(self) -> tuple[Advisory, ...]:
        """Why the score may not be trusted."""
        return self.report.advisories if self.report else ()

    @property
    def coverage(self) -> Coverage | None:
        """The knowledge part in figures; None while awaiting."""
        return _coverage(self.report) if self.report else None

    @property
    def confidence(self) -> float | None:
        """The machine's mean confidence over the key points no teacher has decided; 1 when none is left."""
        if not self.machine:
            return None
        open_points = [p.confidence for p in self.machine.points if p.key not in self.decisions]
        return sum(open_points) / len(open_points) if open_points else 1.0

    @property
    def reviewed(self) -> bool:
        """Whether a teacher has decided every key point or given the whole a mark."""
        every_point = bool(self.points) and all(p.key in self.decisions for p in self.points)
        return every_point or self.teacher_mark is not None


def resolve(rubric: Rubric, rows: Iterable[Score]) -> ResolvedScore:
    """Fold the rows of one submission, in any order, into what is shown."""
    in_order = sorted(rows, key=lambda row: row.id)
    machine = _latest_report(rubric, in_order)
    rulings = _standing_rulings(in_order)
    return ResolvedScore(
        report=_overrule(rubric, machine, rulings) if machine else None,
        machine=machine,
        decisions={key: _decision(machine, ruling) for key, ruling in rulings.items()},
        teacher_mark=_standing_mark(in_order),
        max_score=float(rubric.max_score),
    )


def rubric_order(rubric: Rubric) -> tuple[str, ...]:
    """Return the ids of a rubric's key points in the order of its sides: their numbers count from 1 in it."""
    return tuple(key for side in rubric.sides for key in side.key_points)


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A teacher's standing verdict on one key point."""

    point: PointScore
    by: str


def _latest_report(rubric: Rubric, rows: Iterable[Score]) -> ScoreReport | None:
    latest = None
    for row in rows:
        if row.report is not None:
            latest = row.report
    return _in_rubric_order(rubric, report_from_json(latest)) if latest is not None else None


def _in_rubric_order(rubric: Rubric, report: ScoreReport) -> ScoreReport:
    by_key = {point.key: point for point in report.points}
    return replace(report, points=tuple(by_key[key] for key in rubric_order(rubric) if key in by_key))


def _standing_rulings(rows: Iterable[Score]) -> dict[str, _Ruling]:
    rulings: dict[str, _Ruling] = {}
    for row in rows:
        if row.action == ScoreAction.VERDICTS:
            for point in row.points:
                rulings.pop(point.key, None)
                if point.action != PointAction.WITHDRAWN:
                    rulings[point.key] = _Ruling(point, _name(row))
    return rulings


def _standing_mark(rows: Iterable[Score]) -> TeacherMark | None:
    standing = None
    for row in rows:
        if row.action == ScoreAction.MARK and row.mark is not None:
            standing = TeacherMark(row.mark, _name(row), row.comment)
        elif row.action == ScoreAction.MARK_WITHDRAWN:
            standing = None
    return standing


def _overrule(rubric: Rubric, machine: ScoreReport, rulings: Mapping[str, _Ruling]) -> ScoreReport:
    """Put the teachers' verdicts into the machine's report and add it up again.

    The score is added up even where nobody overruled, so that it always equals the sum of its parts.
    """
    points = tuple(
        _ruled(point, rulings[point.key]) if point.key in rulings else point for point in machine.points
    )
    added_up = replace(
        machine, points=points, sides=tally_sides(rubric, points), score=tally_marks(rubric, points)
    )
    return added_up if points == machine.points else replace(added_up, level=_level(added_up))


def _level(report: ScoreReport) -> LevelRange | None:
    """The range that follows from the teacher's verdicts; a flagged essay still needs a teacher for it."""
    if report.level is None:
        return None
    share = report.score / report.max_score if report.max_score else 0.0
    return indicate_level(share, report.sides, report.signals, report.words)


def _ruled(point: PointReport, ruling: _Ruling) -> PointReport:
    """The machine's evidence stays where it still supports the verdict; a miss has none."""
    verdict = Verdict(ruling.point.verdict)
    credit = ruling.point.credit
    if verdict is point.verdict:
        return replace(point, credit=credit)
    return replace(
        point,
        verdict=verdict,
        credit=credit,
        evidence=() if verdict is Verdict.MISS else point.evidence,
        near_miss=None if verdict is Verdict.HIT else point.near_miss,
        clash=None,
    )


def _decision(machine: ScoreReport | None, ruling: _Ruling) -> Decision:
    said = {point.key: point.verdict for point in machine.points} if machine else {}
    return Decision(
        by=ruling.by,
        verdict=Verdict(ruling.point.verdict),
        machine_verdict=said.get(ruling.point.key),
        reason=ruling.point.reason,
        comment=ruling.point.comment,
    )


def _name(row: Score) -> str:
    return row.rater.display_name if row.rater else "a teacher"


def _coverage(report: ScoreReport) -> Coverage:
    verdicts = [point.verdict for point in report.points]
    return Coverage(
        hits=verdicts.count(Verdict.HIT),
        partials=verdicts.count(Verdict.PARTIAL),
        contradicted=verdicts.count(Verdict.CONTRADICTED),
        points=len(verdicts),
        share=report.score / report.max_score if report.max_score else 0.0,
    )
