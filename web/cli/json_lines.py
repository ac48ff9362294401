"""JSON lines in and out, as people really send them.

Reads bytes, one line at a time, in bounded memory: a byte order mark, CRLF, empty lines and missing
last line ends are all right; bytes that are not UTF-8, broken JSON, duplicate names and endless
lines are a `LineRefused` each, and the next line is read as if nothing had happened. Lone
surrogates, which no valid UTF-8 can hold, become U+FFFD one for one, so that offsets stay true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

MAX_LINE_BYTES = 32 * 2**20
"""Longest line that is read; the longest essay that is graded is far shorter."""

_BOM = b"\xef\xbb\xbf"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class LineRefused(Exception):
    """A line that cannot be read; `code` is stable, `message` says what to do, `essay_id` may be known."""

    def __init__(self, code: str, message: str, essay_id: str | int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.essay_id = essay_id


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty: its number from 1, its bytes, and whether it was cut for its length."""

    number: int
    content: bytes
    cut: bool = False


def read_lines(stream: BinaryIO, max_bytes: int = MAX_LINE_BYTES) -> Iterator[Line]:
    """Yield the lines of a stream that hold more than space; of an endless line, its beginning."""
    number = 0
    while raw := stream.readline(max_bytes + 1):
        number += 1
        cut = len(raw) > max_bytes and not raw.endswith(b"\n")
        if cut:
            _skip_to_line_end(stream)
        content = raw.removeprefix(_BOM).strip()
        if content:
            yield Line(number, content, cut)


def parse_object(line: Line) -> dict[str, Any]:
    """Return the JSON object that a line holds, its strings free of lone surrogates.

    Raises:
        LineRefused: with code line-too-long, not-utf8, not-json, duplicate-name or not-an-object.
    """
    if line.cut:
        limit = f"{MAX_LINE_BYTES // 2**20} MB"
        raise LineRefused("line-too-long", f"Line {line.number} is longer than {limit}: shorten its text.")
    try:
        text = line.content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineRefused(
            "not-utf8",
            f"Line {line.number} is not UTF-8 from byte {error.start + 1}: save the file as UTF-8.",
            _rescued_id(line.content),
        ) from None
    return _object(text, line.number)


def usable_id(values: Mapping[str, Any]) -> str | int | None:
    """Return the "id" of an object where it is a text or a whole number, and None otherwise."""
    found = values.get("id")
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None


def write_object(values: Mapping[str, Any], stream: BinaryIO) -> None:
    """Write an object as one line of UTF-8 JSON, and pass it on at once."""
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    stream.write(without_surrogates(text).encode() + b"\n")
    stream.flush()


def without_surrogates(text: str) -> str:
    """Replace each lone surrogate by U+FFFD; the length stays the same."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _object(text: str, number: int) -> dict[str, Any]:
    try:
        values = json.loads(text, object_pairs_hook=_unique_names, parse_constant=_refuse_constant)
    except _DuplicateNameError as error:
        raise LineRefused(
            "duplicate-name", f'Line {number} says "{error}" twice: keep one of them.'
        ) from None
    except json.JSONDecodeError as error:
        raise LineRefused(
            "not-json", f"Line {number} is not JSON: {error.msg} at character {error.colno}."
        ) from None
    except (ValueError, RecursionError) as error:
        raise LineRefused("not-json", f"Line {number} is not JSON that can be read: {error}.") from None
    if not isinstance(values, dict):
        raise LineRefused("not-an-object", f'Line {number} should be an object such as {{"id": "1", ...}}.')
    return {
        name: without_surrogates(value) if isinstance(value, str) else value for name, value in values.items()
    }


class _DuplicateNameError(Exception):
    """An object says the same name twice, so that nobody can know which one is meant."""


def _unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise _DuplicateNameError(without_surrogates(name))
        values[name] = value
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _rescued_id(content: bytes) -> str | int | None:
    """Find the id of a line whose bytes are damaged elsewhere, so that its owner can be told."""
    try:
        values = json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return usable_id(values) if isinstance(values, dict) else None


def _skip_to_line_end(stream: BinaryIO) -> None:
    while (rest := stream.readline(2**16)) and not rest.endswith(b"\n"):
        pass
