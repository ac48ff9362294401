"""The page of whoever looks after the service: how it stands, its backups, and nobody's work or name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from models.backup import backups_in
from services import accounts
from tests.fakes import broken_scorers
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import PERSONAE, Database
from tests.integration.web.practice import ESSAY, autosave, handed_in, person
from web.clock import now
from web.extensions import alembic

COLE = {"display_name": "Dr Søren Cole", "username": "dr.cole", "password": "chalk and slate"}


@pytest.fixture
def keeper(browser_of: Callable[[str], Browser], database: Database) -> Browser:
    """Ms Cole, who also looks after the service."""
    with database() as session:
        accounts.make_admin(session, user=person(session, "ms_cole"))
    browser = browser_of("ms_cole")
    with browser.application.app_context():
        alembic.stamp()
    return browser


def figure(page: str, name: str) -> str:
    found = re.search(rf"<th[^>]*>{name}</th><td[^>]*>([^<]*)</td>", page)
    assert found, name
    return found[1]


def test_a_service_that_works_is_said_to_work(keeper: Browser, ada: Browser) -> None:
    autosave(ada, "A first sentence.")
    handed_in(ada)
    page = keeper.get("/admin").text
    assert "All is well" in page
    assert figure(page, "Handed in, in all") == "1"
    assert figure(page, "Essays marked") == "1"


def test_essays_that_wait_are_counted(keeper: Browser, ada: Browser) -> None:
    ada.application.extensions["scorers"] = broken_scorers
    handed_in(ada)
    page = keeper.get("/admin").text
    assert figure(page, "Awaiting marking") == "1"
    assert figure(page, "Attempts at marking that failed") == "1"


def test_what_is_wrong_stands_at_the_top(keeper: Browser, database: Database) -> None:
    with keeper.application.app_context():
        alembic.stamp("base")
    page = keeper.get("/admin").text
    assert "The tables are of another version" in page
    assert "All is well" not in page


def test_nobodys_work_and_nobodys_name_is_on_it(keeper: Browser, ada: Browser) -> None:
    handed_in(ada)
    page = keeper.get("/admin").text
    for secret in (ESSAY[:30], *(display_name for display_name, _ in PERSONAE.values())):
        assert secret not in page


def test_a_backup_is_made_by_a_button(keeper: Browser) -> None:
    assert keeper.post("/admin/backup").location == "/admin"
    assert "Backed up as markscheme-" in keeper.get("/admin").text
    assert len(backups_in(keeper.application.extensions["backups"].folder)) == 1


def test_a_backup_that_fails_says_so(keeper: Browser) -> None:
    folder = keeper.application.extensions["backups"].folder
    folder.write_text("a file where the folder should be")
    keeper.post("/admin/backup")
    assert "No backup was made" in keeper.get("/admin").text


@pytest.mark.parametrize("who", ["ada", "ms_cole", "mr_drew"])
def test_nobody_else_finds_it(browser_of: Callable[[str], Browser], who: str) -> None:
    browser = browser_of(who)
    assert browser.get("/admin").status_code == 404
    assert browser.post("/admin/backup").status_code == 404
    assert 'href="/admin"' not in browser.get("/").text


def test_strangers_do_not_either(anybody: Browser) -> None:
    assert anybody.get("/admin").status_code == 404


def test_the_verb_matters(keeper: Browser) -> None:
    assert keeper.get("/admin/backup").status_code == 405
    assert keeper.post("/admin").status_code == 405


def test_the_first_teacher_looks_after_the_service_and_is_told_so(
    anybody: Browser, database: Database
) -> None:
    with database() as session:
        for teacher in [person(session, username) for username in ("ms_cole", "mr_drew")]:
            teacher.roles.clear()
        link = "/first-teacher/" + accounts.invite_teacher(session, now=now())
    assert "looks after the service" in anybody.get(link).text
    anybody.post(link, data=COLE)
    assert anybody.get("/admin").status_code == 200


def test_a_later_teacher_does_not(anybody: Browser, database: Database) -> None:
    with database() as session:
        link = "/first-teacher/" + accounts.invite_teacher(session, now=now(), from_console=True)
    assert "looks after the service" not in anybody.get(link).text
    anybody.post(link, data=COLE)
    assert anybody.get("/admin").status_code == 404
