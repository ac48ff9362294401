"""History: every draft, the first one first; any two of them beside each other."""

from __future__ import annotations

import pytest

from tests.integration.web.browsing import Browser
from tests.integration.web.practice import ESSAY, REDRAFT, SLUG, TRADE, handed_in

PAGES = ("/history", f"/history/{SLUG}", f"/history/{SLUG}/compare?from=1&to=2")


@pytest.fixture
def drafted(ada: Browser) -> Browser:
    """Ada, with two drafts handed in."""
    handed_in(ada, ESSAY)
    handed_in(ada, REDRAFT, attempt="2")
    return ada


def test_shows_each_draft_with_coverage_and_level(drafted: Browser) -> None:
    for address in PAGES[:2]:
        page = drafted.get(address).text
        assert page.index("Draft 1") < page.index("Draft 2")
        assert "of 9 made" in page
        assert "Level " in page


def test_of_nothing_says_what_to_do(ada: Browser) -> None:
    assert "Choose a question" in ada.get("/history").text
    assert "No draft handed in yet" in ada.get(f"/history/{SLUG}").text


def test_compares_any_two_drafts_in_either_order(drafted: Browser) -> None:
    for order in ("from=1&to=2", "from=2&to=1"):
        page = drafted.get(f"/history/{SLUG}/compare?{order}")
        assert page.status_code == 200
        assert f'<p class="differs">{TRADE}</p>' in page.text
        assert page.text.index("Draft 1<") < page.text.index("Draft 2<")
        assert 'Won <span class="soft figures">1</span>' in page.text


def test_compares_a_draft_with_itself(drafted: Browser) -> None:
    page = drafted.get(f"/history/{SLUG}/compare?from=2&to=2")
    assert page.status_code == 200
    assert "Nothing lost" in page.text


@pytest.mark.parametrize(
    "query", ["", "from=1", "from=1&to=9", "from=x&to=2", "from=1&to=2'--", "from=-1&to=2"]
)
def test_of_drafts_that_are_not_there_is_404(drafted: Browser, query: str) -> None:
    assert drafted.get(f"/history/{SLUG}/compare?{query}").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_sends_somebody_unknown_to_sign_in(anybody: Browser, address: str) -> None:
    assert anybody.get(address).status_code == 303


def test_shows_nobody_elses_drafts(drafted: Browser, ben: Browser, ms_cole: Browser) -> None:
    for other in (ben, ms_cole):
        assert "Draft 1" not in other.get("/history").text
        assert "Draft 1" not in other.get(f"/history/{SLUG}").text
        assert other.get(PAGES[2]).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_answers_other_verbs_with_405(ada: Browser, address: str) -> None:
    assert ada.post(address).status_code == 405


def test_of_an_unknown_question_is_404(ada: Browser) -> None:
    assert ada.get("/history/no-such-question").status_code == 404
