"""Figures: the same value however it is written."""

from __future__ import annotations

import pytest

from grader.language.tokens import tokenise
from grader.text import fold


def figures(text: str) -> list[str]:
    folded = fold(text)
    return [token.term for token in tokenise(folded.text, folded.cased) if token.number]


@pytest.mark.parametrize("text", ["two-thirds", "two thirds of it", "2/3", "two out of every three"])
def test_two_thirds(text: str) -> None:
    assert figures(text) == ["#r0.6667"]


@pytest.mark.parametrize(
    "text", ["five in a thousand", "5/1000", "5 people in 1,000", "just 5 per 1000", "0.5 per cent", "0.5%"]
)
def test_five_in_a_thousand(text: str) -> None:
    assert figures(text) == ["#r0.005"]


@pytest.mark.parametrize("text", ["1956", "nineteen fifty-six", "'56", "’56", "Feb 56", "autumn 56"])
def test_a_year(text: str) -> None:
    assert figures(text) == ["#y1956"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1950-56", ["#y1950", "#y1956"]),
        ("the 1950s", ["#d1950"]),
        ("the fifties", ["#d1950"]),
        ("XXII Congress", ["#o22"]),
        ("twenty-second", ["#o22"]),
        ("the 22nd", ["#o22"]),
        ("a hundred and five", ["#n105"]),
        ("15 million", ["#n1.5e+07"]),
        ("15m", ["#n1.5e+07"]),
        ("in 1963 15 million", ["#y1963", "#n1.5e+07"]),
        ("a third in towns, a quarter elsewhere", ["#r0.3333", "#r0.25"]),
        ("one in four", ["#r0.25"]),
        ("half", ["#r0.5"]),
        ("the third reason", []),
        ("one of them", []),
        ("I think", []),
    ],
)
def test_other_figures(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


def test_digits_inside_words_are_no_figures() -> None:
    assert figures("h1st0ry in the c0mmun157 w0r1d") == []


@pytest.mark.parametrize(
    "british, american", [("organisation", "organization"), ("labour", "labor"), ("defence", "defense")]
)
def test_spellings_of_one_word_share_a_term(british: str, american: str) -> None:
    assert tokenise(british)[0].term == tokenise(american)[0].term
