"""A student hands in to a class; its teacher overrules a verdict; the student sees who did and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import fill_registration
from tests.browser.writing import ESSAY, begin, hand_in, write

Enter = Callable[..., BrowserContext]

REASON = "Comecon is meant – that is enough for the point."


def test_a_student_sees_what_the_teacher_decided(new_visitor: Enter, teacher_state: Any) -> None:
    teacher = new_visitor(storage_state=teacher_state).new_page()
    classroom, code = make_class(teacher, "12B Histoire & Géo")

    student = new_visitor().new_page()
    student.goto("/register")
    fill_registration(student, "ada", "Ada O’Brien-Nguyễn")
    join(student, f"{code[:3].lower()} {code[3:].lower()}")
    begin(student)
    write(student, ESSAY)
    expect(student.get_by_label("Hand in to")).to_contain_text("12B Histoire & Géo, Ms Zoë Cole")
    hand_in(student)
    address = student.url
    expect(student.locator("#point-1")).to_have_class("point point-miss")

    teacher.goto(f"{classroom}/next")
    point = teacher.locator("#point-1")
    point.get_by_text("Made", exact=False).first.click()
    point.locator("[name=reason]").fill(REASON)
    point.get_by_role("button", name="Overrule").click()
    expect(point.locator(".decision")).to_contain_text("overruled")

    student.goto(address)
    row = student.locator("#point-1")
    expect(row).to_have_class("point point-hit")
    row.locator("summary").click()
    expect(row).to_contain_text("Decided by Ms Zoë Cole")
    expect(row).to_contain_text("Markscheme had said: not found")
    expect(row).to_contain_text(REASON)


def test_a_closed_class_keeps_the_text(new_visitor: Enter, teacher_state: Any) -> None:
    teacher = new_visitor(storage_state=teacher_state).new_page()
    classroom, code = make_class(teacher, "Closing soon")
    student = new_visitor().new_page()
    begin(student)
    join(student, code)
    begin(student)
    write(student, ESSAY)

    teacher.goto(classroom)
    token = teacher.locator("[name=csrf_token]").first.input_value()
    closed = teacher.request.post(f"{classroom}/close", form={"csrf_token": token})
    assert closed.ok

    student.get_by_role("button", name="Hand in").click()
    expect(student.get_by_role("alert")).to_contain_text("“Closing soon” is closed")
    assert student.get_by_label("Your essay").input_value() == ESSAY
    hand_in(student)
    expect(student.locator(".feedback-head")).to_contain_text("practice")


def make_class(teacher: Page, name: str) -> tuple[str, str]:
    """Make a class; return its address and its join code."""
    teacher.goto("/classes/new")
    teacher.get_by_label("Name of the class").fill(name)
    teacher.get_by_role("button", name="Make the class").click()
    teacher.wait_for_url(lambda url: not url.endswith("/new"))
    return teacher.url, teacher.locator(".join-code").first.inner_text().strip()


def join(student: Page, code: str) -> None:
    """Join a class by its code."""
    student.goto("/join")
    student.get_by_label("Join code").fill(code)
    student.get_by_role("button", name="Join", exact=True).click()
    expect(student.get_by_text("You are in")).to_be_visible()
