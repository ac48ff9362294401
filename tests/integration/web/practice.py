"""What the tests of the student's pages share: a synthetic essay, and the acts of practising by HTTP."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models import Classroom, RevealPolicy, User
from services import classrooms
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON

SLUG = "economic-reforms-impact"

ESSAY = """\
Khrushchev’s economic reforms did a good deal for ordinary people, though not as much as he promised.

The working day became shorter, holidays grew longer, pensions rose and a minimum wage came in 1956, so that \
living standards went up. Medical care got better too, and far fewer babies died between 1950 and 1956.

However, in 1963 the Soviet Union had to buy grain from the capitalist West because its own harvest fell \
short. Crude – even shoddy – flats went up in a hurry, and people called them “Хрущёвки”.

On balance the reforms were a success for workers’ lives, but a failure for the farms."""

TRADE = "Foreign trade grew a great deal too, and two thirds of it went to the communist states of Europe."

REDRAFT = ESSAY.replace("On balance", f"{TRADE}\n\nOn balance")


def submit(
    browser: Browser, essay: str = ESSAY, *, slug: str = SLUG, attempt: int = 1, **more: Any
) -> TestResponse:
    """Hand an essay in as the form of the writing page does."""
    fields = {"essay": essay, "plan": "", "revision": "0", "attempt": str(attempt), "classroom": "", **more}
    return browser.post(f"/questions/{slug}/submit", data=fields)


def handed_in(browser: Browser, essay: str = ESSAY, **more: Any) -> str:
    """Hand an essay in and return the address of its feedback."""
    answer = submit(browser, essay, **more)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def autosave(
    browser: Browser, text: str, revision: int = 0, plan: str = "", *, slug: str = SLUG
) -> TestResponse:
    """Save a draft as the writing page does by itself."""
    return browser.put(f"/questions/{slug}/draft", json={"text": text, "plan": plan, "revision": revision})


def make_class(
    session: Session, *, teacher: str = "ms_cole", students: tuple[str, ...] = ("ada",),
    policy: RevealPolicy = RevealPolicy.ON_REQUEST, name: str = "12B Histoire & Géo",
) -> Classroom:  # fmt: skip
    """Make a class of a teacher with students in it."""
    classroom = classrooms.create_classroom(
        session, teacher=person(session, teacher), name=name, now=NOON, reveal_policy=policy
    )
    for username in students:
        classrooms.join(session, student=person(session, username), code=classroom.join_code, now=NOON)
    return classroom


def person(session: Session, username: str) -> User:
    """Return one of the personae."""
    return session.scalars(select(User).where(User.username == username)).one()


def text_area(page: str, name: str) -> str:
    """Return what stands in a text area of a page, as the browser would show it."""
    found = re.search(rf'<textarea[^>]* id="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found, f"no text area {name}"
    return (
        found[1].replace("&#39;", "'").replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">")
        .replace("&amp;", "&")
    )  # fmt: skip
