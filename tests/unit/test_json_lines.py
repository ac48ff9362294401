"""Lines of JSON are read as people really send them, and a bad one costs only itself."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.cli.json_lines import Line, LineRefused, parse_object, read_lines, usable_id, write_object

texts = st.text(st.characters(exclude_categories=[]), max_size=30)


def contents(source: bytes, max_bytes: int = 100) -> list[bytes]:
    return [line.content for line in read_lines(BytesIO(source), max_bytes)]


def refused(content: bytes) -> LineRefused:
    with pytest.raises(LineRefused) as caught:
        parse_object(Line(3, content))
    return caught.value


def test_marks_line_ends_and_empty_lines_do_not_matter() -> None:
    assert contents(b'\xef\xbb\xbf{"id": 1}\r\n\r\n   \n{"id": 2}\n\n{"id": 3}') == [
        b'{"id": 1}',
        b'{"id": 2}',
        b'{"id": 3}',
    ]


def test_lines_are_numbered_as_an_editor_shows_them() -> None:
    assert [line.number for line in read_lines(BytesIO(b"\n{}\n\n{}\n"))] == [2, 4]


def test_line_separators_inside_a_text_end_no_line() -> None:
    line = '{"text": "one\u2028two\x85three"}'.encode()
    assert contents(line + b"\n{}") == [line, b"{}"]


def test_an_endless_line_is_cut_and_the_next_one_is_whole() -> None:
    lines = list(read_lines(BytesIO(b"x" * 250_000 + b"\n{}\n"), max_bytes=1000))
    assert [(line.number, line.cut) for line in lines] == [(1, True), (2, False)]
    with pytest.raises(LineRefused, match="Line 1 is longer than"):
        parse_object(lines[0])


@pytest.mark.parametrize(
    "content,code,sentence",
    [
        (b'{"id": "1"', "not-json", "Line 3 is not JSON: Expecting ',' delimiter at character 11."),
        (b'{"id": NaN}', "not-json", "Line 3 is not JSON that can be read: NaN is not a JSON number."),
        (b"[" * 100_000, "not-json", "Line 3 is not JSON that can be read"),
        (b'{"n": ' + b"9" * 5000 + b"}", "not-json", "Line 3 is not JSON that can be read"),
        (b'{"id": 1, "id": 2}', "duplicate-name", 'Line 3 says "id" twice: keep one of them.'),
        (b'["essay"]', "not-an-object", "Line 3 should be an object"),
        (b'"essay"', "not-an-object", "Line 3 should be an object"),
        (b'{"id": "\xff"}', "not-utf8", "Line 3 is not UTF-8 from byte 9: save the file as UTF-8."),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_in_words(content: bytes, code: str, sentence: str) -> None:
    refusal = refused(content)
    assert refusal.code == code
    assert refusal.message.startswith(sentence)


def test_the_id_of_a_line_with_damaged_bytes_is_rescued() -> None:
    assert refused(b'{"id": "ada-1", "text": "caf\xe9"}').essay_id == "ada-1"


def test_a_lone_surrogate_becomes_one_replacement_character() -> None:
    values = parse_object(Line(1, rb'{"text": "a\ud800b\udc00", "rocket": "\ud83d\ude80"}'))
    assert values == {"text": "a\ufffdb\ufffd", "rocket": "\U0001f680"}


@pytest.mark.parametrize(
    "given,kept", [("a", "a"), ("", ""), (7, 7), (None, None), (True, None), (1.5, None), (["a"], None)]
)
def test_an_id_is_a_text_or_a_whole_number(given: object, kept: object) -> None:
    assert usable_id({"id": given}) == kept


@given(st.dictionaries(texts, texts, max_size=4))
def test_whatever_is_written_is_one_line_of_valid_utf8_json(values: dict[str, str]) -> None:
    target = BytesIO()
    write_object(values, target)
    written = target.getvalue()
    assert written.count(b"\n") == 1
    json.loads(written.decode("utf-8"))


@given(st.binary(max_size=60))
def test_no_bytes_at_all_raise_anything_but_a_refusal(content: bytes) -> None:
    for line in read_lines(BytesIO(content), 20):
        try:
            parse_object(line)
        except LineRefused as refusal:
            assert refusal.message.startswith("Line ")  # noqa: PT017 - either outcome is right
