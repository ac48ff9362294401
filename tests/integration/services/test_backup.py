"""Backups: whole while writers write, rotated, refused when damaged, put back as one transaction."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.backup import BackupFailed, back_up, backups_in, examine, put_back, set_aside

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TURNS = 60


@pytest.fixture
def database(tmp_path: Path, engine: Engine) -> Path:
    """A database in use: WAL mode, a connection open, two tables whose sums always agree."""
    with engine.begin() as connection:
        for name in ("given", "taken"):
            connection.execute(text(f"CREATE TABLE {name} (n INTEGER)"))
            connection.execute(text(f"INSERT INTO {name} VALUES (0)"))
    return tmp_path / "test.sqlite3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def sums(file: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(file)) as connection:
        given, taken = (
            connection.execute(f"SELECT n FROM {name}").fetchone()[0] for name in ("given", "taken")
        )
        return given, taken


def give_and_take(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE given SET n = n + 1"))
        connection.execute(text("UPDATE taken SET n = n + 1"))


def test_a_backup_made_while_others_write_is_one_moment(database: Path, engine: Engine, folder: Path) -> None:
    with ThreadPoolExecutor(5) as pool:
        writing = [pool.submit(give_and_take, engine) for _ in range(TURNS)]
        made = [
            pool.submit(back_up, database, folder, at=NOON + timedelta(seconds=n), keep=9) for n in range(5)
        ]
        for act in writing:
            act.result(timeout=60)
        for copy in made:
            copy.result(timeout=60)
    assert sums(database) == (TURNS, TURNS)
    for backup in backups_in(folder):
        given, taken = sums(backup.file)
        assert given == taken


def test_a_backup_is_one_file_that_its_owner_alone_reads(database: Path, folder: Path) -> None:
    made = back_up(database, folder, at=NOON, keep=3)
    assert [path.name for path in folder.iterdir()] == ["markscheme-2026-03-02T120000Z.sqlite3"]
    assert made.file.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_the_newest_are_kept_and_each_occasion_by_itself(database: Path, folder: Path) -> None:
    back_up(database, folder, at=NOON - timedelta(days=30), keep=2, occasion="before-0002")
    for day in range(4):
        back_up(database, folder, at=NOON + timedelta(days=day), keep=2)
    (folder / "notes.txt").write_text("not a backup")
    assert [(backup.made_at.day, backup.occasion) for backup in backups_in(folder)] == [
        (5, ""), (4, ""), (31, "before-0002"),
    ]  # fmt: skip
    assert (folder / "notes.txt").exists()


def test_a_damaged_backup_is_refused_in_a_sentence(database: Path, folder: Path) -> None:
    file = back_up(database, folder, at=NOON, keep=3).file
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupFailed, match="damaged"):
        examine(file)
    file.write_bytes(b"an essay, by mistake" * 500)
    with pytest.raises(BackupFailed, match="not a Markscheme database"):
        examine(file)
    with pytest.raises(BackupFailed, match="There is no file"):
        examine(folder / "nothing.sqlite3")


def test_a_source_that_is_damaged_leaves_earlier_backups_alone(database: Path, folder: Path) -> None:
    good = back_up(database, folder, at=NOON, keep=1).file
    bad = database.with_name("bad.sqlite3")
    bad.write_bytes(b"no database" * 1000)
    with pytest.raises(BackupFailed, match="No backup could be made"):
        back_up(bad, folder, at=NOON + timedelta(days=1), keep=1)
    assert list(folder.iterdir()) == [good]


def test_a_backup_of_a_newer_version_is_refused(database: Path, engine: Engine, folder: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    file = back_up(database, folder, at=NOON, keep=3).file
    assert examine(file).revision == "9999"
    with pytest.raises(BackupFailed, match="newer version"):
        examine(file, known={"0001", ""})


def test_putting_back_undoes_what_came_later(database: Path, engine: Engine, folder: Path) -> None:
    give_and_take(engine)
    file = back_up(database, folder, at=NOON, keep=3).file
    give_and_take(engine)
    engine.dispose()
    put_back(file, database)
    assert sums(database) == (1, 1)
    give_and_take(engine)
    assert sums(database) == (2, 2)


def test_a_database_in_use_is_not_put_back(database: Path, engine: Engine, folder: Path) -> None:
    file = back_up(database, folder, at=NOON, keep=3).file
    give_and_take(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.rollback()
        with pytest.raises(BackupFailed, match="Stop it"):
            put_back(file, database, wait=0.1)
    assert sums(database) == (1, 1)


def test_a_database_that_cannot_be_read_is_set_aside_with_its_companions(tmp_path: Path) -> None:
    target = tmp_path / "markscheme.sqlite3"
    for name in ("", "-wal", "-shm"):
        target.with_name(target.name + name).write_bytes(b"?")
    aside = set_aside(target, at=NOON)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{aside.name}{ending}" for ending in ("", "-wal", "-shm")
    )
