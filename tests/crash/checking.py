"""Hold what the database has against what was acknowledged."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from threading import Event
from time import monotonic

from tests.crash.writer import Writer

_WAITING = """
SELECT count(*) FROM submission s
WHERE NOT EXISTS (SELECT 1 FROM score WHERE submission_id = s.id AND signature IS NOT NULL)
"""


def faults_of(database: Path, writers: Iterable[Writer]) -> list[str]:
    """Return everything that was acknowledged and is not there once, and whatever is damaged."""
    with closing(sqlite3.connect(database)) as connection:
        essays: dict[str, list[str]] = {}
        for text, ref in connection.execute("SELECT essay, ref FROM submission"):
            essays.setdefault(text, []).append(ref)
        drafts = {text for (text,) in connection.execute("SELECT text FROM draft")}
        found = [fault for writer in writers for fault in _faults_of_writer(writer, essays, drafts)]
        found += [f"an essay is there {len(refs)} times" for refs in essays.values() if len(refs) > 1]
        return found + _damage(connection)


def wait_for_scores(database: Path, *, seconds: float) -> None:
    """Wait until every essay has been marked; nobody does anything for it."""
    deadline = monotonic() + seconds
    while waiting := unscored(database):
        assert monotonic() < deadline, f"{waiting} essays are still waiting"
        Event().wait(0.2)


def unscored(database: Path) -> int:
    """Count the essays that no machine has marked."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(_WAITING).fetchone()[0])


def counts(database: Path) -> Counter[str]:
    """Count the rows of what matters."""
    with closing(sqlite3.connect(database)) as connection:
        tables = ("submission", "draft", "score")
        return Counter(
            {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
        )


def _faults_of_writer(writer: Writer, essays: dict[str, list[str]], drafts: set[str]) -> list[str]:
    ledger = writer.ledger
    found = [
        f"{writer.name}: an acknowledged essay is not there as {ref}"
        for text, ref in ledger.handed_in.items()
        if essays.get(text) != [ref]
    ]
    if ledger.draft is not None:
        sent = ledger.on_its_way
        kept = drafts & {ledger.draft, *ledger.maybe_drafts} or (sent is not None and sent.text in essays)
        if not kept:
            found.append(f"{writer.name}: an acknowledged draft is not there")
    return found


def _damage(connection: sqlite3.Connection) -> list[str]:
    said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    twice = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM score WHERE signature IS NOT NULL"
        " GROUP BY submission_id, signature HAVING count(*) > 1)"
    ).fetchone()[0]
    return (
        ([] if said == ["ok"] else [f"integrity: {said[0]}"])
        + (["a row refers to nothing"] if broken else [])
        + (["an essay has two scores of one recipe"] if twice else [])
    )
