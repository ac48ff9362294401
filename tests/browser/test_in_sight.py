"""What somebody types, or looks at by keyboard, is not covered by bars and not scrolled away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.marking import NewVisitor, open_room
from tests.browser.writing import ESSAY, begin, write

Enter = Callable[..., BrowserContext]

SCREENS = {
    "laptop": {"width": 1280, "height": 720},
    "phone": {"width": 390, "height": 844},
}
LINES = 200
"""More than the essay has on the smallest of these screens."""
ZOOMED = {"width": 640, "height": 600}
"""A laptop of 1280 at twice the size: essay and key points stand one above the other."""


def box_of(part: Locator) -> tuple[float, float]:
    """Return where a part of the page begins and ends, downwards, in pixels of the window."""
    box = part.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


def in_window(page: Page, part: Locator) -> bool:
    """Tell whether the beginning of a part of the page is in the window."""
    top, _ = box_of(part)
    assert page.viewport_size
    return 0 <= top < page.viewport_size["height"] - 40


@pytest.mark.parametrize("screen", SCREENS)
def test_the_line_that_is_typed_stays_between_the_bars(new_visitor: Enter, screen: str) -> None:
    page = new_visitor(viewport=SCREENS[screen]).new_page()
    begin(page)
    write(page, ESSAY * 3)
    page.get_by_label("Your essay").press("Control+End")
    for number in range(8):
        page.keyboard.press("Enter")
        page.keyboard.type(f"Line {number}")
    sheet = page.get_by_label("Your essay")
    inset = sheet.evaluate("sheet => parseFloat(getComputedStyle(sheet).paddingTop)")
    _, end = box_of(sheet)
    bar, _ = box_of(page.locator(".writing-foot"))
    assert end - inset <= bar

    for _ in range(LINES):
        page.keyboard.press("ArrowUp")
    _, head = box_of(page.locator(".writing-question"))
    start, _ = box_of(sheet)
    assert start + inset >= head


def test_keys_do_not_scroll_a_key_point_away(new_visitor: NewVisitor, teacher_state: Any) -> None:
    page = open_room(new_visitor, teacher_state, name="Zoomed", viewport=ZOOMED).teacher
    page.goto(f"{page.url}/next")
    expect(page.locator("[data-review][data-enhanced]")).to_be_attached()
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        assert in_window(page, page.locator("[data-current]")), key


def test_a_verdict_that_is_overruled_leaves_the_essay_too(
    new_visitor: NewVisitor, teacher_state: Any
) -> None:
    page = open_room(new_visitor, teacher_state, name="Evidence").teacher
    page.goto(f"{page.url}/next")
    credited = page.locator("[data-point][data-machine=hit]").first
    number = credited.get_attribute("data-point")
    passage = page.locator(f"mark[data-numbers~='{number}']")
    expect(passage).not_to_have_count(0)
    credited.locator("[name=verdict][value=miss]").check(force=True)
    page.locator(f"#reason-{number}").fill("Said of something else")
    page.keyboard.press("Enter")
    expect(page.locator(f"#point-{number} .decision")).to_contain_text("overruled")
    expect(passage).to_have_count(0)


def test_escape_leads_from_the_mark_back_to_the_key_points(
    new_visitor: NewVisitor, teacher_state: Any
) -> None:
    page = open_room(new_visitor, teacher_state, name="Out of the mark").teacher
    page.goto(f"{page.url}/next")
    expect(page.locator("[data-review][data-enhanced]")).to_be_attached()
    page.keyboard.press("m")
    expect(page.locator("#mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#point-1")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#point-2")).to_be_focused()
    expect(page.locator("#mark")).to_have_value("")
