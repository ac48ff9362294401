"""The append-only log of scores, read: the rows of submissions, and what they resolve to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from models import Score, ScoreAction, Submission
from services.resolution import ResolvedScore, resolve
from services.rubrics import rubric_of


def rows_of(session: Session, *, submissions: Iterable[Submission]) -> Mapping[int, Sequence[Score]]:
    """Return the rows of each submission by its id, in the order in which they were written."""
    query = _query_rows(submissions).options(joinedload(Score.rater))
    return _by_submission(session.scalars(query))


def resolved_score(session: Session, *, submission: Submission) -> ResolvedScore:
    """Return what is shown of one submission's marking."""
    return resolved_scores(session, submissions=(submission,))[submission.id]


def resolved_scores(session: Session, *, submissions: Sequence[Submission]) -> Mapping[int, ResolvedScore]:
    """Return what is shown of the marking of several submissions, by their ids, in a few queries."""
    rows = _rows_to_resolve(session, submissions)
    return {
        submission.id: resolve(rubric_of(submission.prompt_version), rows.get(submission.id, ()))
        for submission in submissions
    }


def _rows_to_resolve(session: Session, submissions: Iterable[Submission]) -> Mapping[int, Sequence[Score]]:
    """Return the rows with the points of teachers alone.

    The machine's points stand in its report as well; to load them for a class of forty took two thirds of
    the time of its pages.
    """
    query = _query_rows(submissions).options(joinedload(Score.rater))
    decided = query.where(Score.action == ScoreAction.VERDICTS).options(selectinload(Score.points))
    kept = session.scalars(decided).all()  # as long as these live, the next query finds them as they are
    rows = _by_submission(session.scalars(query.options(lazyload(Score.points))))
    del kept
    return rows


def _query_rows(submissions: Iterable[Submission]) -> Select[Score]:
    ids = [submission.id for submission in submissions]
    return select(Score).where(Score.submission_id.in_(ids)).order_by(Score.id)


def _by_submission(found: Iterable[Score]) -> Mapping[int, Sequence[Score]]:
    rows: dict[int, list[Score]] = defaultdict(list)
    for row in found:
        rows[row.submission_id].append(row)
    return rows
