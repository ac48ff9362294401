"""A guest practises and redrafts: nothing typed is lost, and nothing is handed in twice."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.writing import ESSAY, TRADE, begin, essay_on, hand_in, wait_until_saved, write


def test_a_guest_practises_and_redrafts(page: Page) -> None:
    begin(page)
    write(page, ESSAY)
    wait_until_saved(page)
    page.reload()
    assert essay_on(page) == ESSAY

    page.get_by_role("button", name="Hand in").dblclick()
    page.wait_for_url("**/submissions/**")
    expect(page.get_by_role("heading", name="Next step")).to_be_visible()
    expect(page.get_by_text("not an exam board’s mark").first).to_be_visible()

    page.get_by_role("button", name="Redraft").click()
    assert essay_on(page) == ESSAY
    write(page, f"{TRADE}\n\n{ESSAY}")
    hand_in(page)
    expect(page.locator(".gain")).to_contain_text("+1 −0")

    page.goto("/history")
    expect(page.locator(".stop")).to_have_count(2)
    page.goto("/")
    expect(page.get_by_role("link", name="2 drafts")).to_be_visible()


def test_evidence_and_key_points_lead_to_each_other(page: Page) -> None:
    begin(page)
    write(page, ESSAY)
    hand_in(page)
    page.keyboard.press("n")
    first = page.locator("a.passage-number").first
    expect(first).to_be_focused()
    number = first.inner_text().strip()
    expect(page.locator(f"#point-{number}[data-lit]")).to_be_attached()

    page.keyboard.press("Enter")
    expect(page.locator(f"#point-{number}")).to_have_attribute("open", "")
    expect(page.locator(f"#point-{number} summary")).to_be_focused()
    page.locator(f"#point-{number}").get_by_role("button", name="Show it in the essay").first.click()
    expect(page.locator(f'mark[data-numbers~="{number}"][data-lit]').first).to_be_visible()


def test_the_full_key_points_are_shown_after_one_confirmation(page: Page) -> None:
    begin(page)
    write(page, ESSAY)
    hand_in(page)
    expect(page.get_by_role("button", name="Show them now")).to_be_hidden()
    page.get_by_text("See the full key points").click()
    page.get_by_role("button", name="Show them now").click()
    expect(page.get_by_text("You see the full key points")).to_be_visible()


def test_five_words_are_asked_about_once(page: Page) -> None:
    begin(page)
    write(page, "Khrushchev did quite well, really.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("alert")).to_contain_text("5 words")
    assert essay_on(page) == "Khrushchev did quite well, really."
    page.get_by_role("button", name="Hand it in anyway").click()
    page.wait_for_url("**/submissions/**")


def test_a_megabyte_stays_on_the_page_with_the_limit(page: Page) -> None:
    megabyte = "Grain, flats and pensions. " * 40_000
    begin(page)
    write(page, megabyte)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("#too-long")).to_contain_text("100,000")
    assert essay_on(page) == megabyte


def test_without_javascript(new_visitor: object) -> None:
    page = new_visitor(java_script_enabled=False).new_page()  # type: ignore[operator]  # a fixture's function
    begin(page)
    write(page, ESSAY)
    page.get_by_role("button", name="Save").click()
    assert essay_on(page) == ESSAY
    hand_in(page)
    expect(page.get_by_role("heading", name="Next step")).to_be_visible()
    page.locator("a.passage-number").first.click()
    page.wait_for_url("**#point-*")
