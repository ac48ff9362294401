"""A database that cannot be written to: said in a sentence, the text shown again, well again by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import Submission
from models.trouble import Trouble
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import Database
from tests.integration.web.practice import ESSAY, SLUG, autosave, handed_in, submit
from tests.integration.web.refusing import refusing_writes
from web.explanations import TROUBLES, explain_trouble


def test_an_autosave_hears_why_and_that_it_may_ask_again(ada: Browser) -> None:
    with refusing_writes(ada.application):
        answer = autosave(ada, ESSAY)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.json is not None
    assert answer.json["error"]["code"] == "storage-read-only"
    assert "What was saved before is safe" in answer.json["error"]["message"]


def test_an_essay_that_cannot_be_stored_is_shown_again_whole(ada: Browser) -> None:
    with refusing_writes(ada.application):
        answer = submit(ada)
    assert answer.status_code == 503
    assert "The server cannot save just now" in answer.text
    assert "buy grain from the capitalist West" in answer.text
    assert "Send it again" in answer.text


def test_pages_can_still_be_read(ada: Browser) -> None:
    address = handed_in(ada)
    with refusing_writes(ada.application):
        for path in ("/", address, f"/questions/{SLUG}/write", "/history"):
            assert ada.get(path).status_code == 200


def test_all_is_well_again_by_itself(ada: Browser, database: Database) -> None:
    with refusing_writes(ada.application):
        assert [autosave(ada, ESSAY).status_code for _ in range(7)] == [503] * 7
        assert submit(ada).status_code == 503
    assert autosave(ada, ESSAY).status_code == 200
    assert submit(ada).status_code == 303
    with database() as session:
        assert len(session.scalars(select(Submission)).all()) == 1


def test_the_page_gives_a_number_that_is_in_the_log(ada: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with refusing_writes(ada.application):
        answer = submit(ada)
    number = answer.headers["X-Request-ID"]
    assert f"<code>{number}</code>" in answer.text
    assert "storage read-only at student.submit" in caplog.text


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_a_sentence_that_says_what_to_do(trouble: Trouble) -> None:
    explained = explain_trouble(trouble)
    assert explained.status in {503, 507}
    assert "try again" in explained.message
    assert set(TROUBLES) == set(Trouble)
