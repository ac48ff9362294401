"""Every student's page: nothing serious for axe, light and dark; fits a small phone; keys alone do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.writing import ESSAY, SLUG, TRADE, WRITE, begin, hand_in, save, write

Enter = Callable[..., BrowserContext]

PAGES = {
    "home": "/",
    "write": WRITE,
    "history": "/history",
    "drafts": f"/history/{SLUG}",
    "compare": f"/history/{SLUG}/compare?from=1&to=2",
    "join": "/join",
}
SMALL_PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def practised(browser: Browser, base_url: str) -> Any:
    """A guest with two drafts handed in and a third one begun: cookies for a browser context."""
    visitor = browser.new_context(base_url=base_url)
    page = visitor.new_page()
    begin(page)
    write(page, ESSAY)
    hand_in(page)
    page.get_by_role("button", name="Redraft").click()
    write(page, f"{TRADE}\n\n{ESSAY}")
    hand_in(page)
    page.goto(WRITE)
    write(page, f"{TRADE}\n\n{ESSAY}\n\nMore.")
    save(page)
    state = visitor.storage_state()
    visitor.close()
    return state


def feedback_of(page: Page) -> None:
    """Open the latest feedback, with every key point unfolded."""
    page.goto("/")
    page.get_by_role("link", name="Latest feedback").click()
    page.wait_for_url("**/submissions/**")
    for point in page.locator(".point > summary").all():
        point.click()


def open_named(page: Page, name: str) -> None:
    """Open a page by its name."""
    if name == "feedback":
        feedback_of(page)
    else:
        page.goto(PAGES[name])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*PAGES, "feedback"])
def test_has_nothing_serious_for_axe(new_visitor: Enter, practised: Any, name: str, scheme: str) -> None:
    page = new_visitor(storage_state=practised, color_scheme=scheme).new_page()
    open_named(page, name)
    assert serious(page) == []


@pytest.mark.parametrize("name", [*PAGES, "feedback"])
def test_fits_a_small_phone(new_visitor: Enter, practised: Any, name: str) -> None:
    page = new_visitor(storage_state=practised, viewport=SMALL_PHONE).new_page()
    open_named(page, name)
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_versions_and_a_short_essay_have_nothing_serious_for_axe(new_visitor: Enter, scheme: str) -> None:
    page = new_visitor(color_scheme=scheme).new_page()
    begin(page)
    write(page, "Much too short.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("alert")).to_contain_text("very short")
    assert serious(page) == []
    save(page)
    page.evaluate("document.getElementById('found-essay').value = 'Something else.'")
    page.evaluate("document.getElementById('found').submit()")
    expect(page.get_by_role("heading", name="Two versions of your essay")).to_be_visible()
    assert serious(page) == []


def test_the_first_visit_has_nothing_serious_for_axe(page: Page) -> None:
    page.goto("/")
    assert serious(page) == []


def test_can_be_written_and_handed_in_without_a_mouse(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Write")
    page.keyboard.press("Enter")
    page.wait_for_url("**/write")
    tab_to(page, "")
    page.keyboard.type("Written with the keyboard alone, and long enough to be taken: ")
    page.keyboard.insert_text(ESSAY)
    tab_to(page, "Hand in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/submissions/**")
    tab_to(page, "Redraft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/write")


def test_the_timer_counts_down_stops_and_never_hands_in(page: Page) -> None:
    begin(page)
    page.clock.install()
    page.reload()
    page.get_by_role("button", name="Start a 40-minute timer").click()
    page.clock.run_for(61_000)
    expect(page.locator("#timer-shown")).to_have_text("38:59 left")
    page.clock.run_for(40 * 60_000)
    expect(page.locator("#timer-shown")).to_contain_text("Time is up")
    assert page.url.endswith("/write")
    page.get_by_role("button", name="Stop the timer").click()
    expect(page.locator("#timer-shown")).to_be_empty()


def serious(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds serious or critical: the rule and the first place."""
    found = Axe().run(page).response["violations"]
    grave = (each for each in found if each["impact"] in {"serious", "critical"})
    return [(each["id"], each["nodes"][0]["html"]) for each in grave]


def tab_to(page: Page, label: str) -> None:
    """Press Tab until a button that starts with a label has the focus; without a label, the text area."""
    wanted = "document.activeElement.id === 'essay'"
    if label:
        wanted = f"(e => e.matches('button') && e.innerText.startsWith('{label}'))(document.activeElement)"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(wanted):
            return
    pytest.fail(f"Tab never reaches {label or 'the text area'}")
