"""`make` says in one sentence what a machine lacks and how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # `make test` hands its own state on to what it starts, and a make in a make says where it goes.
    outside = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=outside, capture_output=True, text=True, check=False
    )


def python_without(folder: Path, *modules: str) -> str:
    """Return a Python that seems to lack modules."""
    wrapper = folder / "python3"
    refused = "|".join(f"*{module}*" for module in modules)
    wrapper.write_text(f'#!/bin/sh\ncase "$2" in {refused}) exit 1;; esac\nexec {sys.executable} "$@"\n')
    wrapper.chmod(0o755)
    return str(wrapper)


def test_without_a_target_it_lists_them(checkout: Path) -> None:
    assert make(checkout).stdout.startswith("make run ")


def test_no_python_that_is_new_enough(checkout: Path) -> None:
    done = make(checkout, "setup", "PYTHON=no-such-python")
    assert done.returncode != 0
    assert done.stderr.startswith("Markscheme needs Python 3.11 or newer")
    assert "sudo apt install python3" in done.stderr


def test_no_venv_module(checkout: Path) -> None:
    done = make(checkout, "setup", f"PYTHON={python_without(checkout, 'ensurepip')}")
    assert done.returncode != 0
    assert "has no venv module" in done.stderr
    assert "sudo apt install python3-venv" in done.stderr


def test_a_python_without_sqlite(checkout: Path) -> None:
    done = make(checkout, "setup", f"PYTHON={python_without(checkout, 'sqlite3')}")
    assert done.returncode != 0
    assert "was built without SQLite or SSL" in done.stderr


def test_what_is_ready_is_not_set_up_again(checkout: Path) -> None:
    ready = checkout / ".venv" / ".ready"
    ready.parent.mkdir()
    ready.write_text(str(checkout))
    assert "pip" not in make(checkout, "--dry-run", "setup").stdout


def test_a_folder_that_was_moved_is_set_up_again(checkout: Path) -> None:
    ready = checkout / ".venv" / ".ready"
    ready.parent.mkdir()
    ready.write_text("/some/other/place")
    assert "pip" in make(checkout, "--dry-run", "setup").stdout
