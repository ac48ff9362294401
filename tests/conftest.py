"""A real SQLite file for each test, with all tables; property tests without a stopwatch, repeatable in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from models import Base
from models.sqlite import tune

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and nothing in them, made once and copied for each test."""
    file = tmp_path_factory.mktemp("tables") / "empty.sqlite3"
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return file


@pytest.fixture
def engine(tmp_path: Path, empty_file: Path) -> Iterator[Engine]:
    """A tuned engine on a file of this test's own."""
    file = shutil.copy(empty_file, tmp_path / "test.sqlite3")
    engine = tune(create_engine(f"sqlite:///{file}", hide_parameters=True))
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on a file of this test's own; nothing is committed unless the test does."""
    with Session(engine) as session:
        yield session
