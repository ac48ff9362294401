"""The lexicon's ideas: how they are written down, and which of them a rubric looks for."""

from __future__ import annotations

from collections import Counter

import pytest

from grader.language.ideas import common_terms, idea_finder, idea_phrases, opposites
from grader.language.lexicon import concepts
from grader.language.phrase_finder import read_phrase
from grader.language.tokens import tokenise
from grader.matching.vocabulary import Vocabulary


def heard(phrasings: list[str], essay: str, *, extra: tuple[str, ...] = ()) -> set[str]:
    """Return the ideas and fixed phrases that a rubric of some phrasings hears in an essay."""
    vocabulary = Vocabulary([list(tokenise(text)) for text in phrasings], extra)
    return {term for _, _, term in vocabulary.read(list(tokenise(essay))) if term[0] in "@!"}


def test_every_idea_has_a_name_of_its_own_and_words_that_say_it() -> None:
    assert [
        name for name, count in Counter(concept.name for concept in concepts()).items() if count > 1
    ] == []
    assert [concept.name for concept in concepts() if not concept.phrases] == []


def test_entries_are_folded_words_with_single_blanks() -> None:
    wrong = [
        phrase
        for concept in concepts()
        for phrase in concept.phrases
        if phrase != " ".join(phrase.lower().split()) or not len(tokenise(phrase))
    ]
    assert wrong == []


def test_every_opposite_is_an_idea_itself() -> None:
    names = {concept.name for concept in concepts()}
    assert {name: other for name, other in opposites().items() if other not in names or other == name} == {}


def test_no_word_says_an_idea_and_its_opposite_but_a_defeat_which_is_both() -> None:
    said = {idea: {tuple(p.terms) for p in phrases} for idea, phrases in idea_phrases().items()}
    both = {
        (name, other): said[f"@{name}"] & said[f"@{other}"]
        for name, other in opposites().items()
        if said[f"@{name}"] & said[f"@{other}"]
    }
    assert both == {pair: {("beaten",), ("defeat",)} for pair in (("win", "lose"), ("lose", "win"))}


@pytest.mark.parametrize("text", ["went up", "hardly any", "twenty one", "re-read", "one in five", "grew"])
def test_a_phrase_is_read_as_a_text_is(text: str) -> None:
    assert list(read_phrase(text, "").terms) == list(tokenise(text).terms)


def test_a_rubric_hears_its_ideas_in_other_words_and_their_opposites() -> None:
    phrasings = ["Prices rose.", "Wages rose as well."]
    assert "@increase" in heard(phrasings, "prices shot up")
    assert "@decrease" in heard(phrasings, "prices plummeted")


def test_a_rubric_hears_no_idea_that_it_does_not_know() -> None:
    essay = "the minister was kicked out"
    assert "@dismiss" in {label for _, _, label in idea_finder().find(tokenise(essay).terms)}
    assert "@dismiss" not in heard(["Prices rose."], essay)
    assert "@dismiss" in heard(["The minister was sacked."], essay)


def test_fixed_phrases_of_a_rubric_are_heard_be_they_one_figure_or_several_words() -> None:
    extra = ("upper hand", "25 per cent")
    assert heard(["Prices rose."], "25 per cent had the upper hand", extra=extra) >= {
        f"!{each}" for each in extra
    }


def test_words_of_the_lexicon_are_no_typing_errors_of_others() -> None:
    assert {"plummet", "grew", "minist"} <= common_terms()
