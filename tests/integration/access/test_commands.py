"""The commands for a person's data and for retention, on a database of their own."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from models import Submission, User
from models.sqlite import tune
from services import accounts, catalogue
from tests.factories import make_submission
from tests.integration.web.practice import ESSAY, SLUG
from web import clock
from web.cli import cli


@pytest.fixture
def file(tmp_path: Path, prepared_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The service's database: an essay of ada's from long ago, and a guest's from longer ago."""
    monkeypatch.setenv("MARKSCHEME_DATA_FOLDER", str(tmp_path))
    file = Path(shutil.copy(prepared_file, tmp_path / "markscheme.sqlite3"))
    with opened(file) as session:
        guest = accounts.create_guest(session, now=clock.now() - timedelta(days=400))
        prompt = catalogue.find_prompt(session, slug=SLUG)
        ada = session.scalars(select(User).where(User.username == "ada")).one()
        ben = session.scalars(select(User).where(User.username == "ben")).one()
        for user, days in ((ada, 100), (guest, 300), (ben, 1)):
            make_submission(session, user, prompt, essay=ESSAY, now=clock.now() - timedelta(days=days))
        for user in (ada, ben):
            user.created_at = clock.now() - timedelta(days=500)
        session.commit()
    return file


def opened(file: Path) -> Session:
    return Session(tune(create_engine(f"sqlite:///{file}")))


def command(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def names(file: Path) -> set[str]:
    with opened(file) as session:
        return {"guest" if user.guest else user.username for user in session.scalars(select(User))}


def test_retention_shows_and_changes_nothing(file: Path) -> None:
    said = command("retention")
    assert said.exit_code == 0, said.output
    assert "Students: never" in said.output
    assert "1 people would be erased now" in said.output
    assert "guest guest-" in said.output
    assert "guest" in names(file)


def test_retention_erases_whose_time_is_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKSCHEME_KEEP_DAYS", "90")
    assert "student ada: 1 essays" in command("retention").output
    assert "Erased: 1 guests, 1 students, 2 essays." in command("retention", "--apply").output
    assert names(file) == {"ben", "ms_cole", "mr_drew"}
    with opened(file) as session:
        assert len(session.scalars(select(Submission)).all()) == 1


def test_a_persons_data_is_printed(file: Path) -> None:
    said = command("export-person", "ada")
    assert said.exit_code == 0, said.output
    assert json.loads(said.stdout)["essays"][0]["essay"] == ESSAY


def test_a_persons_data_is_written_to_a_file(file: Path, tmp_path: Path) -> None:
    assert command("export-person", "ada", "--to", str(tmp_path / "ada.json")).exit_code == 0
    assert json.loads((tmp_path / "ada.json").read_text(encoding="utf-8"))["account"]["user name"] == "ada"


def test_erasing_asks_first(file: Path) -> None:
    assert CliRunner().invoke(cli, ["erase", "ada"], input="n\n").exit_code == 1
    assert "ada" in names(file)
    assert "Erased: ada, with 1 essays and 0 drafts." in command("erase", "ada", "--yes").output
    assert "ada" not in names(file)


@pytest.mark.parametrize("words", [("erase", "nobody", "--yes"), ("export-person", "nobody")])
def test_an_unknown_name_is_said(file: Path, words: tuple[str, ...]) -> None:
    said = command(*words)
    assert said.exit_code == 1
    assert "Nobody signs in as nobody" in said.output


def test_a_teacher_is_not_erased(file: Path) -> None:
    said = command("erase", "ms_cole", "--yes")
    assert said.exit_code == 1
    assert "cannot be erased" in said.output
