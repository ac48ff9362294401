"""Stand-ins with behaviour of their own, for what is slow or has to fail on request."""

from __future__ import annotations

from collections.abc import Mapping

from grader.report import PointReport, ScoreReport, Verdict
from models import PromptVersion
from services.rubrics import rubric_of
from services.scoring import Scorer, ScorerSource
from tests.factories import make_report


class FixedScorer:
    """Gives every essay the report it was made with."""

    def __init__(self, report: ScoreReport) -> None:
        self.report = report

    def score(self, essay: str) -> ScoreReport:
        """Return the report."""
        return self.report


class BrokenScorer:
    """Fails on every essay."""

    def score(self, essay: str) -> ScoreReport:
        """Raise what a broken scorer might."""
        raise ZeroDivisionError("nothing to divide by")


def scorers_giving(
    verdicts: Mapping[str, Verdict | PointReport] | None = None, *, signature: str = "recipe-1"
) -> ScorerSource:
    """Return a source of scorers that give these verdicts, whatever the essay says."""

    def source(version: PromptVersion) -> Scorer:
        return FixedScorer(make_report(rubric_of(version), verdicts, signature=signature))

    return source


def broken_scorers(version: PromptVersion) -> Scorer:
    """Be a source of scorers that fail."""
    return BrokenScorer()
