"""The acts of a teacher with a class, and of students who hand essays in to it, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.writing import ESSAY, begin, hand_in, write

NewVisitor = Callable[..., BrowserContext]


@dataclass(frozen=True, slots=True)
class Room:
    """A class with essays in it, and the page of its teacher, who is signed in."""

    teacher: Page
    address: str
    code: str


def open_room(
    new_visitor: NewVisitor,
    teacher_state: Any,
    *,
    name: str,
    essays: tuple[str, ...] = (ESSAY,),
    **options: Any,
) -> Room:
    """Make a class; a guest for each essay joins it and hands the essay in."""
    teacher = new_visitor(storage_state=teacher_state, **options).new_page()
    teacher.goto("/classes/new")
    teacher.get_by_label("Name of the class").fill(name)
    teacher.get_by_role("button", name="Make the class").click()
    teacher.wait_for_url(lambda url: not url.endswith("/new"))
    code = teacher.locator(".join-code").first.inner_text().strip()
    for essay in essays:
        hand_in_to(new_visitor().new_page(), code, essay)
    teacher.reload()
    return Room(teacher, teacher.url, code)


def hand_in_to(student: Page, code: str, essay: str) -> None:
    """Be a guest who joins the class by its code and hands an essay in to it."""
    begin(student)
    student.goto("/join")
    student.locator("[name=code]").fill(code)
    student.get_by_role("button", name="Join", exact=True).click()
    student.wait_for_url(lambda url: not url.endswith("/join"))
    begin(student)
    write(student, essay)
    student.locator("select[name=classroom]").select_option(index=0)
    hand_in(student)
