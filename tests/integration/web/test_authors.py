"""The check of a question: every fault at once, or a preview; nothing is stored."""

from __future__ import annotations

import html
import io
import re
import tomllib
from importlib.resources import files

import pytest
from werkzeug.test import TestResponse

from tests.integration.web.browsing import Browser
from tests.integration.web.practice import text_area

SOUND = (files("prompts") / "khrushchev" / "economic-reforms-impact.toml").read_text(encoding="utf-8")
BROKEN = SOUND.replace('"g1-foreign-trade"', '"g1-foreign-trad"').replace(
    "marks = 9", "marks = 12\ncolour = 1"
)


def check(browser: Browser, text: str, **more: object) -> TestResponse:
    """Send a question to be checked."""
    return browser.post("/authors/check", data={"unit": "khrushchev", "text": text, **more})


def test_the_form_offers_the_units(ms_cole: Browser) -> None:
    page = ms_cole.get("/authors/check")
    assert page.status_code == 200
    assert "Khrushchev in power" in page.text


def test_every_fault_is_named_at_once_with_its_place_and_the_text_is_kept(ms_cole: Browser) -> None:
    answer = check(ms_cole, BROKEN)
    assert answer.status_code == 200
    page = html.unescape(answer.text)
    assert "3 faults found" in page
    assert "sides[1].key_points[1]" in page
    assert "g1-foreign-trade" in page
    assert "colour" in page
    assert text_area(answer.text, "text").replace("\r\n", "\n").removeprefix("\n") == BROKEN


def test_a_sound_question_is_previewed(ms_cole: Browser) -> None:
    page = html.unescape(check(ms_cole, SOUND).text)
    assert "No faults" in page
    assert "Foreign trade grew considerably" in page
    assert "9 marks" in page
    assert "Its model answer earns every mark." in page


def test_it_is_said_where_a_sound_question_goes(ms_cole: Browser) -> None:
    page = html.unescape(check(ms_cole, SOUND).text)
    assert "<code>prompts/khrushchev/economic-reforms-impact.toml</code>" in page
    assert "<code>markscheme sync</code>" in page


def test_a_whole_question_is_shown_to_copy(ms_cole: Browser) -> None:
    shown = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", ms_cole.get("/authors/check").text, re.DOTALL)
    assert shown
    question = tomllib.loads(html.unescape(shown[1]))
    assert {"slug", "question", "marks", "model_answer", "sides"} <= question.keys()


def test_the_file_of_a_unit_is_known_for_one(ms_cole: Browser) -> None:
    page = html.unescape(check(ms_cole, 'slug = "bees"\n[[cards]]\nnumber = 1\ntitle = "Bees"').text)
    assert "1 fault found" in page
    assert "is a unit with its cards and key points, not a question" in page


def with_answer(answer: str) -> str:
    """The sound question with another model answer."""
    before, _, rest = SOUND.partition('model_answer = """')
    return before + (f'model_answer = """{answer}"""' if answer else "") + rest.partition('"""')[2]


def test_a_model_answer_that_earns_less_is_a_fault_for_each_point(ms_cole: Browser) -> None:
    answer = "The minimum wage was set in 1956. " + "He also changed many other things that mattered. " * 5
    page = html.unescape(check(ms_cole, with_answer(answer)).text)
    assert 'data-result="faults"' in page
    assert page.count("<td><code>model_answer</code></td>") >= 8
    assert "make the point there, or add the answer’s wording to its accept phrasings" in page
    assert "minimum wage was set in 1956" in text_area(page, "text")


def test_a_model_answer_that_cannot_be_marked_is_a_fault(ms_cole: Browser) -> None:
    page = html.unescape(check(ms_cole, with_answer("... --- ...")).text)
    assert "1 fault found" in page
    assert "No words could be read in this text." in page


def test_a_question_without_a_model_answer_is_sound(ms_cole: Browser) -> None:
    page = html.unescape(check(ms_cole, with_answer("")).text)
    assert "No faults" in page
    assert "It has no model answer" in page


def test_a_file_is_checked_in_place_of_the_text(ms_cole: Browser) -> None:
    upload = (io.BytesIO(b"\xef\xbb\xbf" + BROKEN.encode()), "../../étude.toml")
    answer = check(ms_cole, "", file=upload)
    assert "faults found" in answer.text
    assert "g1-foreign-trad" in text_area(answer.text, "text")


def test_what_is_not_toml_is_placed_by_line(ms_cole: Browser) -> None:
    page = html.unescape(check(ms_cole, 'format = 1\nslug = "x').text)
    assert "1 fault found" in page
    assert "line 2" in page


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_to_check_is_said(ms_cole: Browser, text: str) -> None:
    assert "Paste a question, or choose its file." in check(ms_cole, text).text


def test_a_file_that_is_no_text_is_said(ms_cole: Browser) -> None:
    answer = check(ms_cole, "", file=(io.BytesIO(b"PK\x03\x04\xff\xfe"), "question.docx"))
    assert "is not UTF-8 text" in answer.text


def test_a_text_or_file_beyond_the_limit_is_said(ms_cole: Browser) -> None:
    huge = "x" * 200_001
    assert "Is it" not in check(ms_cole, "x = 1").text
    assert "is it the right file?" in check(ms_cole, huge).text
    assert "is it the right file?" in check(ms_cole, "", file=(io.BytesIO(huge.encode()), "a.toml")).text


def test_an_unknown_unit_is_refused(ms_cole: Browser) -> None:
    answer = check(ms_cole, SOUND, unit="../../etc")
    assert answer.status_code == 200
    assert "data-result" not in answer.text
    assert "Not a valid choice" in answer.text


@pytest.mark.parametrize(
    "text", ["[" * 5000, "x = " + "9" * 5000, "\u0000", "question = '<script>alert(1)</script>'"]
)
def test_an_odd_text_is_answered_in_words(ms_cole: Browser, text: str) -> None:
    answer = check(ms_cole, text)
    assert answer.status_code == 200
    assert "fault" in answer.text
    assert "<script>alert" not in answer.text


def test_the_check_is_for_teachers(anybody: Browser, ada: Browser) -> None:
    assert "/login" in anybody.get("/authors/check").location
    assert ada.get("/authors/check").status_code == 403
    assert check(ada, SOUND).status_code == 403
    kept = check(anybody, "my question")
    assert kept.status_code == 401
    assert "my question" in kept.text


def test_other_verbs_are_answered_with_405(ms_cole: Browser) -> None:
    assert ms_cole.put("/authors/check").status_code == 405
