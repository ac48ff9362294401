"""A teacher reviews by keyboard alone, loses nothing when signed out, and can do without JavaScript."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.marking import NewVisitor, open_room
from tests.browser.writing import ESSAY, TRADE

WEAK = (
    "Khrushchev’s reforms were about trade and flats. People wanted more than they got, and many grumbled "
    "in the queues, but some things were better than they had been under Stalin, so it is hard to say."
)


def machine_says(page: Page, number: int) -> str:
    """Return the machine's verdict on a key point."""
    return page.locator(f"#point-{number}").get_attribute("data-machine") or ""


def overruling_key(page: Page, number: int) -> str:
    """Return the key of a verdict that differs from the machine's."""
    return "4" if machine_says(page, number) != "miss" else "1"


def current(page: Page) -> str:
    """Return the key point that keys act on."""
    return page.locator("[data-current]").get_attribute("id") or ""


def arrive_at(page: Page, place: str) -> None:
    """Wait for an essay of the pile, until its page listens to keys."""
    expect(page.locator("#pile")).to_contain_text(place)
    expect(page.locator("[data-review][data-enhanced]")).to_be_attached()


def test_an_essay_is_reviewed_by_keyboard_alone(new_visitor: NewVisitor, teacher_state: Any) -> None:
    page = open_room(new_visitor, teacher_state, name="By keyboard").teacher
    page.goto(f"{page.url}/next")
    press = page.keyboard.press
    assert current(page) == "point-1"

    press("Enter")
    expect(page.locator("#point-1 .decision")).to_contain_text("Confirmed by Ms Zoë Cole")
    expect(page.locator("#standing")).to_contain_text("1 of 9 decided")
    assert current(page) == "point-2"

    press(overruling_key(page, 2))
    expect(page.locator("#reason-2")).to_be_focused()
    page.keyboard.type("Déjà vu – said in another way")
    press("Enter")
    expect(page.locator("#point-2 .decision")).to_contain_text("Ms Zoë Cole overruled: Déjà vu")
    assert current(page) == "point-3"

    press(overruling_key(page, 3))
    press("ArrowDown")
    expect(page.locator("#point-3 [name=quick_reason]:focus")).to_be_attached()
    press("Enter")
    expect(page.locator("#point-3 .decision")).to_contain_text("overruled")

    press("c")
    page.keyboard.type("Name the year.")
    press("Control+Enter")
    expect(page.locator("#point-4 .decision")).to_be_visible()
    expect(page.locator("#comment-4")).to_have_value("Name the year.")

    press("k")
    press("k")
    assert current(page) == "point-3"
    press("u")
    expect(page.locator("#point-3 .decision")).to_have_count(0)


def test_a_pile_is_gone_through_by_keyboard_alone(new_visitor: NewVisitor, teacher_state: Any) -> None:
    essays = (ESSAY, f"{TRADE}\n\n{ESSAY}")
    page = open_room(new_visitor, teacher_state, name="A pile", essays=essays).teacher
    page.goto(f"{page.url}/next")
    press = page.keyboard.press
    arrive_at(page, "Essay 1 of 2 · 0 reviewed")
    press("]")
    arrive_at(page, "Essay 2 of 2")
    press("[")
    arrive_at(page, "Essay 1 of 2")
    press("f")
    expect(page.locator("[data-finish]")).to_be_focused()
    press("Enter")
    arrive_at(page, "Essay 2 of 2 · 1 reviewed")
    press("f")
    press("Enter")
    expect(page.get_by_text("Every essay of this pile is reviewed.")).to_be_visible()


def test_an_override_asks_for_a_reason_and_escape_takes_the_choice_back(
    new_visitor: NewVisitor, teacher_state: Any
) -> None:
    page = open_room(new_visitor, teacher_state, name="Reasons").teacher
    page.goto(f"{page.url}/next")
    before = machine_says(page, 1)
    page.keyboard.press(overruling_key(page, 1))
    page.keyboard.press("Enter")
    expect(page.locator("#point-1 .why-fault")).to_be_visible()
    expect(page.locator("#point-1 .decision")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#point-1 .point-why")).to_be_hidden()
    expect(page.locator(f"#point-1 input[value={before}]")).to_be_checked()


def test_the_keys_and_the_rows_are_one_key_or_click_away(new_visitor: NewVisitor, teacher_state: Any) -> None:
    page = open_room(new_visitor, teacher_state, name="Rows").teacher
    page.goto(f"{page.url}/next")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Every row of this mark").click()
    expect(page.locator("#rows-dialog")).to_contain_text("The machine")
    expect(page.locator("#rows-dialog time").first).not_to_contain_text("UTC")
    page.keyboard.press("Escape")
    expect(page.locator("#rows-dialog")).to_be_hidden()


def test_a_mark_for_the_whole_is_given_without_leaving_the_page(
    new_visitor: NewVisitor, teacher_state: Any
) -> None:
    page = open_room(new_visitor, teacher_state, name="Marks").teacher
    page.goto(f"{page.url}/next")
    page.keyboard.press("m")
    page.keyboard.type("12")
    page.get_by_role("button", name="Give mark").click()
    expect(page.locator("#review-alarm")).to_have_text("Give a mark from 0 to 9.", use_inner_text=True)
    expect(page.locator("#mark")).to_have_value("12")
    page.locator("#mark").fill("7½")
    page.get_by_role("button", name="Give mark").click()
    expect(page.locator("#standing")).to_contain_text("your mark; the key points add up to")
    expect(page.locator("#review-alarm")).to_be_hidden()


def test_signed_out_in_the_middle_nothing_that_was_chosen_or_written_is_lost(
    new_visitor: NewVisitor, teacher_state: Any
) -> None:
    page = open_room(new_visitor, teacher_state, name="Signed out").teacher
    page.goto(f"{page.url}/next")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.press(overruling_key(page, 1))
    page.keyboard.type("Kept – «всё здесь»")
    page.keyboard.press("Enter")
    expect(page.locator("#review-alarm")).to_contain_text("You have been signed out")
    expect(page.locator("#reason-1")).to_have_value("Kept – «всё здесь»")

    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what was read can be put back
    page.reload()
    expect(page.locator("#reason-1")).to_have_value("Kept – «всё здесь»")
    page.locator("#point-1").get_by_role("button", name="Overrule").click()
    expect(page.locator("#point-1 .decision")).to_contain_text("Kept – «всё здесь»")
    page.reload()
    expect(page.locator("#point-1[data-unsaved]")).to_have_count(0)


def test_without_javascript_every_act_is_a_form(new_visitor: NewVisitor, teacher_state: Any) -> None:
    page = open_room(
        new_visitor, teacher_state, name="Plain forms", essays=(ESSAY, WEAK), java_script_enabled=False
    ).teacher
    page.goto(f"{page.url}/next")
    point = page.locator("#point-1")
    other = "Not found" if machine_says(page, 1) != "miss" else "Made"
    point.get_by_label(other).check()
    point.get_by_label("Reason", exact=False).first.fill("Ça ne suffit pas")
    point.get_by_role("button", name="Overrule").click()
    expect(page.locator("#point-1 .decision")).to_contain_text("Ça ne suffit pas")
    page.get_by_role("button", name="Confirm the other").click()
    expect(page.locator("#pile")).to_contain_text("1 reviewed")


def test_evidence_and_key_point_light_up_together(new_visitor: NewVisitor, teacher_state: Any) -> None:
    page = open_room(new_visitor, teacher_state, name="Evidence").teacher
    page.goto(f"{page.url}/next")
    mark = page.locator("mark[data-numbers]").last
    number = (mark.get_attribute("data-numbers") or "").split()[0]
    mark.hover()
    expect(page.locator(f"#point-{number}[data-lit]")).to_be_attached()


def test_a_cell_of_the_class_map_opens_the_sentence(new_visitor: NewVisitor, teacher_state: Any) -> None:
    room = open_room(new_visitor, teacher_state, name="Map")
    page = room.teacher
    page.get_by_role("link", name="Class map").click()
    page.locator("[data-cell][data-quote*='grain']").first.click()
    expect(page.locator("#cell")).to_contain_text("had to buy grain from the capitalist West")
    page.get_by_role("link", name="Open in review").click()
    expect(page.locator("#point-8")).to_be_visible()
