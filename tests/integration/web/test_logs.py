"""Logs say what happened to whoever runs the service, and nothing of what pupils wrote or are called."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from flask import Flask, current_app, request

from grader.report import ScoreReport
from models import PromptVersion
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import PERSONAE
from tests.integration.web.practice import ESSAY, autosave, submit
from tests.integration.web.refusing import refusing_writes
from web.logs import configure_logs

SECRETS = ("Khrushchev", "grain from the capitalist", "Хрущёвки", "Nguyễn", "wrong-password-of-mine")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a service with configured logs writes; the configuration goes with the test."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    stream = io.StringIO()
    configure_logs(level="debug", as_json=True, stream=stream)
    yield stream
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def app(app: Flask) -> Flask:
    """The service with a page that fails and quotes what it was sent."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.post("/quotes")
    def quotes() -> str:
        current_app.logger.info("about to fail")
        raise ValueError(f"could not read: {request.form['essay']}")

    return app


class QuotingScorer:
    """Fails, and says of what."""

    def score(self, essay: str) -> ScoreReport:
        raise KeyError(essay)


def quoting_scorers(version: PromptVersion) -> QuotingScorer:
    return QuotingScorer()


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_every_request_is_one_line_with_its_number(ada: Browser, written: io.StringIO) -> None:
    answer = ada.get("/history")
    (line,) = [line for line in lines(written) if line["event"] == "request"]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert (line["endpoint"], line["method"], line["status"]) == ("student.history", "GET", 200)
    assert line["ms"] >= 0


def test_no_essay_and_no_name_is_in_them_whatever_fails(ada: Browser, written: io.StringIO) -> None:
    ada.application.extensions["scorers"] = quoting_scorers
    autosave(ada, ESSAY)
    submit(ada)
    ada.post("/quotes", data={"essay": ESSAY})
    ada.post("/login", data={"username": "Ada O’Brien-Nguyễn", "password": "wrong-password-of-mine"})
    ada.post("/account", data={"display_name": "Ada Nguyễn"})
    with refusing_writes(ada.application):
        submit(ada, ESSAY + " And more.")
    logging.getLogger("some.library").warning("refused: %s", ValueError(ESSAY))
    try:
        raise ValueError(ESSAY)
    except ValueError:
        logging.getLogger("some.library").exception("it failed")
    said = written.getvalue()
    assert len(lines(written)) > 10
    names = [display_name for display_name, _ in PERSONAE.values()]
    for secret in (*SECRETS, *names, ESSAY[:40]):
        assert secret not in said
        assert json.dumps(secret)[1:-1] not in said


def test_what_failed_and_where_is_in_them(ada: Browser, written: io.StringIO) -> None:
    ada.post("/quotes", data={"essay": ESSAY})
    (line,) = [line for line in lines(written) if line["level"] == "error"]
    assert line["event"] == "unforeseen error at quotes"
    assert line["error"] == "ValueError"
    assert "web/test_logs.py:" in line["where"]
    assert line["where"].endswith("quotes")


def test_one_time_links_are_not_in_them(anybody: Browser, written: io.StringIO) -> None:
    anybody.get("/first-teacher/a-token-of-some-length")
    assert "a-token-of-some-length" not in written.getvalue()


def test_a_number_from_outside_is_taken_from_a_proxy_alone(ada: Browser) -> None:
    answer = ada.get("/healthz", headers={"X-Request-ID": "from-the-proxy-1"})
    assert answer.headers["X-Request-ID"] != "from-the-proxy-1"


def test_the_log_of_a_terminal_is_for_people(written: io.StringIO) -> None:
    stream = io.StringIO()
    configure_logs(level="info", as_json=False, stream=stream)
    structlog.get_logger("web.own").warning("something to know", room="little")
    logging.getLogger("some.library").info("request")
    lines = stream.getvalue().splitlines()
    assert re.fullmatch(r"\d\d:\d\d:\d\d warning something to know room=little", lines[0])
    assert re.fullmatch(r"\d\d:\d\d:\d\d request", lines[1])
    assert written.getvalue() == ""


def test_the_number_of_a_request_stands_where_something_failed(ada: Browser, written: io.StringIO) -> None:
    stream = io.StringIO()
    configure_logs(level="info", as_json=False, stream=stream)
    number = ada.post("/quotes", data={"essay": ESSAY}).headers["X-Request-ID"]
    failed, ended = stream.getvalue().splitlines()[-2:]
    assert "error unforeseen error at quotes" in failed
    assert f"request_id={number}" in failed
    assert re.fullmatch(r"\d\d:\d\d:\d\d POST quotes 500 in [\d.]+ ms", ended)
