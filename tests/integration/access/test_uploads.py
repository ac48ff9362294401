"""What is sent to be read is bounded: in size, kind, time and memory; a file's name is never a path."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from grader.errors import RubricError
from prompts import load_prompt, load_unit, parse_prompt_text
from prompts.apart import TOO_MUCH, parse_apart
from services.exports import neutral
from tests.hostile import hostile_inputs
from tests.integration.web.browsing import Browser
from tests.integration.web.test_authors import BROKEN, SOUND, check

ENDLESS = "a" + ".a" * 90_000 + " = 1"
"""A key of many dots: reading it takes time and memory that grow with their square."""

BOMBS = {
    "a gzip bomb": b"\x1f\x8b\x08\x00" + b"\x00" * 1000,
    "a zip": b"PK\x03\x04" + b"\xff" * 1000,
    "UTF-16": SOUND.encode("utf-16"),
    "Windows letters": 'question = "Khrushchev\x92s"'.encode("latin-1"),
    "a picture": b"\x89PNG\r\n\x1a\n",
}


def test_a_question_is_read_apart_as_it_is_read_here() -> None:
    prompt = load_prompt("economic-reforms-impact")
    assert parse_apart(SOUND, "khrushchev") == prompt


def test_its_faults_are_the_same() -> None:
    with pytest.raises(RubricError) as here:
        parse_prompt_text(BROKEN, load_unit("khrushchev"))
    with pytest.raises(RubricError) as apart:
        parse_apart(BROKEN, "khrushchev")
    assert apart.value.faults == here.value.faults


def test_what_takes_too_long_is_given_up() -> None:
    started = time.perf_counter()
    with pytest.raises(RubricError) as refused:
        parse_apart(ENDLESS, "khrushchev", seconds=1)
    assert refused.value.faults == (TOO_MUCH,)
    assert time.perf_counter() - started < 5


def test_the_page_says_so(ms_cole: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prompts.apart.SECONDS", 1.0)
    answer = check(ms_cole, ENDLESS)
    assert answer.status_code == 200
    assert "takes too long to read" in answer.text


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_no_file_is_unpacked_or_guessed_at(ms_cole: Browser, content: bytes) -> None:
    answer = check(ms_cole, "", file=(io.BytesIO(content), "question.toml"))
    assert answer.status_code == 200
    assert "is not UTF-8 text" in answer.text or "fault" in answer.text


def test_a_body_that_claims_to_be_packed_is_read_as_it_is(ms_cole: Browser) -> None:
    answer = ms_cole.post("/authors/check", data=BOMBS["a gzip bomb"], headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "Paste a question" in answer.text or "Not a valid choice" in answer.text


@pytest.mark.parametrize(
    "name",
    [case.text for case in hostile_inputs("file_name")]
    + ["../../etc/passwd", "CON.txt", "é" * 300, "a\x00b.toml"],
)
def test_a_files_name_goes_nowhere(ms_cole: Browser, name: str, tmp_path: Path) -> None:
    before = {file.name for file in tmp_path.rglob("*")}
    answer = check(ms_cole, "", file=(io.BytesIO(SOUND.encode()), name))
    assert answer.status_code == 200
    assert "No faults" in answer.text
    assert {file.name for file in tmp_path.rglob("*")} - before <= {
        "markscheme.sqlite3-wal",
        "markscheme.sqlite3-shm",
    }


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\ufeff=1",
        "\u00a0=1",
        "\u200b=1",
        "＝1+1",
        "＋1",
        '"=1"',
    ],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Ada", "3 - 2", "O’Brien", "", 3, 2.5, "a=b", "“=” is a sign"])
def test_other_cells_stay_as_they_are(cell: str | int | float) -> None:
    assert neutral(cell) == cell
