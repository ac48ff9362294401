"""The service on a real SQLite file, browsers, and the personae: ada and ben, ms_cole and mr_drew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from app import create_app
from models import STUDENT, TEACHER, Base, Role, User
from models.sqlite import tune
from prompts import load_all
from services.catalogue import sync_prompts
from tests.integration.web.browsing import Browser
from web.config import Settings
from web.extensions import db, limiter

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

Database = Callable[[], AbstractContextManager[Session]]

PERSONAE = {
    "ada": ("Ada O’Brien-Nguyễn", STUDENT),
    "ben": ("Ben Šťastný", STUDENT),
    "ms_cole": ("Ms Zoë Cole", TEACHER),
    "mr_drew": ("Mr Đặng Drew", TEACHER),
}


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables, personae and built-in questions, made once and copied for each test."""
    file = tmp_path_factory.mktemp("database") / "markscheme.sqlite3"
    engine = tune(create_engine(f"sqlite:///{file}"))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        _add_personae(session)
        sync_prompts(session, units=load_all(), now=NOON)
        session.commit()
    engine.dispose()
    return file


@pytest.fixture
def settings(tmp_path: Path, prepared_file: Path) -> Settings:
    """Settings of a service of its own for each test."""
    shutil.copy(prepared_file, tmp_path / "markscheme.sqlite3")
    return Settings(data_folder=tmp_path, testing=True, rate_limits=False)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole service."""
    app = create_app(settings)
    app.test_client_class = Browser
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def database(app: Flask) -> Database:
    """Open a session of the test's own: `with database() as session: ...` commits at the end."""

    @contextmanager
    def opened() -> Iterator[Session]:
        with app.app_context():
            maker = db.sessionmaker
        with maker.begin() as session:
            yield session

    return opened


@pytest.fixture
def anybody(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return _browser(app)


@pytest.fixture
def limited(settings: Settings) -> Iterator[Browser]:
    """A browser of a service that counts how often something is tried."""
    app = create_app(settings.model_copy(update={"rate_limits": True}))
    app.test_client_class = Browser
    limiter.reset()
    yield _browser(app)
    limiter.reset()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def browser_of(app: Flask, database: Database) -> Callable[[str], Browser]:
    """Return a browser in which the person with a username is signed in."""

    def enter(username: str) -> Browser:
        with database() as session:
            user = session.scalars(select(User).where(User.username == username)).one()
            return _browser(app).enter_as(user)

    return enter


@pytest.fixture
def ada(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("ada")


@pytest.fixture
def ben(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("ben")


@pytest.fixture
def ms_cole(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("ms_cole")


@pytest.fixture
def mr_drew(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("mr_drew")


def _browser(app: Flask) -> Browser:
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


def _add_personae(session: Session) -> None:
    roles = {name: Role(name=name) for name in (STUDENT, TEACHER)}
    for username, (display_name, role) in PERSONAE.items():
        session.add(
            User(
                username=username,
                display_name=display_name,
                fs_uniquifier=f"uniquifier-of-{username}",
                created_at=NOON,
                roles=[roles[role]],
            )
        )
