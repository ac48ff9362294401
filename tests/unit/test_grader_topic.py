"""Good work on another subject is told from thin work on this one."""

from __future__ import annotations

import pytest

from grader.scorer import KeyPointScorer
from prompts import load_prompt

SCORER = KeyPointScorer(load_prompt("secret-speech-motives"))
ELSEWHERE = (
    "When Ataturk had won the struggle in Ankara, he wanted to leave the age of Sultan Mehmed behind. "
    "The people of Anatolia wanted change, and Istanbul had lost its power. In the speech that he gave "
    "for six days in October 1927 he blamed the mistakes of the past on the old court, on Damad Ferid "
    "and on Greece. He kept the dominance of his own party and gave rivals such as Karabekir and "
    "Cebesoy no opening to attack him. He thought economic reform necessary and hoped to encourage "
    "initiative. Later Inonu and Bayar followed him in Turkey, and Menderes after them."
)


def test_the_same_story_told_of_others_is_another_subject() -> None:
    report = SCORER.score(ELSEWHERE)
    assert report.score == 0
    assert [advisory.code for advisory in report.advisories] == ["off-topic"]


SCHOOL = (
    "When our old head had left and the new one had won the struggle for her post, she wanted to leave his "
    "age behind. The pupils wished for change as well, and the staff no longer feared anybody. In a speech "
    "that lasted for most of the lesson she blamed the mistakes of the past on him alone. She kept the rules "
    "of the house, gave her rivals no opening to attack her, and hoped to encourage initiative in the "
    "classroom, where little had been tried for years. By Easter half of the senior teachers had gone, and "
    "the art room had been painted in eleven colours."
)


def test_a_story_that_names_nobody_and_nothing_of_the_question_is_another_subject() -> None:
    report = SCORER.score(SCHOOL)
    assert (report.score, [advisory.code for advisory in report.advisories]) == (0, ["off-topic"])


@pytest.mark.parametrize("name", ["Khrushchev", "khruschev", "Stalin"])
def test_one_name_of_the_question_is_enough_to_be_read(name: str) -> None:
    advisories = SCORER.score(f"{SCHOOL} So did {name}.").advisories
    assert "off-topic" not in [advisory.code for advisory in advisories]


def test_many_names_do_no_harm_where_those_of_the_question_are_among_them() -> None:
    report = SCORER.score(ELSEWHERE + " Khruschev did much the same in February 1956.")
    assert "off-topic" not in [advisory.code for advisory in report.advisories]


NAMING = (
    "Khrushchev gave the speech for several reasons, and historians disagree about which counted most. "
    "Change is the first reason that has to be considered. The mood of the country is another one. "
    "Economic reform is mentioned by many writers as well, and arbitrary terror is a further theme. "
    "The dominance of the party and the mistakes of the past are also key factors in this question. "
    "All of these are connected with each other, and it is hard to say which of them was the main one. "
    "On balance I would say that all of them were important, although some mattered more than others."
)


def test_who_only_names_the_topics_is_told_so_and_has_not_missed_the_subject() -> None:
    report = SCORER.score(NAMING)
    assert (report.score, [advisory.code for advisory in report.advisories]) == (0, ["no-points"])
    assert report.level is not None
