"""One world for the whole folder, put back after every act; how much was tried is printed at the end."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator

import pytest
import structlog

from app import create_app
from grader.rubric import Prompt as Rubric
from prompts import load_all
from tests.integration.access.world import World, make_world
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import (  # noqa: F401 - fixtures, asked for by their names
    ada,
    anybody,
    app,
    ben,
    browser_of,
    database,
    limited,
    mr_drew,
    ms_cole,
    prepared_file,
    settings,
)
from tests.leaks import Secrets
from web.config import Settings
from web.extensions import db
from web.logs import configure_logs

COUNTED: Counter[str] = Counter()
"""Requests by what they were sent for; this folder's own tally."""


@pytest.fixture(scope="package")
def logged() -> Iterator[io.StringIO]:
    """Everything that the service logs while this folder's tests run, down to the least important line."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    configure_logs(level="debug", as_json=True, stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory, logged: io.StringIO) -> Iterator[World]:
    """The service and its people."""
    folder = tmp_path_factory.mktemp("world")
    service = create_app(Settings(data_folder=folder, testing=True, rate_limits=False))
    service.config["PROPAGATE_EXCEPTIONS"] = False
    service.test_client_class = Browser
    yield make_world(service, folder)
    with service.app_context():
        db.engine.dispose()


@pytest.fixture(scope="package")
def answer_key() -> Secrets:
    """The answer key of every question."""
    rubrics: list[Rubric] = [rubric for loaded in load_all() for rubric in loaded.prompts]
    return Secrets.of(*rubrics)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was tried."""
    if COUNTED:
        tried = ", ".join(f"{number:,} {what}" for what, number in sorted(COUNTED.items()))
        terminalreporter.write_line(f"access: {tried}")
