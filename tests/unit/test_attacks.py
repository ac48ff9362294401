"""The anti-gaming pack is built from any rubric, the same every time, and holds what its names say."""

from __future__ import annotations

from collections import Counter

import pytest

from grader.attacks import Attack, AttackKind, build_attacks
from grader.attacks.texts import counted, good_answer
from grader.attacks.unrelated_prose import content_words
from grader.rubric import Prompt
from grader.rubric.parsing import parse_prompt
from prompts import list_prompts
from tests.rubric_tables import prompt_table, sound_unit


def tiny(**changes: object) -> Prompt:
    return parse_prompt(prompt_table() | changes, unit=sound_unit(), file="q.toml", slug="vikings-impact")


def of_kind(prompt: Prompt, kind: AttackKind) -> list[Attack]:
    return [attack for attack in build_attacks(prompt) if attack.kind is kind]


def words(text: str) -> Counter[str]:
    return Counter(text.lower().replace(".", "").split())


def test_every_kind_is_built_for_a_tiny_rubric() -> None:
    assert {attack.kind for attack in build_attacks(tiny())} == set(AttackKind)


@pytest.mark.parametrize("prompt", list_prompts(), ids=lambda prompt: prompt.slug)
def test_every_kind_is_built_for_the_built_in_questions(prompt: Prompt) -> None:
    attacks = build_attacks(prompt)
    assert {attack.kind for attack in attacks} == set(AttackKind)
    assert len({(attack.kind, attack.name) for attack in attacks}) == len(attacks)
    assert all(attack.text and attack.why and 0 <= attack.fair <= 1 for attack in attacks)


def test_the_pack_is_the_same_every_time_and_another_seed_shuffles_otherwise() -> None:
    prompt = list_prompts()[0]
    assert build_attacks(prompt) == build_attacks(prompt)
    first, other = (build_attacks(prompt, seed=seed) for seed in (1, 2))
    assert {a.kind for a, b in zip(first, other, strict=True) if a != b} == {AttackKind.SHUFFLED}


def test_a_shuffled_answer_keeps_its_words_and_loses_their_order() -> None:
    (attack,) = of_kind(tiny(), AttackKind.SHUFFLED)
    answer = good_answer(tiny())
    assert words(attack.text) == words(answer)
    assert attack.text.count(".") == answer.count(".")
    assert attack.text.lower() != answer.lower()


def test_a_list_names_each_word_once_a_point_in_alphabetical_order() -> None:
    bare, stuffed = of_kind(tiny(), AttackKind.WORD_LIST)
    assert bare.text.startswith("coast, crews, Fast, raid, ship")
    assert stuffed.text.endswith("Important here were Camps, grew and towns.")


def test_a_denial_keeps_names_and_says_of_every_point_that_it_is_not_so() -> None:
    denied, opposites = of_kind(tiny(), AttackKind.NEGATED)
    assert denied.text.split(". ")[0] == "It is not the case that fast ships let small crews raid the coast"
    assert opposites.text == "They came on foot."


def test_opposites_are_left_out_where_the_rubric_names_none() -> None:
    prompt = tiny(marks=2, sides=[{"name": "all", "key_points": ["v2-monks", "v3-dublin"]}], balanced=False)
    assert len(of_kind(prompt, AttackKind.NEGATED)) == 1
    assert not of_kind(prompt, AttackKind.ONE_SIDED)


def test_one_side_earns_its_share_and_a_level_no_higher_than_three() -> None:
    harm, gain = of_kind(tiny(), AttackKind.ONE_SIDED)
    assert harm.fair == pytest.approx((2 + 0.5) / 3)
    assert gain.fair == pytest.approx((1 + 0.5) / 3)
    assert (harm.top_level, gain.top_level) == (3, 3)
    assert "Monks lost their treasure." in harm.text and "Camps grew" not in harm.text


def test_a_question_that_asks_for_one_side_puts_no_cap_on_the_level() -> None:
    assert {attack.top_level for attack in of_kind(tiny(balanced=False), AttackKind.ONE_SIDED)} == {None}


def test_a_doubled_answer_is_measured_against_the_single_one() -> None:
    (attack,) = of_kind(tiny(), AttackKind.DOUBLED)
    assert attack.text == f"{attack.same_as}\n\n{attack.same_as}"
    assert attack.exactly


def test_padding_is_about_something_else_and_a_quarter_of_the_answer() -> None:
    for prompt in list_prompts():
        lists, answer = of_kind(prompt, AttackKind.PADDED)
        extra = counted(answer.text) - counted(answer.same_as)
        assert 0.25 <= extra / counted(answer.same_as) <= 0.40
        assert answer.text.endswith(answer.same_as)
        assert lists.text.count("(") == len(prompt.key_points)


def test_a_question_about_bread_is_not_padded_with_bread() -> None:
    (*_, padded) = build_attacks(
        tiny(question="How do flour, yeast, salt and a hot oven make a loaf of bread?")
    )
    assert not {"yeast", "loaf"} & content_words(padded.text)
