"""The stored questions follow the units, and the home page shows them with what a student has done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

import prompts
from grader.report import Verdict
from models import Prompt, User
from services import catalogue, drafts, scoring
from services.errors import NotFound
from tests.factories import NOON, make_prompt, make_rubric, make_submission, make_unit, minutes_later
from tests.fakes import scorers_giving

RUBRIC = make_rubric()


def sync(session: Session, *units: prompts.LoadedUnit) -> catalogue.SyncReport:
    return catalogue.sync_prompts(session, units=units, now=NOON)


def test_a_new_question_is_added_and_then_left_alone(session: Session) -> None:
    assert sync(session, make_unit(RUBRIC)).added == ("light-or-water",)
    assert sync(session, make_unit(RUBRIC)).unchanged == ("light-or-water",)


def test_a_changed_question_becomes_a_new_version_and_keeps_the_old_one(session: Session) -> None:
    prompt = make_prompt(session, RUBRIC)
    first = prompt.current_version
    mended = replace(RUBRIC, question="Does light matter more than water does?")
    assert sync(session, make_unit(mended)).changed == ("light-or-water",)
    assert prompt.question == "Does light matter more than water does?"
    assert prompt.versions == [first, prompt.current_version]
    assert prompt.current_version.structure_hash == first.structure_hash


def test_a_wording_that_comes_back_is_current_again(session: Session) -> None:
    prompt = make_prompt(session, RUBRIC)
    first = prompt.current_version
    sync(session, make_unit(replace(RUBRIC, minutes=50)))
    sync(session, make_unit(RUBRIC))
    assert prompt.current_version is first
    assert len(prompt.versions) == 2


def test_a_question_that_has_left_is_retired_and_can_return(session: Session) -> None:
    prompt = make_prompt(session, RUBRIC)
    assert sync(session).retired == ("light-or-water",)
    assert catalogue.find_prompt(session, slug="light-or-water").retired_at == NOON
    assert catalogue.shelves(session, student=None) == ()
    assert sync(session) == catalogue.SyncReport()
    sync(session, make_unit(RUBRIC))
    assert prompt.retired_at is None


def test_a_stored_rubric_is_the_one_that_was_synced(session: Session) -> None:
    prompt = make_prompt(session, RUBRIC)
    assert catalogue.rubric_of(prompt.current_version) == RUBRIC


def test_an_unknown_question_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        catalogue.find_prompt(session, slug="nothing")


def test_the_built_in_unit_makes_a_shelf_of_seven(session: Session) -> None:
    sync(session, *prompts.load_all())
    (shelf,) = catalogue.shelves(session, student=None)
    assert (shelf.slug, shelf.subject, len(shelf.questions)) == ("khrushchev", "History", 7)


def test_a_first_visit_shows_questions_and_nothing_done(session: Session, prompt: Prompt, ada: User) -> None:
    for nobody in (None, ada):
        (shelf,) = catalogue.shelves(session, student=nobody)
        card = shelf.questions[0]
        assert (card.sides, card.minutes) == (("light", "water"), 40)
        assert (card.drafts, card.open_draft, card.best, card.coverages) == (0, False, None, ())


def test_a_card_shows_attempts_the_best_of_them_and_the_open_draft(
    session: Session, ada: User, ben: User, prompt: Prompt
) -> None:
    for minute, found in enumerate(([], ["a-point", "d-point"], ["a-point"])):
        submission = make_submission(session, ada, prompt, now=minutes_later(minute))
        scorers = scorers_giving(dict.fromkeys(found, Verdict.HIT))
        scoring.score_submission(session, submission=submission, now=NOON, scorers=scorers)
    waiting = make_submission(session, ada, prompt, now=minutes_later(9))
    drafts.open_draft(session, student=ada, prompt=prompt, now=NOON)
    card = catalogue.shelves(session, student=ada)[0].questions[0]
    assert (card.drafts, card.open_draft, card.latest_ref) == (4, True, waiting.ref)
    assert card.coverages == pytest.approx((0.0, 0.6, 0.2))
    assert card.best is not None
    assert card.best.hits == 2
    assert catalogue.shelves(session, student=ben)[0].questions[0].drafts == 0
