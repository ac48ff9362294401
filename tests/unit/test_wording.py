"""The sentences of feedback: what they quote, how they say that something differs, and how they are set."""

from __future__ import annotations

import pytest

from grader.feedback import Audience
from grader.feedback.wording import MAX_QUOTE, join_words, quote, say_clash, typeset
from grader.report import Clash


@pytest.mark.parametrize(
    "clash, sentence",
    [
        (Clash("figure", "half", "two thirds"), "You wrote half; the notes say two thirds."),
        (Clash("polarity", "did not rise", None), "You wrote “did not rise”; the notes say the opposite."),
        (
            Clash("actor", "Stalin", None),
            "You wrote “Stalin”; the notes say that it was somebody or something else.",
        ),
        (Clash("contrary", "Trade fell.", None), "You wrote “Trade fell”; the notes say otherwise."),
        (None, "This differs from the notes."),
    ],
)
def test_a_clash_is_said_without_blame(clash: Clash | None, sentence: str) -> None:
    assert say_clash(clash) == sentence


@pytest.mark.parametrize(
    "clash, sentence",
    [
        (Clash("figure", "half", "two thirds"), "The essay says half; the notes say two thirds."),
        (Clash("polarity", "You wrote", None), "The essay says “You wrote”; the notes say the opposite."),
        (None, "This differs from the notes."),
    ],
)
def test_a_teacher_is_told_what_the_essay_says(clash: Clash | None, sentence: str) -> None:
    assert say_clash(clash, Audience.TEACHER) == sentence


def test_a_very_long_passage_is_quoted_up_to_a_word() -> None:
    quoted = quote("word " * 1000)
    assert len(quoted) <= MAX_QUOTE + 2
    assert quoted.endswith("word …")


@pytest.mark.parametrize(
    "written, printed",
    [
        ("Khrushchev's reforms", "Khrushchev’s reforms"),
        ("'Stalin's era ended.' How far?", "‘Stalin’s era ended.’ How far?"),
        ("the workers' lives ('better')", "the workers’ lives (‘better’)"),
        ('the label "enemy of the people"', "the label “enemy of the people”"),
        ("\"'Enough', he said\"", "“‘Enough’, he said”"),
        ("in '56 and the '50s", "in ’56 and the ’50s"),
        ("«L'été» – “déjà” ‘so’", "«L’été» – “déjà” ‘so’"),
        ("in power, 1953-1964 and 1964-82", "in power, 1953–1964 and 1964–82"),
        ("1953-a, 12-13 and 0151-496-0000", "1953-a, 12-13 and 0151-496-0000"),
        ("", ""),
    ],
)
def test_an_authors_words_are_set_as_print_does(written: str, printed: str) -> None:
    assert typeset(written) == printed


def test_words_are_joined_as_english_does() -> None:
    assert [join_words(("a",)), join_words(("a", "b")), join_words(("a", "b", "c"))] == [
        "a",
        "a and b",
        "a, b and c",
    ]
