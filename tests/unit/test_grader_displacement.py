"""Names and other words in the place of the right ones: told where they are, not where they only look so."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from bench.exchanges import with_other_names, with_roles_exchanged
from grader.candidates import CandidateFinder
from grader.language.essay import parse_essay
from grader.language.names import kin
from grader.report import Clash, PointReport, Verdict
from grader.rubric import KeyPoint, Prompt, Side
from grader.scorer import KeyPointScorer
from grader.verdicts.features import Features
from prompts import list_prompts, load_prompt
from tests.bee_rubric import bee_rubric

DATA = Path(__file__).parents[1] / "data"
TREATY = KeyPoint(
    id="treaty",
    text="Queen Maude made peace with the Danes at Ely and blamed the war on Osric",
    hint="How did it end?",
    card=1,
    line=1,
    accept=(
        "Maude made peace with the Danes and put the blame for the war on Osric.",
        "At Ely Queen Maude ended the war with the Danes, for which she blamed Osric.",
        "The war with the Danes was ended by Maude, who laid it at the door of Osric.",
        "Maude blamed Osric for the war and came to terms with the Danes.",
    ),
)
LEVY = KeyPoint(
    id="levy",
    text="The NAC taxed Edwin's farmers to pay for the fleet",
    hint="Who paid?",
    card=1,
    line=2,
    accept=(
        "Edwin's farmers were taxed by the NAC to pay for ships.",
        "To build a fleet the NAC taxed the farmers of Edwin.",
        "The NAC made the farmers of Edwin pay a tax for the fleet.",
    ),
)
OATH = KeyPoint(
    id="oath",
    text="Aldric swore to keep the laws of Harold",
    hint="What did he swear?",
    card=1,
    line=3,
    accept=(
        "Aldric gave his oath that he would keep the laws of Harold.",
        "The laws of Harold would be kept, Aldric swore.",
        "Aldric took an oath on the laws of Harold.",
    ),
)
POINTS = (TREATY, LEVY, OATH)


def court() -> Prompt:
    return replace(
        bee_rubric(),
        question="How well was the country ruled?",
        key_points=POINTS,
        sides=(Side("court", tuple(point.id for point in POINTS)),),
        marks={point.id: 1 for point in POINTS},
    )


def features(text: str, key: str) -> Features:
    essay = parse_essay(text)
    found = CandidateFinder(court()).find(essay, essay.units)
    return found[[point.id for point in POINTS].index(key)].features


def report(text: str, key: str) -> PointReport:
    return KeyPointScorer(court()).score(text).point(key)


@pytest.mark.parametrize("name", ["Harold", "Edwin", "Aldric", "Beornred"])
def test_another_name_in_the_place_of_the_right_one_is_seen(name: str) -> None:
    said = features(
        f"Queen Maude made peace with the Danes and put the blame for the war on {name}.", "treaty"
    )
    assert said.stranger > 0


def test_a_strange_doer_is_told_with_the_name_of_the_notes() -> None:
    point = report("Harold blamed Osric for the war and came to terms with the Danes.", "treaty")
    assert (point.verdict, point.clash) == (Verdict.CONTRADICTED, Clash("actor", "Harold", "Maude"))


def test_a_name_in_capitals_is_told_in_capitals() -> None:
    point = report("To build a fleet Aldric taxed the farmers of Edwin.", "levy")
    assert (point.verdict, point.clash) == (Verdict.CONTRADICTED, Clash("actor", "Aldric", "NAC"))


@pytest.mark.parametrize(
    "text",
    [
        "Maude, whom Harold had trusted, made peace with the Danes and put the blame for the war on Osric.",
        "She made peace with the Danes and put the blame for the war on Osric.",
        "In October Maude blamed Osric for the war and came to terms with the Danes.",
        "MAUDE BLAMED OSRIC FOR THE WAR AND CAME TO TERMS WITH THE DANES.",
        "maude blamed osric for the war and came to terms with the danes.",
    ],
)
def test_the_right_names_are_never_held_against_a_writer(text: str) -> None:
    assert report(text, "treaty").verdict is not Verdict.CONTRADICTED


def test_a_name_of_another_point_told_in_the_same_sentence_replaces_nobody() -> None:
    treaty = "blamed Osric for the war and came to terms with the Danes"
    assert features(f"Harold {treaty}.", "treaty").replaced > 0
    assert features(f"Harold, whose laws Aldric had sworn to keep, {treaty}.", "treaty").replaced == 0


def test_words_of_another_kind_in_the_place_of_the_right_ones_are_seen() -> None:
    sound = features("The NAC taxed Edwin's farmers to pay for the fleet.", "levy")
    unsound = features("The NAC taxed Edwin's monks to pay for the fleet.", "levy")
    assert (sound.substituted, unsound.substituted > 0) == (0, True)


def test_exchanged_names_are_seen() -> None:
    assert (
        features("Osric blamed Maude for the war and came to terms with the Danes.", "treaty").exchanged == 1
    )


@pytest.mark.parametrize("prompt", [*list_prompts(), court()], ids=lambda prompt: prompt.slug)
def test_no_phrasing_has_anything_in_another_place(prompt: Prompt) -> None:
    finder = CandidateFinder(prompt)
    for number, point in enumerate(prompt.key_points):
        for text in (point.text, *point.accept):
            essay = parse_essay(text)
            found = finder.find(essay, essay.units)[number].features
            assert (found.replaced, found.substituted) == (0, 0), text


def test_most_phrasings_that_a_scorer_has_not_seen_are_taken_for_what_they_say() -> None:
    told = count = 0
    for prompt in list_prompts()[:3]:
        for turn in range(0, 12, 4):
            points = (
                replace(p, accept=tuple(a for at, a in enumerate(p.accept) if at != turn))
                for p in prompt.key_points
            )
            scorer = KeyPointScorer(replace(prompt, key_points=tuple(points)))
            for point in prompt.key_points:
                for text in point.accept[turn : turn + 1]:
                    count += 1
                    told += scorer.score(text).point(point.id).verdict is Verdict.CONTRADICTED
    assert told <= 0.08 * count


def test_the_notes_with_their_words_exchanged_earn_little() -> None:
    lines = (DATA / "exchanged.jsonl").read_text(encoding="utf-8").splitlines()
    shares, told, wrong = [], 0, 0
    for case in map(json.loads, lines):
        found = KeyPointScorer(load_prompt(case["prompt"])).score(case["text"])
        shares.append(found.score / found.max_score)
        told += sum(found.point(key).verdict is Verdict.CONTRADICTED for key in case["wrong"])
        wrong += len(case["wrong"])
    assert sum(shares) <= 0.25 * len(shares)
    assert told >= 0.6 * wrong


def test_names_and_words_made_of_them_are_kin() -> None:
    assert kin("darwin") == kin("darwinism") == kin("darwinist")
    assert kin("marx") == "marx"
    assert kin("man") == "man"


def test_made_exchanges_differ_from_what_they_are_made_of() -> None:
    statements = CandidateFinder(court()).statements
    changed = list(with_other_names("Maude blamed Osric.", statements, random.Random(1)))
    assert len(changed) == 2
    assert all(("Maude" in text) != ("Osric" in text) for text in changed)
    assert with_roles_exchanged("Maude blamed Osric.") == "Osric blamed Maude."
    assert with_roles_exchanged("The war was long.") == ""


def test_an_essay_that_turns_most_points_round_is_looked_at_harder() -> None:
    hint = "Aldric took an oath on the laws of Edwin."
    wrong = "Osric blamed Maude for the war. Edwin's farmers taxed the NAC to pay for ships."
    alone, among = report(hint, "oath"), report(f"{wrong} {hint}", "oath")
    assert alone.credit >= among.credit
