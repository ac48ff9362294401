"""Look the packages of requirements.lock up among known faults, where that data can be had.

`python -m tests.packaging.auditing` (a part of `make check`) runs pip-audit, in an environment of its own
that audit.lock pins, once a day and whenever the lock has changed. A known fault
fails it; no network does not.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCK, TOOLS_LOCK = ROOT / "requirements.lock", ROOT / "audit.lock"
TOOLS, STAMP = ROOT / ".venv" / "audit", ROOT / ".venv" / ".audited"
PATIENCE = 120
"""Seconds for each of the two steps that may need a network."""

NO_TOOLS = "Not audited: pip-audit could not be installed (no network?)."
NO_DATA = "Not audited: the list of known faults could not be had (no network?)."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit found, in words; `faulty` where a package has a known fault."""

    words: str
    faulty: bool = False


def judge(report: str) -> Verdict:
    """Read pip-audit's JSON: packages with faults, all clear, or nothing known of any of them."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Verdict(NO_DATA)
    known = [package for package in packages if "vulns" in package]
    faults = [f"  {p['name']} {p['version']}: {_named(fault)}" for p in known for fault in p["vulns"]]
    if faults:
        return Verdict("\n".join(["Packages with known faults; take newer ones:", *faults]), faulty=True)
    if not known:
        return Verdict(NO_DATA)
    return Verdict(f"Audited {len(known)} of {len(packages)} packages: no known fault.")


def _named(fault: dict[str, Any]) -> str:
    mended = ", ".join(fault.get("fix_versions") or ()) or "nothing yet"
    return f"{fault['id']} (mended in {mended})"


def audit() -> Verdict:
    """Install the tool where it is not yet, and run it."""
    tool = TOOLS / "bin" / "pip-audit"
    if not tool.exists():
        venv.create(TOOLS, with_pip=True)
        pip = [
            str(TOOLS / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "-qq",
            "--require-hashes",
            "-r",
            str(TOOLS_LOCK),
        ]
        if _run(pip) is None or not tool.exists():
            return Verdict(NO_TOOLS)
    asked = [str(tool), "-r", str(LOCK), "--require-hashes", "--disable-pip", "-f", "json", "--timeout", "5"]
    report = _run([*asked, "--progress-spinner", "off"])
    return judge(report or "")


def _run(command: Sequence[str]) -> str | None:
    """Return what a program printed, whatever its exit status; None where it took too long."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False).stdout
    except (subprocess.TimeoutExpired, OSError):
        return None


def main() -> int:
    """Audit unless it was done today for this very lock; say what came of it."""
    done = f"{datetime.now(UTC):%Y-%m-%d} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == done:
        return 0
    verdict = audit()
    print(verdict.words)  # noqa: T201 - a program of its own
    if not verdict.faulty:
        STAMP.write_text(done, encoding="ascii")
    return int(verdict.faulty)


if __name__ == "__main__":
    sys.exit(main())
