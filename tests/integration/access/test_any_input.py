"""Anything at all in any form field, query parameter, header or file: never a status 500.

The fields are those that the sources read: one that is added and not listed here fails a test.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import web
from tests.integration.access.conftest import COUNTED
from tests.integration.access.matrix import Row, read_matrix
from tests.integration.access.requests import address_of, body_of
from tests.integration.access.world import World

pytestmark = pytest.mark.slow

FIELDS = {
    "GET": ("next", "code", "from", "to", "prompt", "sort", "attempts", "students", "points"),
    "POST": (
        "slug", "essay", "plan", "revision", "attempt", "classroom", "send", "code", "username",
        "display_name", "password", "new_password", "next", "sure", "name", "reveal_policy", "prompt", "show",
        "back", "verdict", "reason", "quick_reason", "comment", "mark", "unit", "text", "csrf_token",
    ),
    "PUT": ("text", "plan", "revision"),
}  # fmt: skip

NOT_FROM_OUTSIDE = {"file", "pile"}
"""A file is tried by itself; `pile` names no field."""

NASTY = (
    "", " ", "0", "-1", "1e999", "NaN", "½", "٣", "9" * 40, "\x00", "\ud800", "\u202e", "é" * 300, "'\"--",
    "{{7*7}}", "%s%n", "%00", "../../etc/passwd", "//evil.example", "\\evil", "javascript:alert(1)",
    "a\r\nSet-Cookie: x=1", "<script>alert(1)</script>", "hit", "latest", "student", "khrushchev",
    "economic-reforms-impact", "on-release",
)  # fmt: skip

TEXTS = st.sampled_from(NASTY) | st.text(max_size=60)
VALUES = TEXTS | st.none() | st.integers() | st.booleans() | st.lists(st.integers(), max_size=2) | st.floats()
ROWS = [row for row in read_matrix() if row.whose in {"-", "own", "live"} and row.rule != "/admin/backup"]
WHO = ("nobody", "ada", "cole")

at_most = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def shaken(world: World) -> Iterator[World]:
    """The world, put back once everything has been tried on it."""
    yield world
    world.put_back()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
@at_most
@given(data=st.data())
def test_no_input_breaks_a_page(row: Row, shaken: World, data: st.DataObject) -> None:
    world = shaken
    if row.method != "GET":
        world.put_back()
    who = data.draw(st.sampled_from(WHO))
    address = address_of(world, row.rule, who, row.whose) or address_of(world, row.rule, "cole", row.whose)
    assert address is not None
    query = _some(data, FIELDS["GET"])
    answer = world.browser(who).open(
        address.partition("?")[0], method=row.method, query_string=query, **_body(data, row, world)
    )
    COUNTED["arbitrary inputs"] += 1
    assert answer.status_code < 500 or row.rule == "/readyz", f"{answer.status_code} {answer.text[:300]}"


@at_most
@given(content=st.binary(max_size=400), name=TEXTS, unit=TEXTS)
def test_no_file_breaks_a_page(world: World, content: bytes, name: str, unit: str) -> None:
    upload = (io.BytesIO(content), name.encode("utf-8", "replace").decode("utf-8").replace("\x00", ""))
    answer = world.browser("cole").post(
        "/authors/check", data={"unit": _sendable(unit), "text": "", "file": upload}
    )
    COUNTED["arbitrary inputs"] += 1
    assert answer.status_code < 500


@at_most
@given(
    path=TEXTS,
    accept=st.sampled_from(["", "application/json", "x/y;q=z", "*/*;q=2"]),
    host=st.sampled_from(["a", "a:b", "[::1]"]),
)
def test_no_address_or_header_breaks_a_page(world: World, path: str, accept: str, host: str) -> None:
    for start in ("/questions/", "/classes/", "/submissions/", "/history/", "/static/", "/first-teacher/"):
        address = start + _sendable(path).replace("\r", "").replace("\n", "")
        headers = {"Accept": accept, "Host": host, "X-Request-ID": "x" * 200, "X-Forwarded-For": "no address"}
        COUNTED["arbitrary inputs"] += 1
        assert world.browser("cole").get(address, headers=headers).status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"text": 1, "plan": ""}',
        b"\xff\xfe",
        b"[" * 5000,
        b'{"text": "\\ud800", "plan": ""}',
    ],
)
def test_no_json_breaks_the_autosave(body: bytes, world: World) -> None:
    address = "/questions/economic-reforms-impact/draft"
    answer = world.browser("ada").put(address, data=body, content_type="application/json")
    world.put_back()
    assert answer.status_code < 500


def test_every_field_that_the_sources_read_is_tried() -> None:
    known = {name for names in FIELDS.values() for name in names} | NOT_FROM_OUTSIDE
    sources = [file for file in Path(web.__file__).parent.rglob("*.py") if file.parent.name != "cli"]
    read = {name for file in sources for name in _read_in(file.read_text(encoding="utf-8"))}
    assert read - known == set()
    assert {"essay", "verdict", "next", "password"} <= read


def _read_in(source: str) -> set[str]:
    """Names in request.form.get("x"), args.get("x"), body["x"], and fields of forms: x = SomeField(...)."""
    asked = re.findall(r'(?:form|args|body|values)(?:\.get|\.getlist)?[(\[]"(\w+)"', source)
    fields = re.findall(r"^    (\w+) = \w*(?:Field|_password)\(", source, re.MULTILINE)
    return {*asked, *fields}


def _some(data: st.DataObject, names: tuple[str, ...]) -> dict[str, str]:
    chosen = data.draw(st.dictionaries(st.sampled_from(names), TEXTS, max_size=3))
    return {name: _sendable(value) for name, value in chosen.items()}


def _body(data: st.DataObject, row: Row, world: World) -> dict[str, Any]:
    """Return what the form would carry, a few of its fields replaced by anything."""
    usual = body_of(world, row.method, row.rule, row.whose)
    if row.method == "PUT":
        fields = st.dictionaries(st.sampled_from(FIELDS["PUT"]), VALUES, max_size=3)
        return {"json": {**usual["json"], **data.draw(fields)}}
    return {"data": {**usual["data"], **_some(data, FIELDS["POST"])}} if row.method == "POST" else {}


def _sendable(text: str) -> str:
    """A lone surrogate cannot be sent as UTF-8; a browser sends a question mark in its place."""
    return text.encode("utf-8", "replace").decode("utf-8")
