"""Seen from outside: alive, ready, measured; what fails is named, and nothing is given away to strangers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from app import create_app
from models.trouble import Trouble
from tests.fakes import broken_scorers
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.practice import autosave, handed_in
from tests.integration.web.refusing import refusing_writes
from web.caretaker import STUCK_AFTER, Caretaker
from web.config import Settings
from web.extensions import alembic, db


@pytest.fixture
def ready(app: Flask) -> Flask:
    """A service whose tables bear their version, as those that were migrated do."""
    with app.app_context():
        alembic.stamp()
    return app


@pytest.fixture
def prober(ready: Flask) -> Browser:
    client = ready.test_client()
    assert isinstance(client, Browser)
    return client


def measured(prober: Browser) -> dict[str, float]:
    """Return the figures without labels, and those with, by their whole names."""
    token = (Path(prober.application.instance_path) / "metrics-token").read_text()
    page = prober.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert page.status_code == 200
    lines = (line.rpartition(" ") for line in page.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


@pytest.fixture(autouse=True)
def token(prober: Browser) -> None:
    """The token is made when somebody first asks with one."""
    prober.get("/metrics", headers={"Authorization": "Bearer guess"})


def faults(answer: TestResponse) -> list[str]:
    assert answer.json is not None
    return list(answer.json["faults"])


def test_a_service_that_works_is_alive_and_ready(prober: Browser) -> None:
    assert prober.get("/healthz").json == {"status": "alive"}
    answer = prober.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "faults": []})


def test_neither_needs_https_where_pages_do(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"https": True}))
    prober = app.test_client()
    assert prober.get("/").status_code == 302
    for path, status in (("/healthz", 200), ("/readyz", 200), ("/metrics", 404)):
        assert prober.get(path).status_code == status
    with app.app_context():
        db.engine.dispose()


def test_tables_of_another_version_are_not_ready(prober: Browser, database: Database) -> None:
    with database() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    answer = prober.get("/readyz")
    assert (answer.status_code, faults(answer)) == (503, ["the tables are of another version"])


def test_a_database_that_cannot_be_read_is_not_ready_but_alive(prober: Browser, database: Database) -> None:
    with database() as session:
        session.execute(text("DROP TABLE alembic_version"))
    answer = prober.get("/readyz")
    assert (answer.status_code, faults(answer)) == (503, ["the database cannot be read"])
    assert prober.get("/healthz").status_code == 200


def test_a_caretaker_who_makes_no_rounds_is_not_ready(
    prober: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    caretaker = Caretaker(prober.application)
    assert prober.get("/readyz").status_code == 200
    monkeypatch.setattr(caretaker, "_last_round", -STUCK_AFTER)
    assert faults(prober.get("/readyz")) == ["the caretaker is stuck"]


def test_strangers_and_students_find_no_metrics(prober: Browser, ada: Browser, ms_cole: Browser) -> None:
    for browser in (prober, ada, ms_cole):
        answer = browser.get("/metrics")
        assert answer.status_code == 404
        assert "markscheme_" not in answer.text
    assert prober.get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 404
    assert prober.get("/metrics", headers={"Authorization": "Bearer ñ"}).status_code == 404


def test_requests_scoring_and_locks_are_measured(prober: Browser, ada: Browser) -> None:
    autosave(ada, "A first sentence.")
    handed_in(ada)
    figures = measured(prober)
    labels = 'endpoint="student.autosave",method="PUT",status="200"'
    assert figures[f"markscheme_request_seconds_count{{{labels}}}"] == 1
    assert figures['markscheme_scoring_seconds_count{outcome="marked"}'] == 1
    assert figures["markscheme_lock_wait_seconds_count"] >= 3
    assert figures["markscheme_waiting_essays"] == 0
    assert figures["markscheme_database_up"] == 1
    assert figures["markscheme_database_bytes"] > 0
    assert figures["markscheme_requests_in_progress"] == 1


def test_a_failing_scorer_and_its_queue_are_visible(prober: Browser, ada: Browser) -> None:
    ada.application.extensions["scorers"] = broken_scorers
    handed_in(ada)
    figures = measured(prober)
    assert figures['markscheme_scoring_seconds_count{outcome="failed"}'] == 1
    assert figures["markscheme_waiting_essays"] == 1
    assert figures["markscheme_oldest_waiting_seconds"] >= 0


def test_a_database_that_refuses_writes_is_counted(prober: Browser, ada: Browser) -> None:
    with refusing_writes(prober.application):
        assert autosave(ada, "A first sentence.").status_code == 503
    name = f'markscheme_storage_troubles_total{{trouble="{Trouble.READ_ONLY}"}}'
    assert measured(prober)[name] == 1
    assert faults(prober.get("/readyz")) == ["something could not be saved a moment ago"]
