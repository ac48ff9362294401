"""A real service on a real SQLite file, and Debian's chromium in front of it.

Every page that a test opens is watched: a script error, a refusal by the content security policy or a request
to any other host fails the test. Without chromium the tests are skipped, with CI=true they fail.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 10_000
"""Milliseconds that a page may take on a machine that does other things too."""

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Service:
    """A running service: its address, and the link that made its first teacher."""

    address: str
    teacher_link: str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and run them last.

    Playwright's event loop runs in the main thread until the end of the session, and Flask refuses to do its
    own asynchronous clean-up beside a running loop.
    """
    for item in filter(in_a_browser, items):
        item.add_marker(pytest.mark.browser)
    items.sort(key=in_a_browser)


def in_a_browser(item: pytest.Item) -> bool:
    """Tell whether a test stands in this folder."""
    return Path(item.path).parent == Path(__file__).parent


@pytest.fixture(scope="session", autouse=True)
def chromium_is_there() -> None:
    """Skip without chromium on a developer's machine; fail where everything must run."""
    if CHROMIUM.exists():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{CHROMIUM} is not there: install Debian's chromium.", pytrace=False)
    pytest.skip(f"{CHROMIUM} is not there")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`markscheme run` on a port of its own, with data of its own."""
    folder = tmp_path_factory.mktemp("service")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MARKSCHEME_")},
        "MARKSCHEME_DATA_FOLDER": str(folder),
        "MARKSCHEME_RATE_LIMITS": "false",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "web.cli", "run", "--port", "0"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            yield announced(process, folder / "log")
        finally:
            process.terminate()
            process.communicate(timeout=30)


def announced(process: subprocess.Popen[str], log: Path) -> Service:
    """Read from what `markscheme run` prints where it is and how its first teacher gets in."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        link = re.search(r"^\s+(http\S+/first-teacher/\S+)", said, re.MULTILINE)
        address = re.search(r"runs on (http://[\d.:]+)", said)
        if link and address:
            return Service(address[1], link[1])
    pytest.fail(f"the service did not start: {said} {log.read_text()}", pytrace=False)


@pytest.fixture(scope="session")
def base_url(service: Service) -> str:
    return service.address


@pytest.fixture
def new_visitor(
    browser: Browser, base_url: str, troubles: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser of somebody new; options are those of a browser context."""
    opened: list[BrowserContext] = []

    def enter(**options: Any) -> BrowserContext:
        visitor = browser.new_context(base_url=base_url, **options)
        visitor.set_default_timeout(PATIENCE)
        visitor.on("page", lambda page: watch(page, base_url, troubles))
        opened.append(visitor)
        return visitor

    yield enter
    for visitor in opened:
        visitor.close()


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What went wrong on the pages opened so far; the test fails at its end if anything did."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def page(new_visitor: Callable[..., BrowserContext]) -> Page:
    """A page of somebody who has never been here."""
    return new_visitor().new_page()


@pytest.fixture(scope="session")
def teacher_state(browser: Browser, service: Service) -> Any:
    """Ms Cole, made by the one-time link and signed in: cookies for a browser context."""
    visitor = browser.new_context(base_url=service.address)
    page = visitor.new_page()
    page.goto(service.teacher_link)
    fill_registration(page, "ms_cole", "Ms Zoë Cole")
    page.wait_for_url("**/classes")
    state = visitor.storage_state()
    visitor.close()
    return state


def fill_registration(page: Page, username: str, display_name: str) -> None:
    """Fill the form of a new account, send it and wait for what follows it."""
    form = page.url
    page.locator("[name=username]").fill(username)
    page.locator("[name=display_name]").fill(display_name)
    for field in page.locator("[type=password]").all():
        field.fill(password_of(username))
    page.locator("main form [type=submit]").click()
    page.wait_for_url(lambda url: url != form)


def password_of(username: str) -> str:
    """Return the password that a persona uses in these tests."""
    return f"{username} and a long tail of words"


def watch(page: Page, base_url: str, troubles: list[str]) -> None:
    """Note script errors, refusals by the security policy, and requests to other hosts."""
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("console", lambda message: note(message, troubles))
    page.on(
        "request",
        lambda request: None if request.url.startswith((base_url, "data:")) else troubles.append(request.url),
    )


def note(message: ConsoleMessage, troubles: list[str]) -> None:
    """Keep an error that a page logged; a request that was refused or offline on purpose is none."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        troubles.append(f"{message.text} ({message.location})")
