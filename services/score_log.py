"""The append-only log of scores, read: the rows of submissions, and what they resolve to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Score, Submission
from services.resolution import ResolvedScore, resolve
from services.rubrics import rubric_of


def rows_of(session: Session, *, submissions: Iterable[Submission]) -> Mapping[int, Sequence[Score]]:
    """Return the rows of each submission by its id, in the order in which they were written."""
    ids = [submission.id for submission in submissions]
    query = select(Score).where(Score.submission_id.in_(ids)).order_by(Score.id)
    rows: dict[int, list[Score]] = defaultdict(list)
    for row in session.scalars(query.options(joinedload(Score.rater))):
        rows[row.submission_id].append(row)
    return rows


def resolved_score(session: Session, *, submission: Submission) -> ResolvedScore:
    """Return what is shown of one submission's marking."""
    return resolved_scores(session, submissions=(submission,))[submission.id]


def resolved_scores(session: Session, *, submissions: Sequence[Submission]) -> Mapping[int, ResolvedScore]:
    """Return what is shown of the marking of several submissions, by their ids, in one query."""
    rows = rows_of(session, submissions=submissions)
    return {
        submission.id: resolve(rubric_of(submission.prompt_version), rows.get(submission.id, ()))
        for submission in submissions
    }
