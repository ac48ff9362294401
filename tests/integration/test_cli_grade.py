"""`markscheme grade`: one report a line, in order, whatever comes in."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from click.testing import CliRunner, Result

from prompts import load_prompt
from web.cli import cli

SLUG = "economic-reforms-impact"
ESSAY = (
    "Khrushchev's reforms brought gains: foreign trade grew, and two thirds of it was with the communist "
    "states of Europe. The working day became shorter and pensions rose. Yet by 1963 grain had to be bought "
    "abroad. On balance the gains were real but narrow, because daily life stayed hard for most people."
)
COMMAND = (sys.executable, "-m", "web.cli", "grade")


def line(**changes: Any) -> bytes:
    values = {"id": "ada-1", "prompt": SLUG, "text": ESSAY} | changes
    return json.dumps({name: value for name, value in values.items() if value is not ...}).encode()


def grade(*lines: bytes, options: Sequence[str] = ()) -> tuple[list[dict[str, Any]], Result]:
    result = CliRunner().invoke(cli, ["grade", *options, "-"], input=b"\n".join(lines))
    return [json.loads(row) for row in result.stdout_bytes.splitlines()], result


def errors(*lines: bytes) -> list[tuple[object, str]]:
    reports, result = grade(*lines)
    assert result.exit_code == 1
    return [(report["id"], report["error"]["code"]) for report in reports]


def test_a_report_has_every_part_that_the_form_names() -> None:
    (report,), result = grade(line())
    assert result.exit_code == 0
    assert report["id"] == "ada-1"
    assert report["prompt"] == SLUG
    assert 0 <= report["score"] <= report["max_score"]
    assert report["signature"]
    for point in report["points"]:
        assert point["verdict"] in ("hit", "partial", "contradicted", "miss")
        assert 0 <= point["credit"] <= 1
        assert 0 <= point["confidence"] <= 1
    for advisory in report["advisories"]:
        assert {"code", "message"} <= set(advisory)
    assert report["level"] is None or report["level"]["low"] <= report["level"]["high"]


def test_offsets_count_characters_of_the_essay_as_it_was_given() -> None:
    text = "\U0001f680 Zoë — “naïve” 赫鲁晓夫.\r\n\r\n" + ESSAY
    (report,), _ = grade(line(text=text))
    spans = [span for point in report["points"] for span in point["evidence"]]
    assert spans
    for span in spans:
        assert 0 <= span["start"] < span["end"] <= len(text)
    trade = next(point for point in report["points"] if point["key"] == "g1-foreign-trade")
    span = trade["evidence"][0]
    assert "foreign trade" in text[span["start"] : span["end"]]


def test_reports_come_in_the_order_of_the_essays_and_bad_lines_keep_their_place() -> None:
    reports, result = grade(line(id=1), b"{broken", line(id=3, prompt="no-such"), line(id="4"))
    assert [report["id"] for report in reports] == [1, None, 3, "4"]
    assert ["error" in report for report in reports] == [False, True, True, False]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "bad,expected",
    [
        (b"not json", (None, "not-json")),
        (b"42", (None, "not-an-object")),
        (b'{"id": "a", "id": "b"}', (None, "duplicate-name")),
        (b'{"id": "a", "prompt": "x", "text": "\xff"}', ("a", "not-utf8")),
        (line(id=...), (None, "no-id")),
        (line(id=None), (None, "no-id")),
        (line(id=["a"]), (None, "no-id")),
        (line(prompt=...), ("ada-1", "no-prompt")),
        (line(prompt=7), ("ada-1", "no-prompt")),
        (line(prompt="reform-motive"), ("ada-1", "unknown-prompt")),
        (line(prompt="../../etc/passwd"), ("ada-1", "unknown-prompt")),
        (line(text=...), ("ada-1", "no-text")),
        (line(text=None), ("ada-1", "no-text")),
        (line(text=["a"]), ("ada-1", "no-text")),
        (line(text=1963), ("ada-1", "no-text")),
    ],
)
def test_a_line_that_cannot_be_graded_says_why_under_its_id(bad: bytes, expected: tuple[object, str]) -> None:
    assert errors(bad) == [expected]


@pytest.mark.parametrize("text", ["", "  \t\r\n\u3000\u200b\ufeff", "\x00" * 64])
def test_an_essay_without_words_is_refused_and_the_next_one_is_graded(text: str) -> None:
    reports, result = grade(line(id="blank", text=text), line(id="next"))
    assert result.exit_code == 1
    assert "error" in reports[0]
    assert reports[0]["error"]["message"].endswith(".")
    assert "points" in reports[1]


def test_an_unknown_question_is_told_the_nearest_one() -> None:
    (report,), _ = grade(line(prompt="economic-reform-impact"))
    assert f'did you mean "{SLUG}"?' in report["error"]["message"]


def test_text_over_the_limit_is_refused_in_bounded_time() -> None:
    started = monotonic()
    (report,), _ = grade(line(text="x" * 10_000_000))
    assert "error" in report
    assert monotonic() - started < 5


def test_lone_surrogates_come_out_as_valid_utf8() -> None:
    raw = line().replace(b"Khrushchev's", rb"Khrushchev\ud800s").replace(b"ada-1", rb"ada\udfff")
    reports, result = grade(raw)
    assert result.exit_code == 0
    assert reports[0]["id"] == "ada\ufffd"
    result.stdout_bytes.decode("utf-8")


def test_a_byte_order_mark_crlf_and_empty_lines_change_nothing() -> None:
    plain, _ = grade(line(id=1), line(id=2))
    other, result = grade(b"\xef\xbb\xbf" + line(id=1) + b"\r", b"\r", b"", line(id=2) + b"\r")
    assert other == plain
    assert result.exit_code == 0


def test_nothing_in_gives_nothing_out() -> None:
    reports, result = grade(b"")
    assert (reports, result.exit_code) == ([], 0)


def test_fields_that_a_corpus_adds_are_passed_over() -> None:
    (report,), result = grade(line(labels={"g1-foreign-trade": "hit"}, level=3))
    assert result.exit_code == 0
    assert "labels" not in report


def test_a_file_that_does_not_exist_is_named() -> None:
    result = CliRunner().invoke(cli, ["grade", "no-such.jsonl"])
    assert result.exit_code == 2
    assert "no-such.jsonl" in result.stderr


def test_a_passage_set_aside_comes_with_its_reason() -> None:
    echo = "Khrushchev’s economic reforms had a positive and a negative impact."
    (report,), _ = grade(line(text=f"{echo} {ESSAY}"))
    assert report["set_aside"] == [
        {
            "start": 0,
            "end": len(echo) - 1,
            "code": "echo",
            "message": "These words only repeat the question.",
        }
    ]


def test_a_model_answer_earns_nothing_and_is_flagged() -> None:
    (report,), _ = grade(line(text=load_prompt(SLUG).model_answer))
    assert report["score"] == 0
    assert "copied-model-answer" in [advisory["code"] for advisory in report["advisories"]]
    assert report["level"] is None


def test_notes_count_as_copied(tmp_path: Path) -> None:
    copied = (
        "Deliveries of galvanised buckets to the outlying dairies of the northern province doubled within "
        "a year, and the inspectors who had travelled there by sledge wrote that no calf went thirsty. "
    )
    notes = tmp_path / "notes.txt"
    notes.write_bytes(b"\xef\xbb\xbf" + copied.encode())
    essay = copied + ESSAY
    (without,), _ = grade(line(text=essay))
    (with_notes,), result = grade(line(text=essay), options=["--notes", str(notes)])
    assert result.exit_code == 0
    assert not any("copied" in advisory["code"] for advisory in without["advisories"])
    assert any("copied" in advisory["code"] for advisory in with_notes["advisories"])


def test_the_first_report_comes_before_the_input_has_ended() -> None:
    with subprocess.Popen([*COMMAND, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        process.stdin.write(line() + b"\n")
        process.stdin.flush()
        report = json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(timeout=30) == 0
    assert report["id"] == "ada-1"


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    essays = tmp_path / "essays.jsonl"
    essays.write_bytes(b"\n".join(line(id=number) for number in range(2000)))
    with subprocess.Popen([*COMMAND, str(essays)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
        assert process.wait(timeout=30) == 1
    assert complaints == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_in_one_sentence(tmp_path: Path) -> None:
    essays = tmp_path / "essays.jsonl"
    essays.write_bytes(line())
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, str(essays)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr == b"Error: Stopped before the end: No space left on device.\n"


def test_a_terminal_sees_a_progress_bar_and_the_output_stays_clean(tmp_path: Path) -> None:
    essays = tmp_path / "essays.jsonl"
    essays.write_bytes(b"\n".join(line(id=number) for number in range(300)))
    terminal, end = pty.openpty()
    with (tmp_path / "reports.jsonl").open("wb") as reports:
        process = subprocess.Popen([*COMMAND, str(essays)], stdout=reports, stderr=end)
        os.close(end)
        shown = _read_all(terminal)
        assert process.wait(timeout=60) == 0
    assert b" essay" in shown
    assert b"a second" in shown
    rows = (tmp_path / "reports.jsonl").read_bytes().splitlines()
    assert [json.loads(row)["id"] for row in rows] == list(range(300))


def _read_all(terminal: int) -> bytes:
    shown = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            return shown
        if not part:
            return shown
        shown += part
