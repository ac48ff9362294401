"""Score submissions with the machine: append a row with its report, or leave the essay awaiting marking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from grader.calibration.reading import calibration_from_json
from grader.errors import CalibrationError
from grader.report import PointReport, ScoreReport, Span
from grader.report_json import report_to_json
from grader.rubric import Prompt as Rubric
from models import PointAction, PointScore, PromptVersion, Score, ScoreAction, Submission
from prompts import shipped_calibration
from services import calibrations
from services.errors import ScoringFailed
from services.rubrics import Keyed, rubric_of


class Scorer(Protocol):
    """What marks an essay: `grader.scorer.KeyPointScorer`, or a test's own."""

    def score(self, essay: str) -> ScoreReport:
        """Return the report on one essay."""
        ...


ScorerSource = Callable[[PromptVersion], Scorer]
"""Where the scorer of a version comes from."""

_KEPT = 64
"""Scorers kept in memory; one takes well under a megabyte and up to 50 ms to build."""


def scorer_for(version: PromptVersion) -> Scorer:
    """Return the scorer of a version, with the calibration in force for it; kept once built."""
    learnt = calibrations.parameters_for(version)
    if learnt is None:
        return _build(Keyed(version.content_hash, (rubric_of(version), None)))
    fingerprint, parameters = learnt
    return _build(Keyed(f"{version.content_hash} {fingerprint}", (rubric_of(version), parameters)))


def score_submission(
    session: Session, *, submission: Submission, now: datetime, scorers: ScorerSource = scorer_for
) -> Score:
    """Score a stored submission; the same recipe again returns the row that is there.

    Raises: ScoringFailed, and then the submission is still awaiting marking.
    """
    report = mark(submission, scorers=scorers)
    return store_report(session, submission=submission, report=report, now=now)


def mark(submission: Submission, *, scorers: ScorerSource = scorer_for) -> ScoreReport:
    """Let the machine mark an essay; nothing is stored. Raises: ScoringFailed."""
    try:
        return scorers(submission.prompt_version).score(submission.essay)
    except SQLAlchemyError:  # the database fails, not the scorer
        raise
    except Exception as error:  # whatever breaks a scorer, the essay is safe and stays waiting
        raise ScoringFailed(f"{type(error).__name__}: {error}") from error


def store_report(session: Session, *, submission: Submission, report: ScoreReport, now: datetime) -> Score:
    """Append what the machine said of a submission; the same recipe again returns the row that is there."""
    earlier = _by_signature(session, submission, report.signature)
    if earlier:
        return earlier
    row = _machine_row(submission, report, now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another transaction stored the same recipe's score a moment ago
        earlier = _by_signature(session, submission, report.signature)
        if earlier is None:
            raise
        return earlier
    return row


def pending(
    session: Session, *, limit: int = 100, besides: Collection[int] = (), before: datetime | None = None
) -> Sequence[Submission]:
    """Return submissions that no machine has scored yet, the oldest first.

    `besides` are ids to leave out; with `before`, only what was handed in earlier.
    """
    query = select(Submission).where(_unscored(), Submission.id.not_in(besides))
    if before is not None:
        query = query.where(Submission.submitted_at < before)
    return session.scalars(query.order_by(Submission.submitted_at, Submission.id).limit(limit)).all()


def queue_of_unscored(session: Session) -> tuple[int, datetime | None]:
    """Return how many submissions no machine has scored yet, and when the oldest was handed in."""
    query = select(func.count(), func.min(Submission.submitted_at)).where(_unscored())
    count, oldest = session.execute(query).one()
    return count, oldest


def _unscored() -> ColumnElement[bool]:
    scored = select(Score.id).where(Score.submission_id == Submission.id, Score.signature.is_not(None))
    return ~scored.exists()


@lru_cache(maxsize=_KEPT)
def _build(recipe: Keyed[tuple[Rubric, dict[str, Any] | None]]) -> Scorer:
    from grader.scorer import KeyPointScorer  # its libraries take most of a second to import

    rubric, parameters = recipe.value
    shipped = shipped_calibration(rubric)
    if parameters is None:
        return KeyPointScorer(rubric, calibration=shipped)
    try:
        learnt = calibration_from_json(parameters, structure_hash=rubric.structure_hash)
        return KeyPointScorer(rubric, calibration=learnt)
    except CalibrationError:  # fitted for an earlier scorer: better as shipped than not at all
        return KeyPointScorer(rubric, calibration=shipped)


def _by_signature(session: Session, submission: Submission, signature: str) -> Score | None:
    query = select(Score).where(Score.submission_id == submission.id, Score.signature == signature)
    return session.scalar(query)


def _machine_row(submission: Submission, report: ScoreReport, now: datetime) -> Score:
    return Score(
        submission_id=submission.id,
        action=ScoreAction.SCORED,
        signature=report.signature,
        mark=report.score,
        max_score=report.max_score,
        report=report_to_json(report),
        created_at=now,
        points=[_point_row(point) for point in report.points],
    )


def _point_row(point: PointReport) -> PointScore:
    return PointScore(
        key=point.key,
        action=PointAction.SCORED,
        verdict=point.verdict,
        credit=point.credit,
        confidence=point.confidence,
        evidence=spans_to_json(point.evidence),
    )


def spans_to_json(spans: Sequence[Span]) -> list[Any]:
    """Return spans as they stand in a row."""
    return [{"start": span.start, "end": span.end} for span in spans]
