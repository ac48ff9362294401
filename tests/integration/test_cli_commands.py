"""The command line as a whole: its list of commands, and that every entry leads somewhere."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from web.cli import COMMANDS, cli

DATABASE_AND_WEB = {"flask", "sqlalchemy", "alembic", "flask_security", "sklearn"}


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_an_unknown_command_is_refused() -> None:
    result = CliRunner().invoke(cli, ["no-such-command"])
    assert result.exit_code == 2
    assert "No such command" in result.stderr


def test_the_questions_are_listed_with_their_slugs() -> None:
    result = CliRunner().invoke(cli, ["prompts", "list"])
    assert result.exit_code == 0
    assert "reform-motives" in result.stdout


@pytest.mark.parametrize(
    "module", ["web.cli", "web.cli.json_lines", "web.cli.grade", "web.cli.prompts_group"]
)
def test_grading_loads_neither_flask_nor_the_database(module: str) -> None:
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert not DATABASE_AND_WEB & set(loaded.stdout.split())
