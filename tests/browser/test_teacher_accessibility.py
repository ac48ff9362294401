"""The teacher's and the author's pages have no serious fault that axe can find, in light and in dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.marking import NewVisitor, open_room
from tests.browser.writing import SLUG

PAGES = {
    "classes": "/classes",
    "new class": "/classes/new",
    "class": "{room}",
    "projector": "{room}/code",
    "review": "{room}/next",
    "map": "{room}/map?prompt=" + SLUG,
    "author's check": "/authors/check",
}


def serious_faults(page: Page) -> list[str]:
    """Return what axe calls serious or critical, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html']}"
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault(new_visitor: NewVisitor, teacher_state: Any, scheme: str) -> None:
    room = open_room(new_visitor, teacher_state, name=f"In the {scheme}", color_scheme=scheme)
    page = room.teacher
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(room=room.address))
        faults[name] = serious_faults(page)
    page.goto(f"{room.address}/next")
    page.keyboard.press("2")
    faults["review with a choice"] = serious_faults(page)
    page.goto(page.url.split("?")[0].split("#")[0] + "/rows")
    faults["rows"] = serious_faults(page)
    assert {name: found for name, found in faults.items() if found} == {}
