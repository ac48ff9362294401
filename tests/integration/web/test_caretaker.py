"""The caretaker marks what waits, makes backups when they are due, and outlives whatever breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

import pytest
from flask import Flask

from models.backup import backups_in
from tests.fakes import broken_scorers
from tests.integration.web.browsing import Browser
from tests.integration.web.practice import handed_in
from tests.integration.web.refusing import refusing_writes
from web.caretaker import FIRST_PAUSE, LONGEST_PAUSE, Caretaker, Patience

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AT_ONCE = timedelta(0)


@pytest.fixture
def caretaker(app: Flask) -> Caretaker:
    """A caretaker who makes a round when told to."""
    app.extensions["backups"] = replace(app.extensions["backups"], every=timedelta(0))
    return Caretaker(app)


def unmarked(browser: Browser) -> str:
    """Hand an essay in that cannot be marked at once, and mend the scorer; return the address."""
    browser.application.extensions["scorers"] = broken_scorers
    address = handed_in(browser)
    del browser.application.extensions["scorers"]
    return address


def awaiting(browser: Browser, address: str) -> bool:
    answer = browser.get(f"{address}/status").json
    assert answer is not None
    return bool(answer["awaiting"])


def test_what_waits_is_marked(caretaker: Caretaker, ada: Browser) -> None:
    address = unmarked(ada)
    caretaker.make_round(grace=AT_ONCE)
    assert not awaiting(ada, address)


def test_what_was_handed_in_a_moment_ago_is_left_to_its_own_request(
    caretaker: Caretaker, ada: Browser
) -> None:
    address = unmarked(ada)
    caretaker.make_round()
    assert awaiting(ada, address)


def test_an_essay_that_cannot_be_marked_rests_and_holds_nothing_up(
    caretaker: Caretaker, ada: Browser, ben: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = unmarked(ada)
    ada.application.extensions["scorers"] = broken_scorers
    caretaker.make_round(grace=AT_ONCE)
    second = unmarked(ben)
    caretaker.make_round(grace=AT_ONCE)
    assert awaiting(ada, first)
    assert not awaiting(ben, second)


def test_a_database_that_refuses_writes_does_not_end_it(caretaker: Caretaker, ada: Browser) -> None:
    address = unmarked(ada)
    with refusing_writes(ada.application):
        caretaker.make_round(grace=AT_ONCE)
    assert awaiting(ada, address)
    again = Caretaker(ada.application)
    again.make_round(grace=AT_ONCE)
    assert not awaiting(ada, address)


def test_a_backup_is_made_when_it_is_due_and_not_before(app: Flask, caretaker: Caretaker) -> None:
    plan = app.extensions["backups"] = replace(app.extensions["backups"], every=timedelta(hours=24))
    caretaker.make_round()
    caretaker.make_round()
    assert len(backups_in(plan.folder)) == 1
    app.extensions["next_backup"] = NOON.replace(year=2020)
    newest = backups_in(plan.folder)[0].file
    newest.rename(newest.with_name("markscheme-2026-03-02T120000Z.sqlite3"))
    caretaker.make_round()
    assert len(backups_in(plan.folder)) == 2


def test_it_works_by_itself_from_start_to_stop(app: Flask, ada: Browser) -> None:
    address = unmarked(ada)
    caretaker = Caretaker(app, every=0.05)
    caretaker.start()
    deadline = monotonic() + 30
    while awaiting(ada, address) and monotonic() < deadline:
        Event().wait(0.05)
    caretaker.stop()
    assert not awaiting(ada, address)
    assert caretaker.idle_seconds < 30


def test_pauses_grow_and_end() -> None:
    patience, moment = Patience(), NOON
    for _ in range(3):
        patience.failed(7, moment)
    assert patience.resting(moment) == {7}
    assert patience.resting(moment + 4 * FIRST_PAUSE) == set()
    for _ in range(40):
        patience.failed(7, moment)
    assert patience.resting(moment + LONGEST_PAUSE) == set()
    patience.failed(7, moment)
    patience.marked(7)
    assert patience.resting(moment) == set()
