"""Whatever happens while somebody writes, the text is there afterwards, and only for the one who wrote it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Dialog, Page, Request, Route, expect

from tests.browser.conftest import fill_registration, password_of
from tests.browser.writing import ESSAY, WRITE, begin, essay_on, hand_in, save, wait_until_saved, write

SLOW = {"offline": False, "latency": 800, "downloadThroughput": -1, "uploadThroughput": -1}
"""A network on which every request takes most of a second (milliseconds)."""

Enter = Callable[..., BrowserContext]


def leave_anyway(dialog: Dialog) -> None:
    dialog.accept()


def copies(page: Page) -> int:
    """Return how many essays this computer keeps because the server has not got them."""
    names: list[str] = page.evaluate("Object.keys(localStorage)")
    return sum(name.startswith("markscheme:essay:") for name in names)


def test_a_reload_before_the_first_save_brings_the_text_back(page: Page) -> None:
    begin(page)
    write(page, "Typed a moment before the lights went out")
    page.once("dialog", leave_anyway)
    page.reload()
    assert essay_on(page) == "Typed a moment before the lights went out"
    wait_until_saved(page)
    assert copies(page) == 0


def test_a_save_that_arrives_late_after_a_reload_is_no_other_version(page: Page) -> None:
    begin(page)
    write(page, "Beginning")
    save(page)
    late: list[Request] = []

    def hold(route: Route) -> None:
        late.append(route.request)
        route.abort()

    page.route("**/draft", hold)
    write(page, "Beginning, and gone on")
    expect(page.locator("#save-state")).to_contain_text("Offline")
    page.unroute_all()
    page.once("dialog", leave_anyway)
    page.reload()
    page.request.fetch(late[0])
    write(page, "Beginning, and gone on and on")
    save(page)
    expect(page.locator("#conflict")).to_be_hidden()
    page.reload()
    assert essay_on(page) == "Beginning, and gone on and on"


def test_leaving_asks_only_while_something_is_unsaved(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.on("dialog", leave_anyway)
    begin(page)
    write(page, "Saved before leaving")
    save(page)
    page.goto("/history")
    assert asked == []
    page.goto(WRITE)
    write(page, "Not saved before leaving")
    page.goto("/history")
    assert asked == ["beforeunload"]


def test_offline_the_text_is_kept_here_and_saved_later(page: Page) -> None:
    begin(page)
    page.context.set_offline(True)
    write(page, "Written on the bus")
    expect(page.locator("#save-state")).to_have_text("Offline: kept on this computer")
    assert copies(page) == 1
    page.context.set_offline(False)
    wait_until_saved(page)
    assert copies(page) == 0
    page.reload()
    assert essay_on(page) == "Written on the bus"


def test_handing_in_without_a_connection_stays_and_says_that_nothing_is_lost(page: Page) -> None:
    begin(page)
    page.context.set_offline(True)
    write(page, ESSAY)
    page.get_by_role("button", name="Hand in").click()
    notice = page.locator("#unreachable")
    expect(notice).to_contain_text("Not handed in: Markscheme cannot be reached.")
    expect(notice).to_contain_text("Your essay is kept on this computer.")
    assert page.url.endswith(WRITE)
    page.context.set_offline(False)
    wait_until_saved(page)
    expect(notice).to_be_hidden()
    hand_in(page)
    expect(page.locator("[data-essay]")).to_contain_text("pensions rose")


def test_two_tabs_never_overwrite_each_other(page: Page) -> None:
    begin(page)
    write(page, "Beginning")
    save(page)
    other = page.context.new_page()
    other.goto(WRITE)
    write(other, "Beginning\n\nGone on at school")
    save(other)

    write(page, "Beginning\n\nGone on at home")
    expect(page.locator("#conflict")).to_be_visible()
    page.get_by_role("button", name="See both versions").first.click()
    expect(page.locator(".version-text").first).to_contain_text("Gone on at home")
    expect(page.locator(".version-text").last).to_contain_text("Gone on at school")

    page.get_by_role("button", name="Keep this version").click()
    page.wait_for_url(f"**{WRITE}")
    assert essay_on(page) == "Beginning\n\nGone on at home"
    assert copies(page) == 0
    expect(page.locator("#found")).to_be_hidden()


def test_two_versions_can_be_put_together(page: Page) -> None:
    begin(page)
    write(page, "Beginning")
    save(page)
    other = page.context.new_page()
    other.goto(WRITE)
    write(other, "At school")
    save(other)
    write(page, "At home")
    page.get_by_role("button", name="See both versions").first.click()
    page.get_by_text("Put them together yourself").click()
    page.get_by_role("button", name="Keep this text").click()
    page.wait_for_url(f"**{WRITE}")
    assert essay_on(page) == "At home\n\nAt school"
    assert copies(page) == 0


def leave_an_older_copy(page: Page) -> Page:
    """Leave a text on this computer that was never saved, and save another one since; return a new page."""
    begin(page)
    write(page, "Beginning")
    save(page)
    page.context.set_offline(True)
    write(page, "Beginning, gone on offline")
    expect(page.locator("#save-state")).to_contain_text("Offline")
    page.close()
    page.context.set_offline(False)
    elsewhere = page.context.new_page()
    elsewhere.route("**/write.js*", lambda route: route.abort())
    elsewhere.goto(WRITE)
    write(elsewhere, "Saved on another computer")
    with elsewhere.expect_response(lambda answer: answer.request.method == "POST") as saved:
        elsewhere.locator("[data-without-script]").click()
    saved.value.finished()
    elsewhere.unroute_all()
    return elsewhere


def test_a_copy_that_no_longer_fits_is_offered_and_nothing_replaced(page: Page) -> None:
    page = leave_an_older_copy(page)
    page.goto(WRITE)
    assert essay_on(page) == "Saved on another computer"
    expect(page.locator("#found-text")).to_have_text("Beginning, gone on offline")
    page.locator("#found").get_by_role("button", name="See both versions").click()
    page.get_by_role("button", name="Keep this version").click()
    page.wait_for_url(f"**{WRITE}")
    assert essay_on(page) == "Beginning, gone on offline"
    expect(page.locator("#found")).to_be_hidden()
    assert copies(page) == 0


def test_a_copy_that_is_not_wanted_can_be_dropped(page: Page) -> None:
    page = leave_an_older_copy(page)
    page.goto(WRITE)
    page.get_by_role("button", name="Drop it").click()
    expect(page.locator("#found")).to_be_hidden()
    assert copies(page) == 0
    page.reload()
    expect(page.locator("#found")).to_be_hidden()


def test_a_text_typed_while_signed_out_comes_back_after_signing_in(new_visitor: Enter) -> None:
    visitor = new_visitor()
    page = visitor.new_page()
    page.goto("/register")
    fill_registration(page, "signed_out", "Signed Out")
    begin(page)
    write(page, "Before")
    save(page)
    visitor.clear_cookies()
    write(page, "Before and after")
    expect(page.locator("#save-state")).to_contain_text("Sign in again to save")

    with visitor.expect_page() as opened:
        page.get_by_role("link", name="Sign in", exact=True).last.click()
    sign_in(opened.value, "signed_out")
    opened.value.wait_for_url(f"**{WRITE}")
    assert essay_on(opened.value) == "Before and after"


def test_handing_in_while_signed_out_keeps_the_text(new_visitor: Enter) -> None:
    visitor = new_visitor()
    page = visitor.new_page()
    page.goto("/register")
    fill_registration(page, "expired", "Expired Session")
    begin(page)
    write(page, ESSAY)
    save(page)
    visitor.clear_cookies()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("far fewer babies died").first).to_be_visible()
    other = visitor.new_page()
    other.goto("/login")
    sign_in(other, "expired")
    other.goto(WRITE)
    assert essay_on(other) == ESSAY
    hand_in(other)
    assert copies(other) == 0


def test_the_next_pupil_at_the_same_computer_never_sees_an_unsaved_text(new_visitor: Enter) -> None:
    visitor = new_visitor()
    page = visitor.new_page()
    begin(page)
    visitor.set_offline(True)
    write(page, "Ada’s private thoughts")
    expect(page.locator("#save-state")).to_contain_text("Offline")
    page.close()
    visitor.clear_cookies()
    visitor.set_offline(False)
    next_page = visitor.new_page()
    begin(next_page)
    assert copies(next_page) == 1
    assert essay_on(next_page) == ""
    expect(next_page.locator("#found")).to_be_hidden()


def test_what_was_handed_in_leaves_no_copy_and_no_draft_behind(page: Page) -> None:
    begin(page)
    write(page, ESSAY)
    hand_in(page)
    assert copies(page) == 0
    expect(page.get_by_role("button", name="Redraft", exact=True)).to_be_visible()


def test_handing_in_while_a_save_is_on_its_way_leaves_no_draft_behind(page: Page) -> None:
    begin(page)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    write(page, ESSAY)
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_have_text("Saving …")
    hand_in(page)
    assert copies(page) == 0
    expect(page.get_by_role("button", name="Redraft", exact=True)).to_be_visible()


def sign_in(page: Page, username: str) -> None:
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password_of(username))
    page.locator("main form [type=submit]").click()
    page.wait_for_url(lambda url: "/login" not in url)
