"""Nonsense in which words turn on themselves is told from essays whose words only return.

All texts are synthetic.
"""

from __future__ import annotations

import pytest

from grader.language.essay import parse_essay
from grader.language.tokens import tokenise
from grader.matching import RubricIndex
from grader.scorer import KeyPointScorer
from grader.screening.circling import circling_ranges, turned_families
from tests.bee_rubric import GOOD, bee_rubric

OFFICE = """Looking ahead, the pollination agenda must be owned end to end by the flower as a value-adding
crop. One third of the harvest is a mindset, and the mindset is a harvest of thirds. When pesticides onboard
the wild bee, the meadow pivots from verge to convergence, and the roadside becomes the customer of its own
species.

At a granular level, 1994 is not a date but a spray-ready framework. The farmer who sprays is sprayed by
alignment; the bee who dies is merely a legacy bee. Chemicals should therefore be mainstreamed across the
chemical, so that killing delivers kill-through in every field of the field.

On the people side, blame is the core competence of decline. A road sown with meadows is a roadmap, and the
species which return are the returns of the species. What gets pollinated gets measured. Ultimately the third
crop is the crop of the third, and the bee must bring its pollen to the table of the flower."""
DREAM = """A bee is a small third, and the sky is full of crops. I have walked along the meadow of a road
until the road was a meadow of walking, and there 1994 lay sleeping in the pollen like a farmer. Wild, wild is
the spray in the morning, when the poison hums and the flower kills its colour.

Sprays are the rain of those who have no bee. They come back like species, they go away like harvest, and the
verges are sown with the sound of verges. Who has seen a chemical weep? Who has pollinated the moon? The
people are a decline with hands, and blame is the honey that they keep in jars.

O third of a third, carry me between the flowers. My field died of fields. The insect depends upon the crop of
its dependence, and I on the pollen of an insect, and the wild upon the killing of the wild, until the meadow
is sown with returning and the return with meadow."""
THEORY = """To ask after the bee is already to have been asked by it. Pollen, as the trace of the flower that
was never present to itself, writes the third upon the body of the crop; the harvest is thus a text whose
margin is the meadow. Do not the sprays of 1994 speak the unspeakable of the spray? And is not every wild bee
a wildness which the farmer, in killing, keeps alive as the alterity of his field?

The verge is the verge of meaning. Where roads sow, there the sown is the road of the sower, and species come
back only as the coming of a back. Pesticide, in this economy of the gift, poisons poison. It would be naive
to speak of decline when decline itself declines to speak. Thus the people, who are to blame for blame,
inhabit a pollination without pollinators, a meadow that meadows in the wake of the chemical other."""
NAMING = """The pollination of flowers is the work of bees, and a third of the crops of a country is
dependent on it. The spread of pollen from flower to flower is a condition of the harvest. The introduction of
sprays in 1994 is the beginning of the decline of the wild bee: the poisons of the farmers are the cause of
the death of large numbers of bees on the fields of the lowlands.

The sowing of meadows on the verges of roads is the best of the measures of the last years. The return of
several species to the roads with meadows is the proof of the success of the measure. A meadow is a source of
food, a place of shelter and a bridge between the fields. The blame of people for the decline of bees is
therefore a matter of fact, but a share of the credit for the recovery of some species is theirs as well."""
TURNING = """Who is to blame when a bee dies? The farmer was told to spray, so he sprayed, and the sprayer
could hardly know that what he sprayed would kill. From 1994 the poisons poisoned wild bees in large numbers,
because nobody had tested the test. Those who sold the spray had sold it as harmless, but harm was done, and
more harm than before. A third of the crops had lost its pollinators, although pollen was never so needed.

Yet people have helped, too, after they had hurt. They sowed what others had mown: where councils had mown the
verges they now sow meadows, and with the meadows several species came back, although they had been gone for
so long that few believed they could return. If people made the decline, they also made the end of it, even if
they made it late. So blame those who are to be blamed, but thank those who would rather help than blame."""
SCORER = KeyPointScorer(bee_rubric())


def found(text: str) -> list[tuple[int, int]]:
    return circling_ranges(parse_essay(text), RubricIndex(bee_rubric()).vocabulary.ids, ())


@pytest.mark.parametrize("text", [OFFICE, DREAM, THEORY], ids=["office", "dream", "theory"])
def test_nonsense_in_circles_earns_nothing_and_a_teacher_is_asked(text: str) -> None:
    report = SCORER.score(text)

    assert report.score == 0
    assert report.level is None
    assert "no-claims" in {advisory.code for advisory in report.advisories}


@pytest.mark.parametrize("text", [GOOD, NAMING, TURNING], ids=["plain", "naming", "turning"])
def test_essays_that_only_name_or_only_turn_words_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", [OFFICE, DREAM], ids=["office", "dream"])
def test_an_honest_essay_beside_nonsense_keeps_its_credit(text: str) -> None:
    report = SCORER.score(f"{text}\n\n{GOOD}")

    assert report.score == report.max_score
    assert any(passage.code == "no-claims" for passage in report.set_aside)


def test_a_few_sentences_are_not_judged() -> None:
    assert found(DREAM.partition("\n\n")[0]) == []


def test_words_that_the_rubric_turns_itself_do_not_count() -> None:
    essay = parse_essay(OFFICE)
    usual = turned_families([tokenise(sentence) for sentence in OFFICE.lower().split(".")])

    assert circling_ranges(essay, (), ())
    assert circling_ranges(essay, (), usual) == []


def test_families_turned_are_those_that_come_again_soon() -> None:
    tokens = tokenise("pollinators pollinate what others planted long before the mowing of hay, and planted")

    assert turned_families([tokens]) == {"polli"}
