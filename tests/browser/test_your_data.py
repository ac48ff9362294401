"""Your data in a real browser: downloaded, erased after one tick; the second step drawn on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.writing import ESSAY, begin, hand_in, write


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def test_a_guest_downloads_and_erases_everything(page: Page) -> None:
    begin(page)
    write(page, ESSAY)
    hand_in(page)
    page.get_by_role("contentinfo").get_by_role("link", name="Your data").click()
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download my data").click()
    data = json.loads(Path(downloading.value.path()).read_text(encoding="utf-8"))
    assert data["essays"][0]["essay"] == ESSAY
    page.get_by_label("Yes, erase everything").check()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_text("Everything that you wrote here is erased.")).to_be_visible()
    page.goto("/history")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_second_step_is_offered_as_a_picture_and_as_a_key(
    new_visitor: Callable[..., BrowserContext], teacher_state: Any
) -> None:
    page = new_visitor(storage_state=teacher_state).new_page()
    page.goto("/account")
    page.get_by_role("link", name="Switch it on").click()
    expect(page.locator("svg.qr")).to_be_visible()
    assert len(page.locator("ol code").inner_text().replace(" ", "")) == 32
    assert violations(page) == []
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This code does not fit")).to_be_visible()
