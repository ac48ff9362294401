"""`markscheme calibrations`: from reviewed essays to what marks, one deliberate step at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.report import Verdict
from services import catalogue, review, scoring
from services.rubrics import rubric_of
from tests.factories import NOON, make_class, make_student, make_submission, make_teacher
from tests.fakes import scorers_giving
from web.cli import cli
from web.cli.service import opened
from web.extensions import db

SLUG = "economic-reforms-impact"
KEY = "g2-working-conditions"
SAID = "For the man at the lathe the factory gate opened sooner on a Saturday, and his wallet hardly felt it."
UNSAID = "Khrushchev's reforms of the Soviet economy have been argued over ever since, and opinions differ."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["calibrations", *arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with tables and questions."""
    monkeypatch.setenv("MARKSCHEME_DATA_FOLDER", str(tmp_path))
    monkeypatch.delenv("MARKSCHEME_DATABASE_URL", raising=False)
    monkeypatch.setenv("MARKSCHEME_LOG_LEVEL", "error")
    assert CliRunner().invoke(cli, ["sync"]).exit_code == 0
    return tmp_path


@pytest.fixture
def reviewed(folder: Path) -> None:
    """Ten synthetic essays that a teacher reviewed: she sees a point where the scorer does not."""
    with opened():
        session = db.session
        prompt = catalogue.find_prompt(session, slug=SLUG)
        teacher = make_teacher(session, "ms_cole")
        classroom = make_class(session, teacher)
        keys = [point.id for point in rubric_of(prompt.current_version).key_points]
        for number in range(10):
            student = make_student(session, f"student-{number}")
            essay = SAID if number % 2 else UNSAID
            submission = make_submission(session, student, prompt, essay=essay)
            submission.classroom_id = classroom.id
            scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers_giving())
            for key in keys:
                seen = key == KEY and number % 2
                review.decide_point(
                    session, submission=submission, teacher=teacher, key=key, now=NOON, reason="So it is.",
                    verdict=Verdict.HIT if seen else Verdict.MISS,
                )  # fmt: skip
        session.commit()


@pytest.mark.usefixtures("reviewed")
def test_what_teachers_decided_is_fitted_listed_put_in_force_and_retired() -> None:
    fitted = run("fit", SLUG)
    assert fitted.exit_code == 0, fitted.output
    assert "inactive  10 essays, kappa" in fitted.stdout
    assert "calibrations activate 1" in fitted.stdout
    assert "in force" in run("activate", "1").stdout
    assert "1.000 fitted" in run("list", SLUG).stdout
    assert run("retire", "1").exit_code == 0
    assert "retired" in run("list", SLUG).stdout
    again = run("retire", "1")
    assert (again.exit_code, "not in force" in again.stderr) == (1, True)


@pytest.mark.usefixtures("folder")
def test_without_reviews_there_is_nothing_to_learn_from() -> None:
    refused = run("fit", SLUG)
    assert (refused.exit_code, "takes at least 5" in refused.stderr) == (1, True)
    assert "Nothing has been fitted yet" in run("list", SLUG).stdout


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [("fit", "no-such-question"), ("activate", "7"), ("retire", "7")])
def test_what_is_not_there_is_named(arguments: tuple[str, str]) -> None:
    refused = run(*arguments)
    assert refused.exit_code == 1
    assert "There is no" in refused.stderr
