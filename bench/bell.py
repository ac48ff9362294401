"""The bell: two hundred students hand in within ten seconds, while two hundred others go on writing.

The real server, its database on this disk, and locust beside it on the same machine. Whatever was
acknowledged is looked up in the database afterwards.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from bench.tables import Table
from tests.crash.checking import counts, wait_for_scores
from tests.crash.service import ROOT, Service

STUDENTS = 200
TIME_OUT = 300.0
IN_WORDS = {
    "hand in": "hand in",
    "feedback": "feedback page",
    "save": "save by itself",
    "desk": "writing page",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the students saw: milliseconds by kind of request, and what was acknowledged to them."""

    answers: dict[str, list[float]]
    failures: list[str]
    essays: dict[str, str]
    drafts: dict[str, str]
    feedback: list[float]


def tables(students: int = STUDENTS) -> Iterator[Table]:
    """Ring the bell once."""
    with all_cores(), tempfile.TemporaryDirectory(prefix="markscheme-bell-") as folder:
        service = Service(Path(folder) / "data", Path(folder) / "log")
        service.start()
        try:
            seen = _ring(service, Path(folder) / "report.json", students)
            wait_for_scores(service.database, seconds=60)
            busy = processor_seconds(service.pid)
        finally:
            service.stop()
        yield _table(seen, students)
        yield _kept(seen, service, students, busy)


def _ring(service: Service, report: Path, students: int) -> Seen:
    env = os.environ | {"BELL_STUDENTS": str(students), "BELL_REPORT": str(report)}
    command = [
        sys.executable, "-m", "locust", "-f", str(ROOT / "bench" / "bell_students.py"), "--headless",
        "--users", str(2 * students), "--spawn-rate", "40", "--host", f"http://127.0.0.1:{service.port}",
        "--only-summary", "--loglevel", "ERROR", "--exit-code-on-error", "0",
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, env=env, check=True, timeout=TIME_OUT, capture_output=True)
    return Seen(**json.loads(report.read_text(encoding="utf-8")))


def _table(seen: Seen, students: int) -> Table:
    rows = [
        (words, f"{len(times):,}", *(f"{share_of(times, share):,.0f}" for share in (0.5, 0.95, 0.99, 1)))
        for kind, words in IN_WORDS.items()
        if (times := seen.answers.get(kind, []))
    ]
    note = (
        f"Milliseconds. {students} students hand in within ten seconds, {students} others save every two to"
        " four seconds meanwhile; server and students share this machine."
    )
    return Table("The bell", ("answer", "n", "median", "p95", "p99", "longest"), rows, note)


def _kept(seen: Seen, service: Service, students: int, busy: float) -> Table:
    with closing(sqlite3.connect(service.database)) as database:
        stored = [text for (text,) in database.execute("SELECT essay FROM submission")]
        drafts = {text for (text,) in database.execute("SELECT text FROM draft")}
    log = service.log.read_text(encoding="utf-8")
    refused = sum(1 for line in log.splitlines() if "storage busy" in line or "database is locked" in line)
    rows = [
        ("essays handed in and acknowledged", f"{len(seen.essays)} of {students}"),
        ("of them stored once", str(sum(stored.count(text) == 1 for text in seen.essays))),
        ("essays stored in all", str(len(stored))),
        ("marked", str(counts(service.database)["score"])),
        ("last acknowledged draft of a writer stored", f"{_drafts_kept(seen, drafts)} of {students}"),
        ("answers that were not as expected", str(len(seen.failures))),
        ("“database is locked”", str(refused)),
        ("longest from hand in to feedback, seconds", f"{max(seen.feedback, default=float('nan')):.1f}"),
        ("processor time of the server in all, its start included, seconds", f"{busy:.1f}"),
        ("programs that wanted this machine's processors meanwhile (load)", f"{os.getloadavg()[0]:.1f}"),
    ]
    return Table("What became of it", ("", "n"), rows, "; ".join(sorted(set(seen.failures))[:5]))


def _drafts_kept(seen: Seen, drafts: set[str]) -> int:
    return sum(text in drafts for text in seen.drafts.values())


def processor_seconds(pid: int) -> float:
    """Return how long a process has kept processors busy; not a number where the system does not say."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return float("nan")
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def share_of(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def all_cores() -> Iterator[None]:
    """Give what is started inside every core, although the other measurements hold to one."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


if __name__ == "__main__":
    started = monotonic()
    for table in tables(int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS):
        print(table.as_text(), end="\n\n")
    print(f"{monotonic() - started:.0f} s")
