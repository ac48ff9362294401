"""Many writers on one SQLite file: nobody's update is lost, and nobody is turned away."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.orm import Session

from models.sqlite import begin_reading, tune

WRITERS = 8
TURNS = 40


@pytest.fixture
def counter(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    return engine


def count_up(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        seen = session.scalar(text("SELECT n FROM counter"))
        session.execute(text("UPDATE counter SET n = :n"), {"n": (seen or 0) + 1})


def in_threads(work: Callable[[int], None], *, times: int) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(times)))


def test_no_update_of_eight_writers_who_read_first_is_lost(counter: Engine) -> None:
    in_threads(lambda _: count_up(counter), times=WRITERS * TURNS)
    with counter.connect() as connection:
        assert connection.scalar(text("SELECT n FROM counter")) == WRITERS * TURNS


def test_a_reader_waits_for_no_writer_and_sees_one_moment(counter: Engine) -> None:
    with Session(counter) as writer, Session(counter) as reader:
        begin_reading(reader)
        writer.execute(text("UPDATE counter SET n = 7"))
        assert reader.scalar(text("SELECT n FROM counter")) == 0
        writer.commit()
        assert reader.scalar(text("SELECT n FROM counter")) == 0
        reader.rollback()
        begin_reading(reader)
        assert reader.scalar(text("SELECT n FROM counter")) == 7


def test_the_recipe_is_in_force_on_every_connection(engine: Engine) -> None:
    with engine.connect() as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 15000}


def test_tables_made_in_a_transaction_that_fails_are_gone(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:  # noqa: PT012 - the block is the test
        connection.execute(text("CREATE TABLE half_done (n INTEGER)"))
        raise ZeroDivisionError
    assert not inspect(engine).has_table("half_done")


def test_another_database_is_left_alone() -> None:
    engine = create_engine("sqlite://")
    engine.dialect.name = "postgresql"
    assert tune(engine) is engine
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 0
