"""The acts of the writing page, as a student does them in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

QUESTION = "Assess the positive and negative impact of Khrushchev’s economic reforms."
SLUG = "economic-reforms-impact"
WRITE = f"/questions/{SLUG}/write"

ESSAY = """\
Khrushchev’s economic reforms did a good deal for ordinary people, though not as much as he promised.

The working day became shorter, holidays grew longer, pensions rose and a minimum wage came in 1956, so that \
living standards went up. Medical care got better too, and far fewer babies died between 1950 and 1956.

However, in 1963 the Soviet Union had to buy grain from the capitalist West because its own harvest \
fell short.

On balance the reforms were a success for workers’ lives, but a failure for the farms."""

TRADE = "Foreign trade grew a great deal too, and two thirds of it went to the communist states of Europe."


def begin(page: Page) -> None:
    """Choose the question on the home page; whoever is unknown becomes a guest by it."""
    page.goto("/")
    page.get_by_role("article").filter(has_text=QUESTION).get_by_role("button").click()
    page.wait_for_url(f"**{WRITE}")


def write(page: Page, text: str) -> None:
    """Put a text on the sheet."""
    page.get_by_label("Your essay").fill(text)


def save(page: Page) -> None:
    """Save at once, with the keys for it, and wait until the page says that the server has the text."""
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_contain_text("Saved")


def wait_until_saved(page: Page) -> None:
    """Wait until the page has saved by itself."""
    expect(page.locator("#save-state")).to_contain_text("Saved")


def hand_in(page: Page) -> None:
    """Hand the essay in and wait for its feedback."""
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/submissions/**")


def essay_on(page: Page) -> str:
    """Return what stands on the sheet."""
    return page.get_by_label("Your essay").input_value()
