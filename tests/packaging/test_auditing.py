"""What an audit of the packages comes to: a fault is named, and no data is no fault."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from tests.packaging.auditing import NO_DATA, TOOLS_LOCK, judge


def report(*packages: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


SOUND = {"name": "flask", "version": "3.1.2", "vulns": []}
UNKNOWN = {"name": "waitress", "skip_reason": "not found"}
FAULTY = {"name": "jinja2", "version": "2.0", "vulns": [{"id": "PYSEC-2014-8", "fix_versions": ["2.7.3"]}]}


def test_a_known_fault_is_named_with_the_version_that_mends_it() -> None:
    verdict = judge(report(SOUND, FAULTY))
    assert verdict.faulty
    assert "jinja2 2.0: PYSEC-2014-8 (mended in 2.7.3)" in verdict.words


def test_all_clear_says_how_many_were_looked_up() -> None:
    assert judge(report(SOUND, UNKNOWN)).words == "Audited 1 of 2 packages: no known fault."


@pytest.mark.parametrize("said", ["", "not JSON", "[]", "{}", report(UNKNOWN)])
def test_without_data_nothing_fails(said: str) -> None:
    assert judge(said).words == NO_DATA
    assert not judge(said).faulty


def test_the_tools_are_pinned_by_hash_and_without_addresses() -> None:
    lock = TOOLS_LOCK.read_text(encoding="utf-8")
    assert "pip-audit==" in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")
    assert "://" not in lock
