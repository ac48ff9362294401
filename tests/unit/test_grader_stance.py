"""What the rubric's own words earn: accepted phrasings are never turned round, opposites never credited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.attacks.texts import denied
from grader.report import Clash, Verdict
from grader.rubric import KeyPoint, Prompt, Side, iter_phrasings
from grader.scorer import KeyPointScorer
from prompts import list_prompts, load_folder, load_prompt
from tests.bee_rubric import bee_rubric
from tests.factories import make_rubric

README = Path(__file__).parents[2] / "prompts" / "README.md"
UNRELATED = (
    "The morning was grey and the bus came late. My neighbour paints boats for a living. "
    "{} Her brother keeps an old piano in the shed. Nobody plays it any more."
)


def rubrics() -> list[Prompt]:
    return [*list_prompts(), bee_rubric(), make_rubric()]


def without_opposites(prompt: Prompt) -> Prompt:
    return replace(prompt, key_points=tuple(replace(p, contrary=()) for p in prompt.key_points))


def guide_example(folder: Path) -> Prompt:
    """Return the question of the unit that the authors' guide prints in full."""
    guide = README.read_text(encoding="utf-8")
    for name, toml in re.findall(
        r"^`(photosynthesis/[\w.-]+)`\n\n```toml\n(.*?)^```", guide, re.DOTALL | re.MULTILINE
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(toml, encoding="utf-8")
    return load_folder(folder / "photosynthesis")[0].prompts[0]


def contradicted(prompt: Prompt, phrasings: Iterable[tuple[KeyPoint, str]]) -> list[str]:
    scorer = KeyPointScorer(prompt)
    return [
        phrasing
        for point, phrasing in phrasings
        if scorer.score(phrasing).point(point.id).verdict is Verdict.CONTRADICTED
    ]


def accepted(prompt: Prompt, frame: str = "{}") -> list[tuple[KeyPoint, str]]:
    return [(point, frame.format(text)) for point in prompt.key_points for text in iter_phrasings(point)]


@pytest.mark.parametrize("prompt", rubrics(), ids=lambda prompt: prompt.slug)
def test_no_accepted_phrasing_is_contradicted(prompt: Prompt) -> None:
    assert contradicted(prompt, accepted(prompt)) == []
    assert contradicted(without_opposites(prompt), accepted(prompt)) == []


@pytest.mark.parametrize("prompt", rubrics(), ids=lambda prompt: prompt.slug)
def test_no_accepted_phrasing_is_contradicted_amid_other_sentences(prompt: Prompt) -> None:
    assert contradicted(prompt, accepted(prompt, UNRELATED)) == []


def test_the_example_of_the_guide_is_never_contradicted(tmp_path: Path) -> None:
    prompt = guide_example(tmp_path)
    for variant in (prompt, without_opposites(prompt)):
        assert contradicted(variant, accepted(variant)) == []
        assert contradicted(variant, [(point, variant.model_answer) for point in variant.key_points]) == []


@pytest.mark.parametrize("prompt", rubrics(), ids=lambda prompt: prompt.slug)
def test_no_opposite_that_the_rubric_names_is_credited(prompt: Prompt) -> None:
    scorer = KeyPointScorer(prompt)
    opposites = [(point.id, text) for point in prompt.key_points for text in point.contrary]
    assert [text for key, text in opposites if scorer.score(text).point(key).credit] == []


@pytest.mark.parametrize("prompt", list_prompts(), ids=lambda prompt: prompt.slug)
def test_points_that_are_all_denied_earn_next_to_nothing(prompt: Prompt) -> None:
    report = KeyPointScorer(prompt).score(denied(prompt.key_points))
    assert sum(point.credit > 0 for point in report.points) <= 1


DISMISSAL = KeyPoint(
    id="dismissal",
    text="King Aldric dismissed Duke Osric from the council",
    hint="Who had to go?",
    card=1,
    line=1,
    accept=(
        "Aldric dismissed Osric.",
        "Aldric dismissed the duke Osric from his council.",
        "In the end King Aldric dismissed Osric from the council.",
        "Osric was dismissed from the council by Aldric.",
    ),
)


def dismissal() -> KeyPointScorer:
    return KeyPointScorer(
        replace(
            bee_rubric(),
            key_points=(*bee_rubric().key_points, DISMISSAL),
            sides=(*bee_rubric().sides, Side("court", ("dismissal",))),
            marks={**bee_rubric().marks, "dismissal": 1},
        )
    )


def test_exchanged_roles_are_told_with_the_name_that_the_notes_give() -> None:
    point = dismissal().score("Osric dismissed King Aldric from the council.").point("dismissal")
    assert (point.verdict, point.clash) == (Verdict.CONTRADICTED, Clash("actor", "Osric", "Aldric"))


@pytest.mark.parametrize(
    "text",
    [
        "The council heard that Aldric dismissed Osric.",
        "Duke Osric was dismissed from the council by King Aldric.",
    ],
)
def test_the_same_roles_in_either_voice_are_no_exchange(text: str) -> None:
    assert dismissal().score(text).point("dismissal").verdict is not Verdict.CONTRADICTED


def test_a_figure_of_another_point_told_in_the_same_sentence_is_no_wrong_one() -> None:
    scorer = KeyPointScorer(load_prompt("anti-party-conspiracy"))
    both = "Zhukov was dismissed in October 1957, and the year after that Bulganin was pushed out."
    assert scorer.score(both).point("a3-bulganin-and-command").clash is None
    wrong = scorer.score("Bulganin was sacked in 1961 and Khrushchev took the post of commander-in-chief.")
    assert wrong.point("a3-bulganin-and-command").clash == Clash("date", "1961", "1958")


def test_a_short_wording_with_another_word_in_it_is_weighed() -> None:
    scorer = KeyPointScorer(load_prompt("anti-party-conspiracy"))
    for verb, verdict in (("had to go", Verdict.HIT), ("was promoted", Verdict.CONTRADICTED)):
        assert scorer.score(f"In October 1957 Zhukov {verb}.").point("a2-zhukov").verdict is verdict


def test_what_stands_beside_a_refuted_claim_is_read_alone() -> None:
    scorer = KeyPointScorer(load_prompt("anti-party-conspiracy"))
    report = scorer.score(
        "Some claim that Zhukov kept his post until 1964, but he was sacked in October 1957."
    )
    assert report.point("a2-zhukov").credit > 0
