"""A server that cannot save, or whose answer is lost: said on the page, kept here, saved when it can be."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.writing import WRITE, begin, essay_on, save, write

SAVING = "**/draft"


def answer_is_lost(route: Route) -> None:
    """Let the server have the request, and lose what it says."""
    route.fetch()
    route.abort()


def disk_is_full(route: Route) -> None:
    said = {"error": {"code": "storage-full", "message": "The server’s disk is full."}}
    route.fulfill(status=507, json=said)


def test_a_lost_answer_makes_no_conflict_with_oneself(page: Page) -> None:
    begin(page)
    page.route(SAVING, answer_is_lost)
    write(page, "Stored, but nobody knows")
    expect(page.locator("#save-state")).to_contain_text("Offline")
    page.unroute(SAVING)
    write(page, "Stored, but nobody knows. And more")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(page.locator("#conflict")).to_be_hidden()
    page.goto(WRITE)
    assert essay_on(page) == "Stored, but nobody knows. And more"


def test_a_server_whose_disk_is_full_is_named_and_the_text_kept(page: Page) -> None:
    begin(page)
    page.route(SAVING, disk_is_full)
    write(page, "Written while the disk was full")
    expect(page.locator("#save-state")).to_have_text("The server cannot save just now: kept on this computer")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert essay_on(page) == "Written while the disk was full"
    page.unroute(SAVING)
    save(page)
