"""`markscheme backup` and `restore`: what was lost comes back, and nothing is put over it unasked."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import cli


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with tables and questions."""
    monkeypatch.setenv("MARKSCHEME_DATA_FOLDER", str(tmp_path))
    monkeypatch.delenv("MARKSCHEME_DATABASE_URL", raising=False)
    monkeypatch.setenv("MARKSCHEME_LOG_LEVEL", "error")
    assert run("sync").exit_code == 0
    return tmp_path


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=answer)


def questions(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "markscheme.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM prompt").fetchone()[0])


def forget_everything(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "markscheme.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM prompt_version")
        connection.execute("DELETE FROM prompt")


def test_a_backup_says_where_it_is_and_what_it_holds(folder: Path) -> None:
    said = run("backup").stdout
    found = re.match(r"(\S+) \(version \S+, 0 users, 0 drafts, 0 submissions, 0 scores\), checked\.\n", said)
    assert found, said
    assert Path(found[1]).parent == folder / "backups"


def test_the_keys_go_with_it(folder: Path) -> None:
    run("backup")
    kept = folder / "backups" / "keys"
    for name in ("secret-key", "password-salt"):
        assert (kept / name).read_text() == (folder / name).read_text()


def test_what_was_lost_comes_back_and_what_was_there_is_kept(folder: Path) -> None:
    run("backup")
    forget_everything(folder)
    result = run("restore", answer="y\n")
    assert result.exit_code == 0, result.output
    assert "What was there is in" in result.stdout
    assert questions(folder) == 7
    assert len(list((folder / "backups").glob("*-before-restore.sqlite3"))) == 1


def test_to_check_changes_nothing(folder: Path) -> None:
    run("backup")
    forget_everything(folder)
    result = run("restore", "--check")
    assert result.exit_code == 0
    assert "is whole: version" in result.stdout
    assert questions(folder) == 0


def test_nothing_is_put_back_without_a_yes(folder: Path) -> None:
    run("backup")
    forget_everything(folder)
    assert run("restore", answer="n\n").exit_code == 1
    assert questions(folder) == 0


def test_a_database_that_is_gone_or_damaged_is_replaced(folder: Path) -> None:
    run("backup")
    database = folder / "markscheme.sqlite3"
    database.write_bytes(b"not a database" * 500)
    result = run("restore", "--yes")
    assert result.exit_code == 0, result.output
    assert "it is kept as" in result.stdout
    assert questions(folder) == 7
    database.unlink()
    assert run("restore", "--yes").exit_code == 0
    assert questions(folder) == 7


def test_the_keys_that_fit_the_backup_come_back_with_it(folder: Path) -> None:
    run("backup")
    fits = (folder / "password-salt").read_text()
    (folder / "password-salt").unlink()
    (folder / "markscheme.sqlite3").unlink()
    run("db", "upgrade")  # which makes a new key, as on a new machine
    other = (folder / "password-salt").read_text()
    assert run("restore", "--yes").exit_code == 0
    assert (folder / "password-salt").read_text() == fits
    assert (folder / "password-salt.before-restore").read_text() == other


def test_a_damaged_backup_is_refused_before_anything_is_touched(folder: Path) -> None:
    run("backup")
    bad = folder / "bad.sqlite3"
    bad.write_bytes(b"no" * 5000)
    result = run("restore", str(bad), "--yes")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "is not a Markscheme database, or it is damaged" in result.stderr
    assert questions(folder) == 7


def test_where_there_is_none_it_says_so(folder: Path) -> None:
    result = run("restore", "--check")
    assert result.exit_code == 1
    assert "There is no backup in" in result.stderr
