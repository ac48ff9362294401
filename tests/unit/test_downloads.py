"""Names of files that people take along: readable in every script, and safe on every system."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.http import parse_options_header

from web.downloads import LONGEST_PART, download, part_of_file_name


@pytest.mark.parametrize(
    "title, part",
    [
        ("12B History", "12b-history"),
        ("Élan, Größe & façade", "élan-größe-façade"),
        ("E\u0301lan", "élan"),
        ("История 12Б", "история-12б"),
        ("历史", "历史"),
        ("تاریخ ۱۲", "تاریخ-۱۲"),
        ('../../é\r\n"x', "é-x"),
        ("..\\..\\con\0:stream", "con-stream"),
        ("gpj\u202e.exe", "gpj-exe"),
        ("👩‍🎓 …", "class"),
        ("", "class"),
    ],
)
def test_a_title_becomes_a_safe_part_of_a_file_name(title: str, part: str) -> None:
    assert part_of_file_name(title, otherwise="class") == part


@pytest.mark.parametrize("title", ["a" * 999, "历史" * 99, "é-" * 99, "ab历" * 99])
def test_a_long_title_is_cut_at_a_letter(title: str) -> None:
    part = part_of_file_name(title, otherwise="class")
    assert LONGEST_PART - 4 <= len(part.encode()) <= LONGEST_PART
    assert part in title


@pytest.mark.parametrize("name", ["élan.csv", "历史.csv", 'a"b\\c.csv', "a;b=c, d.csv", "100% *.csv"])
def test_a_name_arrives_as_it_was_sent(name: str) -> None:
    with Flask(__name__).test_request_context():
        headers = download("text", name, "text/csv").headers
    kind, named = parse_options_header(headers["Content-Disposition"])
    assert (kind, named["filename"]) == ("attachment", name)


def test_a_line_end_in_a_name_ends_no_header() -> None:
    with Flask(__name__).test_request_context(), pytest.raises(ValueError, match="newline"):
        download("text", "a\r\nSet-Cookie: b=c", "text/csv")
