"""Drafts: nothing that was written is silently overwritten or lost."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models import Draft, Prompt, User
from services import drafts
from services.errors import DraftConflict, EssayTooLong, PromptRetired
from tests.factories import ESSAY, NOON, make_submission, minutes_later


def save(session: Session, student: User, prompt: Prompt, text: str, seen: int, plan: str = "") -> Draft:
    return drafts.save_draft(
        session,
        student=student,
        prompt=prompt,
        text=text,
        plan=plan,
        seen_revision=seen,
        now=minutes_later(1),
    )


def opened(session: Session, student: User, prompt: Prompt) -> Draft:
    return drafts.open_draft(session, student=student, prompt=prompt, now=NOON)


def test_a_first_draft_is_empty(session: Session, ada: User, prompt: Prompt) -> None:
    draft = opened(session, ada, prompt)
    assert (draft.text, draft.plan) == ("", "")
    assert opened(session, ada, prompt) is draft


def test_a_redraft_starts_from_the_last_essay(session: Session, ada: User, prompt: Prompt) -> None:
    make_submission(session, ada, prompt, essay="The first try. " * 20)
    make_submission(session, ada, prompt, essay=ESSAY)
    assert opened(session, ada, prompt).text == ESSAY


def test_every_save_raises_the_revision(session: Session, ada: User, prompt: Prompt) -> None:
    draft = opened(session, ada, prompt)
    first = draft.revision
    assert save(session, ada, prompt, "Plants “drink”…", first, plan="light / water").revision == first + 1
    assert (draft.text, draft.plan, draft.updated_at) == (
        "Plants “drink”…",
        "light / water",
        minutes_later(1),
    )


def test_a_save_without_a_draft_begins_one(session: Session, ada: User, prompt: Prompt) -> None:
    save(session, ada, prompt, "Κείμενο", 0)
    assert opened(session, ada, prompt).text == "Κείμενο"


def test_a_page_that_is_behind_overwrites_nothing_and_is_shown_what_stands(
    session: Session, ada: User, prompt: Prompt
) -> None:
    seen = opened(session, ada, prompt).revision
    save(session, ada, prompt, "from the first tab", seen)
    with pytest.raises(DraftConflict) as conflict:
        save(session, ada, prompt, "from the second tab", seen)
    assert conflict.value.theirs.text == "from the first tab"
    assert opened(session, ada, prompt).text == "from the first tab"


def test_the_same_text_is_no_conflict(session: Session, ada: User, prompt: Prompt) -> None:
    seen = opened(session, ada, prompt).revision
    saved = save(session, ada, prompt, "the same", seen)
    assert save(session, ada, prompt, "the same", seen).revision == saved.revision


def test_line_breaks_of_a_form_and_of_a_script_are_the_same_text(
    session: Session, ada: User, prompt: Prompt
) -> None:
    seen = opened(session, ada, prompt).revision
    saved = save(session, ada, prompt, "one\ntwo", seen)
    assert save(session, ada, prompt, "one\r\ntwo", seen) is saved


def test_a_text_that_no_database_can_hold_is_kept_readable(
    session: Session, ada: User, prompt: Prompt
) -> None:
    seen = opened(session, ada, prompt).revision
    assert save(session, ada, prompt, "half \ud83d a pair\x00", seen).text == "half ? a pair"


def test_a_text_over_the_limit_is_refused_with_the_number(
    session: Session, ada: User, prompt: Prompt
) -> None:
    seen = opened(session, ada, prompt).revision
    with pytest.raises(EssayTooLong, match="100,001 characters; an essay may have 100,000"):
        save(session, ada, prompt, "x" * (drafts.MAX_ESSAY_CHARACTERS + 1), seen)


def test_a_save_that_arrives_after_handing_in_opens_no_new_draft(
    session: Session, ada: User, prompt: Prompt
) -> None:
    seen = opened(session, ada, prompt).revision
    make_submission(session, ada, prompt)
    assert save(session, ada, prompt, ESSAY, seen).revision == seen
    assert drafts.find_draft(session, student=ada, prompt=prompt) is None


def test_what_was_typed_after_handing_in_elsewhere_is_kept(
    session: Session, ada: User, prompt: Prompt
) -> None:
    seen = opened(session, ada, prompt).revision
    make_submission(session, ada, prompt)
    save(session, ada, prompt, ESSAY + " And more.", seen)
    assert opened(session, ada, prompt).text == ESSAY + " And more."


def test_a_page_of_an_earlier_draft_never_matches_a_later_one(
    session: Session, ada: User, prompt: Prompt
) -> None:
    earlier = opened(session, ada, prompt).revision
    make_submission(session, ada, prompt)
    drafts.open_draft(session, student=ada, prompt=prompt, now=minutes_later(2))
    with pytest.raises(DraftConflict):
        save(session, ada, prompt, "an old tab", earlier)


def test_a_discarded_draft_is_gone_and_what_was_handed_in_stays(
    session: Session, ada: User, prompt: Prompt
) -> None:
    make_submission(session, ada, prompt)
    opened(session, ada, prompt)
    drafts.discard_draft(session, student=ada, prompt=prompt)
    drafts.discard_draft(session, student=ada, prompt=prompt)
    assert drafts.open_drafts(session, student=ada) == []
    assert opened(session, ada, prompt).text == ESSAY


def test_a_retired_question_takes_no_new_draft_and_keeps_an_open_one(
    session: Session, ada: User, ben: User, prompt: Prompt
) -> None:
    draft = opened(session, ada, prompt)
    prompt.retired_at = NOON
    assert save(session, ada, prompt, "still mine", draft.revision).text == "still mine"
    with pytest.raises(PromptRetired):
        opened(session, ben, prompt)
    with pytest.raises(PromptRetired):
        save(session, ben, prompt, "too late", 0)


def test_classmates_have_drafts_of_their_own(session: Session, ada: User, ben: User, prompt: Prompt) -> None:
    save(session, ada, prompt, "Ada’s", 0)
    save(session, ben, prompt, "Ben’s", 0)
    assert opened(session, ada, prompt).text == "Ada’s"
