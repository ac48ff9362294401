"""The class map: key points down, students across, each student's latest attempt at one question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from grader.feedback.wording import quote
from grader.report import PointReport, Verdict
from models import Classroom, Prompt, Submission
from services.resolution import ResolvedScore, rubric_order
from services.review_queue import labels_of, latest_ids, submissions_of
from services.rubrics import rubric_of
from services.score_log import resolved_scores


class StudentSort(StrEnum):
    """The order of the columns."""

    NAME = "name"
    SCORE = "score"  # the highest first


class PointSort(StrEnum):
    """The order of the rows."""

    RUBRIC = "rubric"
    OPEN = "open"  # what most students have still open first


@dataclass(frozen=True, slots=True)
class MapStudent:
    """A column: one student's latest attempt, with its total in marks; None while it awaits marking."""

    ref: str
    name: str
    label: str
    number: int
    score: float | None
    max_score: float
    hits: int
    partials: int


@dataclass(frozen=True, slots=True)
class MapCell:
    """What one essay does with one key point; `verdict` is None while the essay awaits marking.

    `quote` is the sentence behind the verdict, or the near miss.
    """

    ref: str
    verdict: Verdict | None
    quote: str = ""
    decided: bool = False


@dataclass(frozen=True, slots=True)
class MapRow:
    """A key point and what each student does with it, in the order of the columns."""

    number: int
    key: str
    text: str
    side: str
    cells: tuple[MapCell, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many essays have this verdict on the key point."""
        return sum(cell.verdict is verdict for cell in self.cells)

    @property
    def hits(self) -> int:
        """How many essays make the point."""
        return self.count(Verdict.HIT)

    @property
    def partials(self) -> int:
        """How many make part of it."""
        return self.count(Verdict.PARTIAL)

    @property
    def contradicted(self) -> int:
        """How many differ from the notes here."""
        return self.count(Verdict.CONTRADICTED)

    @property
    def misses(self) -> int:
        """In how many it was not found."""
        return self.count(Verdict.MISS)


@dataclass(frozen=True, slots=True)
class ClassMap:
    """The whole map of one question in one class."""

    slug: str
    question: str
    students: tuple[MapStudent, ...]
    rows: tuple[MapRow, ...]

    @property
    def mean_score(self) -> float | None:
        """The mean total of the essays that have been marked, in marks."""
        scores = [student.score for student in self.students if student.score is not None]
        return sum(scores) / len(scores) if scores else None


def class_map(
    session: Session,
    *,
    classroom: Classroom,
    prompt: Prompt,
    students: StudentSort = StudentSort.NAME,
    points: PointSort = PointSort.RUBRIC,
) -> ClassMap:
    """Return the map of a question in a class, on the question's current wording.

    Essays written to an earlier version are matched by key-point id.
    """
    columns = _columns(session, classroom, prompt)
    columns.sort(key=_STUDENT_KEYS[students])
    rows = sorted(_rows(prompt, columns), key=_POINT_KEYS[points])
    return ClassMap(
        slug=prompt.slug,
        question=prompt.question,
        students=tuple(column.student for column in columns),
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    student: MapStudent
    submission: Submission
    resolved: ResolvedScore


def _columns(session: Session, classroom: Classroom, prompt: Prompt) -> list[_Column]:
    submissions = submissions_of(session, classroom=classroom, prompt=prompt)
    latest, labels = latest_ids(submissions), labels_of(session, classroom=classroom)
    chosen = [submission for submission in submissions if submission.id in latest]
    resolved = resolved_scores(session, submissions=chosen)
    return [_column(s, resolved[s.id], labels[s.student_id]) for s in chosen]


def _column(submission: Submission, resolved: ResolvedScore, label: str) -> _Column:
    coverage = resolved.coverage
    student = MapStudent(
        ref=submission.ref,
        name=submission.student.display_name,
        label=label,
        number=submission.number,
        score=resolved.mark,
        max_score=resolved.max_score,
        hits=coverage.hits if coverage else 0,
        partials=coverage.partials if coverage else 0,
    )
    return _Column(student, submission, resolved)


def _rows(prompt: Prompt, columns: Sequence[_Column]) -> Iterator[MapRow]:
    rubric = rubric_of(prompt.current_version)
    found = [{point.key: point for point in column.resolved.points} for column in columns]
    for number, key in enumerate(rubric_order(rubric), start=1):
        yield MapRow(
            number=number,
            key=key,
            text=rubric.key_point(key).text,
            side=rubric.side_of(key),
            cells=tuple(
                _cell(column, points.get(key)) for column, points in zip(columns, found, strict=True)
            ),
        )


def _cell(column: _Column, point: PointReport | None) -> MapCell:
    ref = column.submission.ref
    if point is None:
        return MapCell(ref, None)
    near = (point.near_miss.span,) if point.near_miss else ()
    spans = point.evidence or near
    text = " … ".join(quote(column.submission.essay[span.start : span.end]) for span in spans)
    return MapCell(ref, point.verdict, text, decided=point.key in column.resolved.decisions)


_STUDENT_KEYS: dict[StudentSort, Callable[[_Column], Any]] = {
    StudentSort.NAME: lambda column: (column.student.name.casefold(), column.submission.student_id),
    StudentSort.SCORE: lambda column: (
        column.student.score is None,
        -(column.student.score or 0.0),
        column.student.name.casefold(),
    ),
}

_POINT_KEYS: dict[PointSort, Callable[[MapRow], Any]] = {
    PointSort.RUBRIC: lambda row: row.number,
    PointSort.OPEN: lambda row: (row.hits + row.partials / 2, row.number),
}
