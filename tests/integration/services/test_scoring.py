"""Scoring appends a row with its recipe; a scorer that fails leaves the essay awaiting marking."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

import prompts
from grader.report import Verdict
from models import Prompt, User
from services import catalogue, scoring
from services.demonstration import synthetic_essays
from services.errors import ScoringFailed
from services.score_log import resolved_score, rows_of
from tests.factories import NOON, make_submission
from tests.fakes import broken_scorers, scorers_giving


def test_a_score_carries_its_recipe_its_report_and_its_points(
    session: Session, ada: User, prompt: Prompt
) -> None:
    submission = make_submission(session, ada, prompt)
    scorers = scorers_giving({"a-point": Verdict.HIT, "d-point": Verdict.PARTIAL})
    row = scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers)
    assert (row.signature, row.mark, row.max_score, row.rater) == ("recipe-1", 2.0, 5.0, None)
    assert (row.points[0].key, row.points[0].verdict) == ("a-point", "hit")
    assert resolved_score(session, submission=submission).score == 2.0


def test_the_same_recipe_again_is_the_same_row(session: Session, ada: User, prompt: Prompt) -> None:
    submission = make_submission(session, ada, prompt)
    first, again = (
        scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers_giving())
        for _ in range(2)
    )
    assert first is again


def test_another_recipe_appends_a_row_and_keeps_the_first(
    session: Session, ada: User, prompt: Prompt
) -> None:
    submission = make_submission(session, ada, prompt)
    for signature, verdict in (("recipe-1", Verdict.HIT), ("recipe-2", Verdict.MISS)):
        scorers = scorers_giving({"a-point": verdict}, signature=signature)
        scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers)
    rows = rows_of(session, submissions=(submission,))[submission.id]
    assert [(row.signature, row.mark) for row in rows] == [("recipe-1", 1.0), ("recipe-2", 0.0)]
    assert resolved_score(session, submission=submission).score == 0.0


def test_a_scorer_that_fails_leaves_the_essay_awaiting_marking(
    session: Session, ada: User, prompt: Prompt
) -> None:
    submission = make_submission(session, ada, prompt)
    with pytest.raises(ScoringFailed, match="Your essay is safe") as failure:
        scoring.score_submission(session, submission=submission, now=NOON, scorers=broken_scorers)
    assert failure.value.reason == "ZeroDivisionError: nothing to divide by"
    assert resolved_score(session, submission=submission).awaiting
    assert list(scoring.pending(session)) == [submission]


def test_what_waits_is_finished_later_the_oldest_first(
    session: Session, ada: User, ben: User, prompt: Prompt
) -> None:
    first, second = make_submission(session, ada, prompt), make_submission(session, ben, prompt)
    assert list(scoring.pending(session, limit=1)) == [first]
    scoring.score_submission(session, submission=first, now=NOON, scorers=scorers_giving())
    assert list(scoring.pending(session)) == [second]


def test_the_built_in_scorer_marks_a_synthetic_essay(session: Session, ada: User) -> None:
    catalogue.sync_prompts(session, units=prompts.load_all(), now=NOON)
    essay = max(synthetic_essays("khrushchev"), key=lambda essay: essay.level)
    prompt = catalogue.find_prompt(session, slug=essay.prompt)
    submission = make_submission(session, ada, prompt, essay=essay.text)
    row = scoring.score_submission(session, submission=submission, now=NOON)
    resolved = resolved_score(session, submission=submission)
    assert row.signature
    assert resolved.score == pytest.approx(row.mark)
    assert resolved.coverage is not None
    assert resolved.coverage.share > 0.5


def test_a_scorer_is_built_once_for_each_version(session: Session, prompt: Prompt) -> None:
    version = prompt.current_version
    assert scoring.scorer_for(version) is scoring.scorer_for(version)
