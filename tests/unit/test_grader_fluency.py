"""Prose, hurried notes and shuffled words are told apart by the order of their words."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from grader.attacks.texts import shuffled_sentences
from grader.language.essay import parse_essay
from grader.screening import Screener
from grader.screening.fluency import disordered_units, word_order, words_in_order
from tests.bee_rubric import bee_rubric

PROSE = """The dance of the honey bee was read long before anybody could explain it. A forager that has found
food runs in a straight line, waggles her body and turns back, and her sisters follow her in the dark. The
angle of the run gives the direction of the food, and its length gives the distance. Because the sun moves,
the dancer must allow for the time that has gone by."""
MORE_PROSE = """Critics answered that the followers might have gone by smell alone, because every forager
brings the scent of her flowers home. The quarrel went on for thirty years, and it was settled only when a
model bee made of brass and wax was taught to dance. It gave off no scent of any field, yet the bees that
watched it flew to the place that its dance had named."""
NOTES = """Dance = language?? Straight run, waggle, back again. Angle -> direction (sun = up). Length of run =
how far. Not every bee follows, some just go where they went before. Von Frisch 1944, prize 1973. Critics:
smell instead, no proof of angle. Later robot bee, worked. So = mostly right, smell helps too."""


def odds(sentence: str) -> float:
    return word_order().log_odds([words_in_order(parse_essay(sentence))])[0]


@pytest.mark.parametrize(
    "sound, jumbled",
    [
        ("The angle of the run gives the direction.", "Run the of direction angle the gives the."),
        ("She did not know where the others had gone.", "Where know the had she others not gone did."),
        (
            "Trade grew because prices had fallen by a third.",
            "By a because fallen grew third trade had prices.",
        ),
    ],
)
def test_a_sentence_is_likelier_prose_than_its_own_words_shuffled(sound: str, jumbled: str) -> None:
    assert odds(sound) > 0 > odds(jumbled)


@pytest.mark.parametrize("text", [PROSE, NOTES], ids=["prose", "notes"])
def test_prose_and_hurried_notes_are_left_alone(text: str) -> None:
    assert disordered_units(parse_essay(text)) == []


@pytest.mark.parametrize("seed", range(5))
def test_every_sentence_of_a_shuffled_text_is_found(seed: int) -> None:
    essay = parse_essay(shuffled_sentences(PROSE, seed))

    found = disordered_units(essay)

    assert sum(last - first for first, last in found) == len(essay.tokens)


def test_a_text_strung_together_from_scraps_of_two_words_is_found() -> None:
    sound = parse_essay(f"{PROSE} {MORE_PROSE}")
    sentences = [[token.word for token in sound.tokens_of(unit)] for unit in sound.units]
    scraps = [[words[at : at + 2] for at in range(0, len(words), 2)] for words in sentences]
    text = " ".join(" ".join(" ".join(piece) for piece in pieces[::-1]) + "." for pieces in scraps)

    found = disordered_units(parse_essay(text))

    assert disordered_units(sound) == []
    assert sum(last - first for first, last in found) == len(parse_essay(text).tokens)


def test_one_shuffled_paragraph_does_not_drag_the_sound_ones_down() -> None:
    jumbled = shuffled_sentences(PROSE, 3)
    essay = parse_essay(f"{PROSE}\n\n{PROSE.upper()}\n\n{jumbled}")
    start = essay.folded.text.index(jumbled.lower()[:20])

    found = disordered_units(essay)

    assert found
    assert all(essay.tokens[first].start >= start for first, _ in found)


def test_what_is_in_no_order_is_set_aside_and_said_so() -> None:
    text = shuffled_sentences(PROSE, 1)

    screening = Screener(bee_rubric(), (), ()).screen(parse_essay(text))

    assert "word-order" in {advisory.code for advisory in screening.advisories}
    assert screening.needs_teacher
    assert not screening.units


def test_the_table_is_small_and_names_no_subject() -> None:
    text = files("grader.screening").joinpath("fluency.json").read_text(encoding="utf-8")

    assert len(text) < 200_000
    assert set(json.loads(text)) == {"bias", "pairs", "triples"}
