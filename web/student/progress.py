"""How a student's attempts at one question follow on each other; no key-point id leaves this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from grader.feedback import FeedbackRow
from grader.report import LevelRange, Verdict
from models import Prompt, Submission
from services.gain import Change, Gain, gain
from services.resolution import Coverage, ResolvedScore
from services.score_log import resolved_scores


@dataclass(frozen=True, slots=True)
class Attempt:
    """One stop on the way: a submission and what came of it; `coverage` is None while awaiting marking."""

    ref: str
    number: int
    words: int
    submitted_at: datetime
    coverage: Coverage | None
    level: LevelRange | None
    teacher_mark: float | None
    max_score: float


@dataclass(frozen=True, slots=True)
class Record:
    """A question and the attempts at it, the first one first."""

    prompt: Prompt
    attempts: tuple[Attempt, ...]

    @property
    def coverages(self) -> tuple[float, ...]:
        """The share of the marks (0 to 1) of each attempt that has been marked."""
        return tuple(attempt.coverage.share for attempt in self.attempts if attempt.coverage)


@dataclass(frozen=True, slots=True)
class Step:
    """A key point from one attempt to the next; `before` is None where the question did not ask for it."""

    number: int
    title: str
    before: Verdict | None
    after: Verdict


@dataclass(frozen=True, slots=True)
class Progress:
    """What a later attempt won, lost and left open, as rows of the later one."""

    won: tuple[Step, ...]
    lost: tuple[Step, ...]
    still_open: tuple[Step, ...]


def records(session: Session, *, submissions: Sequence[Submission]) -> tuple[Record, ...]:
    """Group submissions by question, in the order in which the questions come up in them."""
    resolved = resolved_scores(session, submissions=submissions)
    by_prompt: dict[int, list[Submission]] = {}
    for submission in submissions:
        by_prompt.setdefault(submission.prompt_id, []).append(submission)
    return tuple(_record(group, resolved) for group in by_prompt.values())


def gain_between(session: Session, *, older: Submission, newer: Submission) -> Gain | None:
    """Return what the later attempt won and lost, or None while one of the two awaits marking."""
    resolved = resolved_scores(session, submissions=(older, newer))
    before, after = resolved[older.id], resolved[newer.id]
    return None if before.awaiting or after.awaiting else gain(before, after)


def badges(change: Gain) -> Mapping[int, str]:
    """Return the rows to mark as won or lost, by number."""
    marked = {Change.WON, Change.LOST}
    return {number: kind.value for number, kind in change.numbers.items() if kind in marked}


def progress_between(
    session: Session, *, older: Submission, newer: Submission, rows: Sequence[FeedbackRow]
) -> Progress | None:
    """Return the steps from one attempt to a later one, whose rows as told to the student are `rows`."""
    resolved = resolved_scores(session, submissions=(older, newer))
    before, after = resolved[older.id], resolved[newer.id]
    if before.awaiting or after.awaiting:
        return None
    change = gain(before, after)
    steps = dict(_steps(before, after, rows))
    return Progress(_pick(steps, change.won), _pick(steps, change.lost), _pick(steps, change.still_open))


def _record(group: Sequence[Submission], resolved: Mapping[int, ResolvedScore]) -> Record:
    ordered = sorted(group, key=lambda submission: submission.number)
    return Record(ordered[0].prompt, tuple(attempt_of(each, resolved[each.id]) for each in ordered))


def attempt_of(submission: Submission, resolved: ResolvedScore) -> Attempt:
    """Put a submission and its resolved score into one stop."""
    return Attempt(
        ref=submission.ref,
        number=submission.number,
        words=submission.words,
        submitted_at=submission.submitted_at,
        coverage=resolved.coverage,
        level=resolved.level,
        teacher_mark=resolved.teacher_mark.mark if resolved.teacher_mark else None,
        max_score=resolved.max_score,
    )


def _steps(
    before: ResolvedScore, after: ResolvedScore, rows: Sequence[FeedbackRow]
) -> Iterable[tuple[int, Step]]:
    earlier = {point.key: point.verdict for point in before.points}
    for row, point in zip(rows, after.points, strict=True):
        yield row.number, Step(row.number, row.title, earlier.get(point.key), row.verdict)


def _pick(steps: Mapping[int, Step], numbers: Sequence[int]) -> tuple[Step, ...]:
    return tuple(steps[number] for number in numbers)
