"""The search for leaks finds what it must find, or every other test that relies on it proves nothing."""

from __future__ import annotations

import json

import pytest

from tests.factories import make_rubric
from tests.leaks import Secrets

RUBRIC = make_rubric()
SECRETS = Secrets.of(RUBRIC)
POINT = RUBRIC.key_points[0]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{POINT.text}</p>",
        f"<p>{POINT.text.upper()}</p>",
        "<p>The <mark>secret</mark> statement&nbsp;a of the &#110;otes.</p>",
        f'<div data-hint="{POINT.accept[0]}">',
        f"<!-- {POINT.partial[0]} -->",
        json.dumps({"text": f"x “{POINT.contrary[0]}”"}),
        b"Line one of the card on light.",
        RUBRIC.model_answer,
    ],
)
def test_a_secret_is_found_however_it_is_written(body: str | bytes) -> None:
    assert SECRETS.found_in(body)


def test_an_id_is_found_as_a_whole_only() -> None:
    assert SECRETS.found_in('<li id="a-point">') == ("a-point",)
    assert SECRETS.found_in('<li class="not-a-point">') == ()


def test_what_the_page_may_show_is_no_leak() -> None:
    body = f"{RUBRIC.question} {POINT.hint} Light Water {POINT.essentials[0].asks}"
    assert SECRETS.found_in(body) == ()


def test_what_the_student_wrote_herself_is_no_leak() -> None:
    assert SECRETS.found_in(f"<p>{POINT.text}</p>", written=f"I think: {POINT.text}") == ()
