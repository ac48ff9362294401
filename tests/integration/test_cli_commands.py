"""The command line as a whole: its list of commands, and that every entry leads somewhere."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

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
    assert "\\b" not in result.stdout  # click's mark for lines that stay as they are, unread


def test_an_example_line_keeps_a_line_of_its_own() -> None:
    result = CliRunner().invoke(cli, ["grade", "--help"])
    assert any(line.startswith('  In:  {"id": "1", "prompt"') for line in result.stdout.splitlines())


def declared_options() -> Iterator[str]:
    for path in (Path(__file__).parents[2] / "web" / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "click.option":
                yield from (ast.literal_eval(name) for name in node.args)


def test_no_option_is_declared_twice() -> None:
    declared = Counter(name for name in declared_options() if name.startswith("--"))
    assert {name: count for name, count in declared.items() if count > 1} == {}


@pytest.mark.parametrize("name", ["grade", "evaluate", "fit"])
def test_notes_that_are_not_there_are_refused_by_every_command(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--notes", "no-such-notes.txt", "-"])
    assert result.exit_code == 2
    assert "'--notes': File 'no-such-notes.txt' does not exist." in result.stderr


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
