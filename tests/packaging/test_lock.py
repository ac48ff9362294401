"""The lock pins every package once, by hash, and says nothing of where it came from."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\]+?))? \\$", re.MULTILINE)


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    return [normalised(re.split(r"[<>=~!\[; ]", requirement, maxsplit=1)[0]) for requirement in wanted]


def test_each_package_has_one_pin_on_every_python() -> None:
    counted = Counter(normalised(name) for name, _, _ in PIN.findall(LOCK))
    assert [name for name, pins in counted.items() if pins > 1] == []


def test_no_pin_depends_on_the_version_of_python() -> None:
    assert [
        name for name, _, marker in PIN.findall(LOCK) if "python_" in marker.replace("platform_python", "")
    ] == []


@pytest.mark.parametrize("name", required())
def test_every_requirement_is_pinned(name: str) -> None:
    assert name in {normalised(pinned) for pinned, _, _ in PIN.findall(LOCK)}


def test_every_line_is_a_pin_or_one_of_its_hashes() -> None:
    hashes = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
    assert [line for line in LOCK.splitlines() if not (PIN.match(line) or hashes.match(line))] == []


def test_every_pin_has_a_hash() -> None:
    pins = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_no_address_is_stored() -> None:
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links|@ ", LOCK)
