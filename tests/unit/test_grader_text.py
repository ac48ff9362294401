"""Folding: whatever a text is pasted from, it reads the same, and spans slice the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.text import fold


@pytest.mark.parametrize(
    "pasted, plain",
    [
        ("Zoë’s “leaf”", 'zoe\'s "leaf"'),
        ("1950–56 — then", "1950-56 - then"),
        ("ﬁrst eﬀort", "first effort"),
        ("ｆｕｌｌ 𝐛𝐨𝐥𝐝", "full bold"),
        ("ze\u200bro\u00adwi\u2060dth", "zerowidth"),
        ("l\u0300\u0301eaf", "leaf"),
        ("\u202eleaf\u202c", "leaf"),
        ("½ of it", " 1/2 of it"),
        ("lеaf grоws in the light", "leaf grows in the light"),
        ("itâ€™s", "it's"),
        ("a\r\nb", "a \nb"),
    ],
)
def test_variants_of_characters_fold_to_the_plain_one(pasted: str, plain: str) -> None:
    assert fold(pasted).text == plain


def test_a_text_in_another_script_keeps_its_letters() -> None:
    assert fold("крохмаль и свет").text == "крохмаль и свет"


def test_broken_encoding_is_reported() -> None:
    assert fold("plantsâ€™ leaves").repaired
    assert not fold("plants’ leaves").repaired


@pytest.mark.parametrize("markup", ["<!-- leaf light water -->", "<script>leaf()</script>", "</p>"])
def test_markup_is_blanked_and_its_place_kept(markup: str) -> None:
    text = f"Sun. {markup} Rain."
    folded = fold(text)
    assert folded.text.split() == ["sun.", "rain."]
    (span,) = folded.masked
    assert text[span.start : span.end] == markup


def test_arithmetic_signs_are_not_markup() -> None:
    assert fold("5 < 6 and 7 > 3").text == "5 < 6 and 7 > 3"


@given(st.text(max_size=200))
def test_offsets_never_leave_the_original(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded.text)):
        span = folded.span(at, at + 1)
        assert 0 <= span.start <= span.end <= len(text)


@given(st.text(alphabet="aé’ﬁ½ \u200b\u0301–", max_size=80))
def test_offsets_rise(text: str) -> None:
    folded = fold(text)
    starts = [folded.span(at, at + 1).start for at in range(len(folded.text))]
    assert starts == sorted(starts)
