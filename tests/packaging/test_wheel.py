"""The wheel, built and installed somewhere else, grades an essay there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("grader", "prompts", "models", "services", "web")
OFFLINE = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
ESSAY = {
    "id": "ada-1",
    "prompt": "economic-reforms-impact",
    "text": "Foreign trade grew, and two thirds of it was with the communist states of Europe. Zoë agrees.",
}

pytestmark = pytest.mark.slow


def pip(*arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    subprocess.run([sys.executable, "-m", "pip", *arguments], check=True, cwd=ROOT, env=environment)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(folder), *OFFLINE, ".")
    return next(folder.glob("markscheme-*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of another environment: the wheel, and the same dependencies."""
    home = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    pip("--python", str(home / "bin" / "python"), "install", *OFFLINE, str(wheel))
    site = next(home.glob("lib/python3*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home / "bin"


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_nothing_but_the_packages_and_the_composition_root_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"app.py", *PACKAGES}


def test_units_templates_and_styles_are_among_them(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "prompts/khrushchev/unit.toml" in names
    assert any(name.startswith("web/templates/") and name.endswith(".html") for name in names)
    assert any(name.startswith("web/static/") and name.endswith(".css") for name in names)


def test_the_installed_code_is_the_wheels_own(elsewhere: Path, tmp_path: Path) -> None:
    program = "import app, grader, web; print(app.__file__, grader.__file__, web.__file__, sep='\\n')"
    shown = subprocess.run(
        [elsewhere / "python", "-c", program], check=True, cwd=tmp_path, capture_output=True, text=True
    )
    assert all(Path(line).is_relative_to(elsewhere.parent) for line in shown.stdout.splitlines())


def test_the_installed_command_grades_an_essay(elsewhere: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [elsewhere / "markscheme", "grade", "-"],
        input=json.dumps(ESSAY),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    assert (report["id"], report["prompt"]) == ("ada-1", "economic-reforms-impact")
    assert done.stderr == ""


def test_the_installed_questions_are_sound(elsewhere: Path, tmp_path: Path) -> None:
    subprocess.run(
        [elsewhere / "markscheme", "prompts", "check"], check=True, cwd=tmp_path, capture_output=True
    )
