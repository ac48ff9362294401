"""`markscheme run` and its sisters: a fresh folder serves within seconds, what stops it is one sentence."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from web.cli import cli
from web.cli.service import opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of our own, for this process and those that it starts."""
    monkeypatch.setenv("MARKSCHEME_DATA_FOLDER", str(tmp_path))
    monkeypatch.delenv("MARKSCHEME_DATABASE_URL", raising=False)
    return tmp_path


@contextmanager
def started(errors: int) -> Iterator[IO[str]]:
    """Run a real server on a free port; give what it prints, and stop it as Ctrl+C does.

    A shell that puts tests into the background has them ignore Ctrl+C, and whatever they start as well.
    """
    command = [sys.executable, "-m", "web.cli", "run", "--port", "0"]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=env) as server:
        signal.signal(signal.SIGINT, before)
        assert server.stdout is not None
        try:
            yield server.stdout
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=20) == 0
        finally:
            server.kill()


@pytest.fixture
def served(folder: Path) -> Iterator[list[str]]:
    """What a real server printed up to its address and the teacher's link."""
    with started(subprocess.STDOUT) as printed:
        yield [printed.readline().strip() for _ in range(3)]


def test_a_fresh_folder_is_served(served: list[str]) -> None:
    address = re.search(r"http://127\.0\.0\.1:\d+", served[0])
    assert address
    with urllib.request.urlopen(address[0], timeout=10) as answer:
        assert answer.status == 200
        assert b"Khrushchev" in answer.read()


def test_the_first_start_prints_a_link_that_makes_a_teacher(served: list[str]) -> None:
    assert "no teacher yet" in served[1]
    with urllib.request.urlopen(served[2], timeout=10) as answer:
        assert b"account" in answer.read()


def address_in(printed: IO[str]) -> str:
    return printed.readline().split()[3]


def logged_by_a_request(reading: int, writing: int) -> str:
    try:
        with started(writing) as printed:
            urllib.request.urlopen(f"{address_in(printed)}/healthz", timeout=10).close()
            return os.read(reading, 4096).decode()
    finally:
        os.close(reading)
        os.close(writing)


def test_on_a_terminal_a_request_is_a_short_line(folder: Path) -> None:
    line = logged_by_a_request(*os.openpty())
    assert re.fullmatch(r"\d\d:\d\d:\d\d GET health\.\w+ 200 in [\d.]+ ms\s*", line)


def test_where_nobody_looks_on_a_request_is_json(folder: Path) -> None:
    line = json.loads(logged_by_a_request(*os.pipe()))
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["request_id"]


def test_the_logs_of_a_demonstration_are_for_people(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(logs="text") as (_, settings):
        assert not settings.logs_as_json()
    monkeypatch.setenv("MARKSCHEME_LOG_FORMAT", "json")
    with opened(logs="text") as (_, settings):
        assert settings.logs_as_json()


def test_a_taken_port_is_one_sentence(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = _run("run", "--port", str(port))
    assert result.exit_code == 1
    assert result.output == f"Error: Port {port} is taken. Choose another one: make run PORT={port + 1}.\n"
    assert not (folder / "markscheme.sqlite3").exists()


def test_a_file_that_is_no_database_is_one_sentence(folder: Path) -> None:
    (folder / "markscheme.sqlite3").write_bytes(b"not a database" * 100)
    result = _run("run", "--port", "0")
    assert result.exit_code == 1
    assert "is not a Markscheme database" in result.output
    assert result.output.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write to anything")
def test_a_database_that_cannot_be_written_to_is_one_sentence(folder: Path) -> None:
    assert _run("db", "upgrade").exit_code == 0
    (folder / "markscheme.sqlite3").chmod(0o400)
    assert "cannot be written to" in _run("run", "--port", "0").output


def test_a_database_of_a_newer_version_is_refused(folder: Path) -> None:
    assert _run("db", "upgrade").exit_code == 0
    with sqlite3.connect(folder / "markscheme.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    result = _run("run", "--port", "0")
    assert result.exit_code == 1
    assert "newer version" in result.output


def test_a_setting_that_cannot_be_read_is_one_sentence(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("MARKSCHEME_DATABASE_URL", "somewhere")
    result = _run("db", "current")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)


def test_tables_go_up_and_down(folder: Path) -> None:
    assert "(up to date)" in _run("db", "upgrade").output
    assert "Tables at nothing" in _run("db", "downgrade", "base", "--yes").output
    assert "Tables at nothing" in _run("db", "current").output
    assert _run("db", "downgrade", "no-such-version", "--yes").exit_code == 1


def test_questions_are_synced_once(folder: Path) -> None:
    assert "7 added: " in _run("sync").output
    again = _run("sync").output
    assert "0 added" in again
    assert "7 unchanged" in again


def test_an_invitation_is_a_link(folder: Path) -> None:
    _run("db", "upgrade")
    assert re.fullmatch(
        r"https://marks\.example/first-teacher/[\w-]{20,}\n",
        _run("invite", "--base", "https://marks.example/").output,
    )


def test_nothing_waits_in_a_fresh_database(folder: Path) -> None:
    _run("sync")
    result = _run("score-pending")
    assert (result.exit_code, result.output) == (0, "No essay is waiting.\n")


def test_nobody_gets_no_new_password(folder: Path) -> None:
    _run("db", "upgrade")
    result = _run("new-password", "nobody")
    assert result.exit_code == 1
    assert "Nobody signs in as nobody" in result.output


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)
