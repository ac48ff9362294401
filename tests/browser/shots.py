"""Screenshots for the guide, from the running demonstration: `make shots`.

Starts the service on a free port with a data folder of its own, drives it in chromium, and writes
docs/guide/images/*.png. Nothing of a user's own data is read or shown.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "guide" / "images"
CHROMIUM = "/usr/bin/chromium"
QUESTION = "economic-reforms-impact"
DESK = {"width": 1280, "height": 800}
WIDE = {"width": 1600, "height": 900}
BROKEN_QUESTION = """format = 1
slug = "trade-and-space"
question = "Which mattered more to Khrushchev's standing abroad, trade or space?"
marks = 3

[[sides]]
name = "trade"
key_points = ["g1-foreign-trad"]

[[sides]]
name = "space"
key_points = []
"""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where the demonstration runs and how to sign in to it."""

    address: str
    teacher: str
    student: str
    password: str


@contextmanager
def running_demonstration() -> Iterator[Demonstration]:
    """Serve the demonstration class on a free port until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        ours = {"MARKSCHEME_DATA_FOLDER": folder, "MARKSCHEME_LOG_LEVEL": "warning", "PYTHONUNBUFFERED": "1"}
        environment = {**os.environ, **ours}
        command = [sys.executable, "-m", "web.cli", "run", "--port", "0", "--demo"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                yield _announced(server)
            finally:
                server.terminate()


def _announced(server: subprocess.Popen[str]) -> Demonstration:
    printed = ""
    for line in server.stdout or ():
        printed += line
        found = [re.search(pattern, printed) for pattern in _ANNOUNCEMENTS]
        if all(found):
            return Demonstration(*(match.group(1) for match in found if match))
    raise SystemExit(f"The demonstration did not start:\n{printed}")


_ANNOUNCEMENTS = (
    r"runs on (http://\S+)",
    r"sign in as (\S+) \(teacher\)",
    r"or (\S+) \(student\)",
    r"made just now: (\S+)",
)


def _signed_in(browser: Browser, demonstration: Demonstration, username: str, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport={"width": size["width"], "height": size["height"]})
    page = context.new_page()
    page.goto(f"{demonstration.address}/login")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(demonstration.password)
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    return page


def _shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")


def _shoot_student(browser: Browser, demonstration: Demonstration) -> None:
    page = _signed_in(browser, demonstration, demonstration.student, DESK)
    page.goto(demonstration.address)
    _shoot(page, "home")
    page.locator("main a[href*='/history/']").first.click()
    _shoot(page, "history")
    page.locator("a[href*='/submissions/']").last.click()
    _shoot(page, "feedback")
    page.locator("form[action$='/redraft'] button").first.click()
    _shoot(page, "write")


def _shoot_teacher(browser: Browser, demonstration: Demonstration) -> None:
    page = _signed_in(browser, demonstration, demonstration.teacher, WIDE)
    page.goto(f"{demonstration.address}/classes")
    page.locator("main a[href*='/classes/']:not([href$='/new'])").first.click()
    _shoot(page, "class")
    classroom = page.url.split("?")[0]
    page.locator("main a[href*='/review/']").first.click()
    _shoot(page, "review")
    page.goto(f"{classroom}/map?prompt={QUESTION}")
    _shoot(page, "map")
    page.goto(f"{demonstration.address}/authors/check")
    page.locator("textarea").first.fill(BROKEN_QUESTION)
    page.get_by_role("button", name="Check").first.click()
    _shoot(page, "check")


def main() -> None:
    """Take every picture of the guide."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running_demonstration() as demonstration, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        _shoot_student(browser, demonstration)
        _shoot_teacher(browser, demonstration)
        browser.close()
    print(f"Wrote {len(list(IMAGES.glob('*.png')))} pictures to {IMAGES.relative_to(ROOT)}.")  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
