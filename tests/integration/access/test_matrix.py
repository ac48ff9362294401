"""Whoever asks for whatever gets what the matrix says, with its headers, and nothing that is others'."""

from __future__ import annotations

import fnmatch
import html
import io
import json
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from werkzeug.test import TestResponse

import web
from models import PromptVersion
from services.rubrics import rubric_of
from services.scoring import Scorer
from tests.integration.access.conftest import COUNTED
from tests.integration.access.matrix import PLACES, Row, read_matrix
from tests.integration.access.requests import FORMS, address_of, body_of
from tests.integration.access.world import NOBODY, PEOPLE, World
from tests.integration.web.practice import ESSAY, SLUG
from tests.leaks import Secrets
from web.extensions import db

pytestmark = pytest.mark.slow

ROWS = read_matrix()
NOT_PAGES = ("/static/", "/bootstrap/")


def test_every_route_is_in_the_matrix(world: World) -> None:
    routes = {
        (method, rule.rule)
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith(NOT_PAGES)
    }
    assert routes == {(row.method, row.rule) for row in ROWS}


def test_every_route_with_an_object_is_tried_on_every_kind_of_object() -> None:
    tried: dict[tuple[str, str], set[str]] = {}
    for row in ROWS:
        tried.setdefault((row.method, row.rule), set()).add(row.whose)
    kinds = {"<ref>": {"own", "class's", "stranger's"}, "<token>": {"live", "spent"}}
    for (method, rule), found in tried.items():
        wanted = next((kind for part, kind in kinds.items() if part in rule), {"-"})
        assert found == wanted, f"{method} {rule}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_everybody_gets_what_the_matrix_says(row: Row, world: World, answer_key: Secrets) -> None:
    found = {}
    for who, cell in row.cells:
        address = address_of(world, row.rule, who, row.whose)
        if address is None:
            found[who] = "."
            continue
        answer = send(world, row, who, address)
        found[who] = outcome(answer, address, cell)
        sent = sent_with(world, row, address)
        inspect(answer, who, world, answer_key, sent=sent, key_allowed=cell.endswith("k"))
    world.put_back()
    assert found == dict(row.cells)


@pytest.mark.parametrize("row", [row for row in ROWS if row.method != "GET"], ids=lambda row: row.id)
def test_nothing_is_done_for_a_form_of_another_site(row: Row, world: World, answer_key: Secrets) -> None:
    before = _everything(world)
    for who in PEOPLE:
        address = address_of(world, row.rule, who, row.whose)
        if address is None:
            continue
        browser = world.browser(who)
        browser.careless = True
        answer = browser.open(address, method=row.method, **body_of(world, row.method, row.rule, row.whose))
        COUNTED["forged requests"] += 1
        assert answer.status_code in ({400, 401} if who == NOBODY else {400}), f"{who}: {answer.status_code}"
        inspect(answer, who, world, answer_key, sent=sent_with(world, row, address), key_allowed=False)
    assert _everything(world) == before


def send(world: World, row: Row, who: str, address: str) -> TestResponse:
    """Send the request of a cell, in a world where nothing has happened yet."""
    if row.method != "GET" or row.rule.endswith((".csv", "/file")):
        world.put_back()
    COUNTED["requests"] += 1
    return world.browser(who).open(
        address, method=row.method, **body_of(world, row.method, row.rule, row.whose)
    )


def sent_with(world: World, row: Row, address: str) -> str:
    """Return what a request says by itself, which may come back."""
    return f"{address} {body_of(world, row.method, row.rule, row.whose)}"


def outcome(answer: TestResponse, address: str, cell: str) -> str:
    """Say what came of a request in the words of the matrix."""
    if answer.status_code != 303:
        kind = "k" if cell.endswith("k") else ""
        return f"{answer.status_code}{kind}"
    location = unquote(answer.location)
    if location == unquote(f"/login?next={quote(address)}"):
        return "login"
    expected = PLACES.get(cell.removeprefix(">"), "")
    parts = address.split("/")
    pattern = expected.replace("<slug>", SLUG).replace("<ref>", parts[2] if len(parts) > 2 else "")
    fits = bool(expected) and fnmatch.fnmatchcase(location, pattern)
    return cell if fits else f"303 to {location}"


def inspect(
    answer: TestResponse, who: str, world: World, answer_key: Secrets, *, sent: str, key_allowed: bool
) -> None:
    """Fail where an answer lacks a header, or carries what is not for this person and was not `sent`."""
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, f"{name}: {answer.headers.get(name)}"
    assert "Strict-Transport-Security" not in answer.headers
    assert not answer.headers.get("Server", "").startswith("Werkzeug")
    body = html.unescape(answer.text)
    body += answer.headers.get("Location", "") + answer.headers.get("Content-Disposition", "")
    foreign = [text for text in world.foreign_texts(who) if text in body and text not in sent]
    assert not foreign, f"{who} was sent {foreign}"
    if not key_allowed:
        assert answer_key.found_in(answer.data, written=ESSAY) == (), who


HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _everything(world: World) -> bytes:
    """Return the whole database, its log worked in."""
    with world.app.app_context():
        db.engine.dispose()
    return world.file.read_bytes()


@pytest.mark.parametrize("who", ["nobody", "ada"])
def test_another_verb_is_refused_and_tells_nothing(who: str, world: World, answer_key: Secrets) -> None:
    routes = world.app.url_map.bind("localhost")
    for row in {row.rule: row for row in ROWS}.values():
        address = address_of(world, row.rule, who, row.whose) or ""
        known = set(routes.allowed_methods(address.partition("?")[0]))
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
            answer = world.browser(who).open(address, method=method)
            COUNTED["other verbs"] += 1
            assert answer.status_code == 405, f"{method} {address}"
            inspect(answer, who, world, answer_key, sent=address, key_allowed=False)


@pytest.mark.parametrize("who", PEOPLE)
def test_addresses_that_lead_nowhere_tell_nothing(who: str, world: World, answer_key: Secrets) -> None:
    for path in (
        "/no-such-page",
        "/submissions/",
        "/questions/no-such-question/write",
        "/review/%00",
        "/..%2f..%2fetc",
    ):
        answer = world.browser(who).get(path)
        COUNTED["requests"] += 1
        assert answer.status_code in {303, 403, 404}
        inspect(answer, who, world, answer_key, sent=path, key_allowed=False)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_crash_tells_nothing(who: str, world: World, answer_key: Secrets) -> None:
    """The error's own message quotes the mark scheme, as a mistake of ours might."""

    def broken(version: PromptVersion) -> Scorer:
        raise MemoryError(repr(rubric_of(version)))

    world.app.extensions["scorers"] = broken
    world.put_back()
    answer = world.browser(who).open(
        f"/questions/{SLUG}/submit", method="POST", data=FORMS["POST /questions/<slug>/submit"]
    )
    page = world.browser(who).get(answer.location) if answer.status_code == 303 else answer
    del world.app.extensions["scorers"]
    world.put_back()
    COUNTED["requests"] += 1
    assert page.status_code in {200, 401, 404}
    inspect(page, who, world, answer_key, sent=f"{answer.location}", key_allowed=False)


@pytest.mark.parametrize(
    "path",
    [
        "static/css/markscheme.css",
        "static/js/write.js",
        "static/no-such-file",
        "bootstrap/static/css/bootstrap.min.css",
    ],
)
def test_files_carry_the_headers_too(path: str, world: World) -> None:
    answer = world.browser("ada").get(f"/{path}", buffered=True)
    found = {name: answer.headers.get(name) for name in HEADERS if name != "Cache-Control"}
    assert found == {name: value for name, value in HEADERS.items() if name != "Cache-Control"}


def test_no_source_that_a_browser_gets_holds_the_answer_key(answer_key: Secrets) -> None:
    sources = [
        file
        for file in (Path(web.__file__).parent / "static").rglob("*")
        if file.suffix in {".js", ".css", ".svg"}
    ]
    assert len(sources) > 10
    assert {file.name: answer_key.found_in(file.read_bytes()) for file in sources} == {
        file.name: () for file in sources
    }


def test_nothing_that_was_logged_leads_to_anybody(logged: io.StringIO, world: World) -> None:
    lines = logged.getvalue()
    assert '"event": "request"' in lines
    for line in lines.splitlines():
        json.loads(line)
    private = (
        [mark.text for mark in world.marks] + list(world.tokens.values()) + ["Khrushchev’s economic reforms"]
    )
    assert [text for text in private if text in lines] == []
