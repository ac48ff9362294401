"""Walk every page as everybody, at every stage, and look for the answer key.

The addresses come from the URL map itself, so that a page that is added is walked too. Strangers are walked
over the same addresses with ada's references in them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from grader.rubric import Prompt as Rubric
from models import Classroom, RevealPolicy, Submission
from services import catalogue, disclosure
from tests.fakes import broken_scorers
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON, Database
from tests.integration.web.practice import ESSAY, REDRAFT, SLUG, autosave, handed_in, make_class, submit
from tests.leaks import Secrets

PLAN = "Positive: Gagarin first. Negative: queues."
WRITTEN = (ESSAY, REDRAFT, PLAN)
NOT_PAGES = ("/static/", "/bootstrap/")


@pytest.fixture
def rubrics(database: Database) -> dict[str, Rubric]:
    """The rubrics of all questions, by slug."""
    with database() as session:
        prompts = catalogue.current_prompts(session)
        return {prompt.slug: catalogue.rubric_of(prompt.current_version) for prompt in prompts}


@pytest.fixture
def secrets(rubrics: dict[str, Rubric]) -> Secrets:
    """What nobody may see of any question."""
    return Secrets.of(*rubrics.values())


@pytest.fixture
def class_ref(database: Database) -> str:
    """Ms Cole's class, with ada and ben in it; she releases the key points herself."""
    with database() as session:
        return make_class(session, students=("ada", "ben"), policy=RevealPolicy.ON_RELEASE).ref


def addresses(app: Flask, database: Database) -> Iterator[str]:
    """Every address that answers GET, filled with the question and with ada's essays and class."""
    with database() as session:
        submissions = [each.ref for each in session.scalars(select(Submission))]
        classes = [each.ref for each in session.scalars(select(Classroom))]
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(NOT_PAGES):
            yield from filled(rule, submissions, classes)


def filled(rule: Rule, submissions: list[str], classes: list[str]) -> Iterator[str]:
    references = classes if rule.rule.startswith("/classes/") else submissions
    for ref in references or ["no-such-reference"]:
        address = rule.rule.replace("<int:number>", "1").replace("<slug>", SLUG).replace("<ref>", ref)
        yield address.replace("<token>", "no-such-token") + "?from=1&to=2&prompt=" + SLUG


def leaks(browser: Browser, secrets: Secrets, database: Database) -> dict[str, tuple[str, ...]]:
    """Open every address; return what leaked at which, and nothing where all is well."""
    walked = {}
    for address in dict.fromkeys(addresses(browser.application, database)):
        answer = browser.get(address)
        assert answer.status_code != 500, address
        walked[address] = secrets.found_in(answer.data, written=WRITTEN)
    assert len(walked) > 15
    return {address: found for address, found in walked.items() if found}


def hand_in_two_drafts(browser: Browser, **more: str) -> str:
    handed_in(browser, ESSAY, **more)
    address = handed_in(browser, REDRAFT, attempt="2", **more)
    autosave(browser, REDRAFT, 0, PLAN)
    return address


def test_before_anything_is_handed_in(
    ada: Browser, anybody: Browser, secrets: Secrets, database: Database
) -> None:
    autosave(ada, ESSAY, 0, PLAN)
    for browser in (ada, anybody):
        assert leaks(browser, secrets, database) == {}


def test_after_a_draft(
    ada: Browser, ben: Browser, anybody: Browser, class_ref: str, secrets: Secrets, database: Database
) -> None:
    hand_in_two_drafts(ada, classroom=class_ref)
    for browser in (ada, ben, anybody):
        assert leaks(browser, secrets, database) == {}


def test_of_a_guest_after_a_draft(anybody: Browser, secrets: Secrets, database: Database) -> None:
    anybody.post("/start", data={"slug": SLUG})
    hand_in_two_drafts(anybody)
    assert leaks(anybody, secrets, database) == {}


def test_while_marking_is_awaited(ada: Browser, secrets: Secrets, database: Database) -> None:
    ada.application.extensions["scorers"] = broken_scorers
    hand_in_two_drafts(ada)
    assert leaks(ada, secrets, database) == {}


def test_in_what_a_refused_or_forged_form_is_answered(
    ada: Browser, anybody: Browser, secrets: Secrets
) -> None:
    answers = [
        submit(ada, "Five words are not enough."),
        submit(ada, ""),
        submit(anybody),
        autosave(anybody, ESSAY),
    ]
    seen = autosave(ada, ESSAY).get_json()["revision"]
    autosave(ada, "Another tab", seen)
    answers += [autosave(ada, REDRAFT, seen), ada.post(f"/questions/{SLUG}/draft", data={"essay": REDRAFT})]
    for answer in answers:
        assert secrets.found_in(answer.data, written=WRITTEN) == ()


def test_once_revealed_to_one_student_to_nobody_else(
    ada: Browser, ben: Browser, anybody: Browser, secrets: Secrets, database: Database
) -> None:
    address = hand_in_two_drafts(ada)
    hand_in_two_drafts(ben)
    ada.post(f"{address}/reveal")
    assert secrets.found_in(ada.get(address).data, written=WRITTEN)
    for browser in (ben, anybody):
        assert leaks(browser, secrets, database) == {}


def test_a_revealed_page_shows_the_key_points_of_its_own_question_and_no_ids(
    ada: Browser, rubrics: dict[str, Rubric]
) -> None:
    address = hand_in_two_drafts(ada)
    ada.post(f"{address}/reveal")
    own = {point.text for point in rubrics[SLUG].key_points}
    others = {point.text for rubric in rubrics.values() for point in rubric.key_points} - own
    page = ada.get(address).text
    assert all(point.id not in page for point in rubrics[SLUG].key_points)
    assert not [text for text in others if text in page]


def test_a_release_reaches_its_class_alone(
    ada: Browser, ben: Browser, anybody: Browser, secrets: Secrets, database: Database
) -> None:
    with database() as session:
        ref = make_class(session, students=("ada",), policy=RevealPolicy.ON_RELEASE).ref
    address = hand_in_two_drafts(ada, classroom=ref)
    hand_in_two_drafts(ben)
    with database() as session:
        classroom = session.scalars(select(Classroom)).one()
        prompt = catalogue.find_prompt(session, slug=SLUG)
        disclosure.release(session, classroom=classroom, prompt=prompt, teacher=classroom.teacher, now=NOON)
    assert secrets.found_in(ada.get(address).data, written=WRITTEN)
    for browser in (ben, anybody):
        assert leaks(browser, secrets, database) == {}


def test_another_teacher_sees_nothing_of_a_class(
    ada: Browser, mr_drew: Browser, class_ref: str, secrets: Secrets, database: Database
) -> None:
    hand_in_two_drafts(ada, classroom=class_ref)
    assert leaks(mr_drew, secrets, database) == {}
