"""What waits for a teacher: the submissions of a class, and every row behind one submission's score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from grader.report import Advisory, LevelRange, Verdict
from models import Classroom, Prompt, Score, Submission
from services.resolution import Coverage, ResolvedScore, rubric_order
from services.rubrics import rubric_of
from services.score_log import resolved_scores, rows_of


class QueueSort(StrEnum):
    """What a class's submissions can be sorted by."""

    QUESTION = "question"
    DATE = "date"  # the newest first
    CONFIDENCE = "confidence"  # the least sure first
    ADVISORY = "advisory"  # the most advisories first
    STUDENT = "student"


class ReviewState(StrEnum):
    """How far a teacher has come with a submission."""

    AWAITING = "awaiting"  # no scorer has marked it yet
    TO_REVIEW = "to-review"
    BEGUN = "begun"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A submission as the class page lists it; `label` stands in for the name while names are hidden.

    `score` and `mark` are in marks (`mark` is what counts); `confidence` is the machine's mean over what
    is undecided, 0 to 1; `latest` marks the student's last attempt at the question.
    """

    ref: str
    student: str
    label: str
    slug: str
    question: str
    number: int
    latest: bool
    submitted_at: datetime
    words: int
    state: ReviewState
    score: float
    max_score: float
    mark: float | None
    coverage: Coverage | None
    level: LevelRange | None
    confidence: float | None
    advisories: tuple[Advisory, ...]
    decided: int
    points: int


@dataclass(frozen=True, slots=True)
class PointRow:
    """A verdict on one key point as one act gave it; `number` counts from 1 in rubric order."""

    number: int
    key: str
    verdict: Verdict
    action: str
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One act on a submission's score: when, by whom ("machine" or a name), what and why."""

    at: datetime
    by: str
    action: str
    signature: str
    mark: float | None
    max_score: float
    comment: str
    points: tuple[PointRow, ...]


def queue(
    session: Session,
    *,
    classroom: Classroom,
    sort: QueueSort = QueueSort.DATE,
    prompt: Prompt | None = None,
    latest_only: bool = False,
) -> tuple[QueueRow, ...]:
    """Return the submissions of a class, sorted; ties are broken by date, the newest first."""
    submissions = submissions_of(session, classroom=classroom, prompt=prompt)
    resolved = resolved_scores(session, submissions=submissions)
    latest, labels = latest_ids(submissions), labels_of(session, classroom=classroom)
    rows = [
        _queue_row(s, resolved[s.id], labels[s.student_id], latest=s.id in latest)
        for s in submissions
        if s.id in latest or not latest_only
    ]
    rows.sort(key=lambda row: row.submitted_at, reverse=True)
    return tuple(sorted(rows, key=_SORT_KEYS[sort]))


def submissions_of(
    session: Session, *, classroom: Classroom, prompt: Prompt | None = None
) -> Sequence[Submission]:
    """Return what was handed in to a class, the first one first."""
    query = select(Submission).where(Submission.classroom_id == classroom.id)
    if prompt is not None:
        query = query.where(Submission.prompt_id == prompt.id)
    # Many essays share a version, whose body is long: it is read once, not beside each of them.
    query = query.options(
        joinedload(Submission.student), joinedload(Submission.prompt), selectinload(Submission.prompt_version)
    )
    return session.scalars(query.order_by(Submission.submitted_at, Submission.id)).all()


def latest_ids(submissions: Sequence[Submission]) -> frozenset[int]:
    """Return the ids of each student's last attempt at each question."""
    latest: dict[tuple[int, int], Submission] = {}
    for submission in sorted(submissions, key=lambda s: s.number):
        latest[submission.student_id, submission.prompt_id] = submission
    return frozenset(submission.id for submission in latest.values())


def labels_of(session: Session, *, classroom: Classroom) -> dict[int, str]:
    """Return a stand-in for each student's name, "Student 1": the same on every page of the class."""
    query = select(Submission.student_id).where(Submission.classroom_id == classroom.id).distinct()
    students = session.scalars(query.order_by(Submission.student_id)).all()
    return {student: f"Student {number}" for number, student in enumerate(students, start=1)}


def rows(session: Session, *, submission: Submission) -> tuple[ScoreRow, ...]:
    """Return every row of a submission's score, in the order in which they were written."""
    order = rubric_order(rubric_of(submission.prompt_version))
    numbers = {key: number for number, key in enumerate(order, start=1)}
    written = rows_of(session, submissions=(submission,)).get(submission.id, ())
    return tuple(_score_row(row, numbers) for row in written)


def _queue_row(submission: Submission, resolved: ResolvedScore, label: str, *, latest: bool) -> QueueRow:
    return QueueRow(
        ref=submission.ref,
        student=submission.student.display_name,
        label=label,
        slug=submission.prompt.slug,
        question=submission.prompt.question,
        number=submission.number,
        latest=latest,
        submitted_at=submission.submitted_at,
        words=submission.words,
        state=review_state(resolved),
        score=resolved.score,
        max_score=resolved.max_score,
        mark=resolved.mark,
        coverage=resolved.coverage,
        level=resolved.level,
        confidence=resolved.confidence,
        advisories=resolved.advisories,
        decided=len(resolved.decisions),
        points=len(resolved.points),
    )


def review_state(resolved: ResolvedScore) -> ReviewState:
    """Return how far a teacher has come with a submission."""
    if resolved.reviewed:
        return ReviewState.REVIEWED
    if resolved.awaiting:
        return ReviewState.AWAITING
    return ReviewState.BEGUN if resolved.decisions else ReviewState.TO_REVIEW


_SORT_KEYS: dict[QueueSort, Callable[[QueueRow], Any]] = {
    QueueSort.QUESTION: lambda row: (row.question, row.student.casefold(), row.number),
    QueueSort.DATE: lambda row: -row.submitted_at.timestamp(),
    QueueSort.CONFIDENCE: lambda row: -1.0 if row.confidence is None else row.confidence,
    QueueSort.ADVISORY: lambda row: -len(row.advisories),
    QueueSort.STUDENT: lambda row: (row.student.casefold(), row.label, row.question, row.number),
}


def _score_row(row: Score, numbers: dict[str, int]) -> ScoreRow:
    return ScoreRow(
        at=row.created_at,
        by=row.rater.display_name if row.rater else "machine",
        action=row.action,
        signature=row.signature or "",
        mark=row.mark,
        max_score=row.max_score,
        comment=row.comment,
        points=tuple(sorted(_point_rows(row, numbers), key=lambda point: point.number)),
    )


def _point_rows(row: Score, numbers: dict[str, int]) -> Iterator[PointRow]:
    for point in row.points:
        number = numbers.get(point.key, 0)
        yield PointRow(number, point.key, Verdict(point.verdict), point.action, point.reason, point.comment)
