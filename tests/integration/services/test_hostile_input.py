"""Whatever is typed as an essay or a name is stored as it is or refused with a sentence, in bounded time."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

import prompts
from grader.feedback import Feedback
from models import User
from models.sqlite import tune
from services import accounts, catalogue, drafts, scoring, submissions
from services.demonstration import synthetic_essays
from services.errors import DisplayNameInvalid, EssayTooLong, Refused
from services.feedback import feedback_for
from services.rubrics import rubric_of
from tests.factories import NOON, make_submission
from tests.hostile import Hostile, hostile_inputs
from tests.leaks import Secrets


@pytest.fixture(scope="module")
def synced_file(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """A database with the built-in questions, made once and copied for each test."""
    file = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("synced") / "synced.sqlite3"))
    engine = create_engine(f"sqlite:///{file}")
    with Session(engine) as session:
        catalogue.sync_prompts(session, units=prompts.load_all(), now=NOON)
        session.commit()
    engine.dispose()
    return file


@pytest.fixture
def session(tmp_path: Path, synced_file: Path) -> Iterator[Session]:
    file = shutil.copy(synced_file, tmp_path / "test.sqlite3")
    engine = tune(create_engine(f"sqlite:///{file}"))
    with Session(engine) as session:
        yield session
    engine.dispose()


def practise(session: Session, student: User, slug: str, essay: str) -> Feedback:
    """Save, hand in, score and read the feedback, as a student does."""
    prompt = catalogue.find_prompt(session, slug=slug)
    drafts.save_draft(session, student=student, prompt=prompt, text=essay, plan="", seen_revision=0, now=NOON)
    submission = submissions.submit(
        session,
        student=student,
        prompt=prompt,
        essay=essay,
        submit_key="key",
        now=NOON,
        short_confirmed=True,
    )
    scoring.score_submission(session, submission=submission, now=NOON)
    return feedback_for(session, submission=submission, viewer=student)


def refusal_or_feedback(session: Session, student: User, case: Hostile) -> Refused | Feedback:
    try:
        return practise(session, student, case.prompt, case.text)
    except Refused as refused:
        return refused


@pytest.mark.parametrize("case", hostile_inputs("essay"), ids=lambda case: case.id)
def test_a_hostile_essay_is_marked_or_refused_with_a_sentence(
    session: Session, ada: User, case: Hostile
) -> None:
    scoring.scorer_for(catalogue.find_prompt(session, slug=case.prompt).current_version)
    started = time.perf_counter()
    outcome = refusal_or_feedback(session, ada, case)
    assert time.perf_counter() - started < case.max_seconds
    if isinstance(outcome, Refused):
        assert outcome.message.endswith((".", "?"))
        assert "score n/a" in case.must or isinstance(outcome, EssayTooLong)
    else:
        shown = "".join(segment.text for segment in outcome.segments)
        assert shown.split()[0] in case.text
        assert outcome.next_step


@pytest.mark.parametrize("case", hostile_inputs("student_name"), ids=lambda case: case.id)
def test_a_hostile_name_is_kept_as_text_or_refused_with_a_sentence(case: Hostile) -> None:
    name: str | DisplayNameInvalid
    try:
        name = accounts.read_display_name(case.text)
    except DisplayNameInvalid as refused:
        name = refused
    assert isinstance(name, DisplayNameInvalid) or name == " ".join(case.text.split())


def test_feedback_on_a_draft_gives_no_key_point_away(session: Session, ada: User) -> None:
    leaked = {}
    for essay in synthetic_essays("khrushchev"):
        prompt = catalogue.find_prompt(session, slug=essay.prompt)
        submission = make_submission(session, ada, prompt, essay=essay.text)
        scoring.score_submission(session, submission=submission, now=NOON)
        feedback = feedback_for(session, submission=submission, viewer=ada)
        secrets = Secrets.of(rubric_of(submission.prompt_version))
        leaked[essay.id] = secrets.found_in(repr(feedback), written=essay.text)
    assert set(leaked.values()) == {()}
