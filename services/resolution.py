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
from grader.report import CREDIT, Advisory, LevelRange, PointReport, ScoreReport, SideReport, Verdict
from grader.report_json import report_from_json
from grader.rubric import Prompt as Rubric
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
    """Fold the rows of one submission into what is shown."""
    raise NotImplementedError


def _coverage(report: ScoreReport) -> Coverage:
    verdicts = [point.verdict for point in report.points]
    return Coverage(
        hits=verdicts.count(Verdict.HIT),
        partials=verdicts.count(Verdict.PARTIAL),
        contradicted=verdicts.count(Verdict.CONTRADICTED),
        points=len(verdicts),
        share=report.score / report.max_score if report.max_score else 0.0,
    )
