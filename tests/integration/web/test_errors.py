"""Errors are pages in the design, or JSON for JSON; a refused form shows its text again."""

from __future__ import annotations

from tests.integration.web.browsing import Browser


def test_an_unknown_address_is_a_page_with_a_way_back(anybody: Browser) -> None:
    answer = anybody.get("/no-such-page")
    assert answer.status_code == 404
    assert "Nothing found here" in answer.text
    assert 'href="/"' in answer.text


def test_json_requests_get_json_errors(anybody: Browser) -> None:
    answer = anybody.get("/no-such-page", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json == {
        "error": {
            "code": "not-found",
            "message": "The address may be mistyped, or the page may belong to somebody else.",
        }
    }
