"""An author checks a broken question, sees every fault at once, mends it, and sees none."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import expect

from tests.browser.marking import NewVisitor

SOUND = (files("prompts") / "khrushchev" / "reform-motives.toml").read_text(encoding="utf-8")
BROKEN = SOUND.replace('slug = "', 'slugg = "x"\nslug = "', 1).replace("minutes = 40", 'minutes = "forty"')


def test_an_author_mends_a_broken_question(new_visitor: NewVisitor, teacher_state: Any) -> None:
    page = new_visitor(storage_state=teacher_state).new_page()
    page.goto("/classes")
    page.get_by_role("link", name="Check a question").click()
    page.get_by_label("The question, as TOML").fill(BROKEN)
    page.get_by_role("button", name="Check").click()

    faults = page.locator("[data-result=faults]")
    expect(faults).to_contain_text("2 faults found")
    expect(faults).to_contain_text("slugg")
    expect(faults).to_contain_text("minutes")
    assert page.get_by_label("The question, as TOML").input_value() == BROKEN

    page.get_by_label("The question, as TOML").fill(SOUND)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("[data-result=sound]")).to_contain_text("No faults")
    expect(page.locator("[data-result=faults]")).to_have_count(0)


def test_a_questions_file_is_checked(new_visitor: NewVisitor, teacher_state: Any) -> None:
    page = new_visitor(storage_state=teacher_state).new_page()
    page.goto("/authors/check")
    upload = {"name": "frage.toml", "mimeType": "application/toml", "buffer": BROKEN.encode()}
    page.get_by_label("Or its file").set_input_files(upload)  # type: ignore[arg-type]  # a file's three parts
    page.get_by_role("button", name="Check").click()
    expect(page.locator("[data-result=faults]")).to_contain_text("2 faults found")
    assert page.get_by_label("The question, as TOML").input_value() == BROKEN
