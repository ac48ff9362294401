"""The closer measures of the benches on short answers stay within bounds and forgive slips of spelling."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.likeness import Likeness, compare_closely, nearest
from grader.language.tokens import Token, tokenise
from grader.text import fold

WORDS = st.text(st.sampled_from("the trade grew wheat Kruschev žito 1963 not, . ' ’ economics"), max_size=80)


def tokens(text: str) -> list[Token]:
    return list(tokenise(fold(text).text))


def same_weight(term: str) -> float:
    return 1.0


def test_the_same_words_are_wholly_alike() -> None:
    assert compare_closely(tokens("Trade grew."), tokens("trade grew"), same_weight) == Likeness(*[1.0] * 6)


def test_slips_of_spelling_keep_most_of_their_worth() -> None:
    slip = compare_closely(
        tokens("Agricultrual output fell"), tokens("agricultural output fell"), same_weight
    )
    other = compare_closely(tokens("Political output fell"), tokens("agricultural output fell"), same_weight)
    assert slip.softly_covered > 0.7 > other.softly_covered


def test_another_year_is_another_thing() -> None:
    assert compare_closely(tokens("1965"), tokens("1956"), same_weight).softly_covered == 0.0


def test_no_phrasing_is_like_nothing() -> None:
    assert nearest(tokens("anything"), [], same_weight) == Likeness(*[0.0] * 6)


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_every_measure_is_between_nought_and_one(passage: str, phrasing: str) -> None:
    likeness = compare_closely(tokens(passage), tokens(phrasing), same_weight)
    assert all(0.0 <= value <= 1.0 + 1e-9 for value in likeness)
