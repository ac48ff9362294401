"""A small rubric on a subject of its own, and essays on it, for tests of the grader."""

from __future__ import annotations

from grader.rubric import Card, Essential, KeyPoint, Prompt, Side

BEES = KeyPoint(
    id="b-pollination",
    text="Bees carry pollen between flowers, and a third of our crops depend on it",
    hint="What do bees do for farms?",
    card=1,
    line=1,
    accept=(
        "One third of crops need bees, which bring pollen from flower to flower.",
        "Without bees a third of what farmers grow would not be pollinated.",
        "Bees pollinate flowers, so about a third of our harvest rests on them.",
        "Pollination by bees keeps one crop in three alive.",
    ),
    partial=("Bees pollinate flowers.", "A third of crops depend on insects."),
    contrary=("Crops do not need bees at all.", "Bees damage the crops they visit."),
    essentials=(
        Essential("who does it", ("bees", "bee", "insects")),
        Essential("what they do", ("pollen", "pollinate", "pollinated", "pollination")),
        Essential("how much rests on it", ("third", "33%", "one in three", "crops", "harvest")),
    ),
)
SPRAY = KeyPoint(
    id="s-spray",
    text="The sprays that farmers used from 1994 killed many wild bees",
    hint="What harmed them?",
    card=1,
    line=2,
    accept=(
        "From 1994 farmers sprayed poisons that killed wild bees in large numbers.",
        "Wild bees died because of the chemicals sprayed on fields since 1994.",
        "Pesticides introduced in 1994 wiped out many wild bees.",
        "Many wild bees were poisoned by farm sprays after 1994.",
    ),
    partial=("Farmers used sprays.", "Many wild bees died."),
    contrary=(
        "The sprays made wild bees healthier.",
        "Sprays saved the wild bees.",
        "Farmers stopped spraying in 1994.",
    ),
    essentials=(
        Essential("what was used", ("spray", "sprays", "sprayed", "pesticides", "chemicals", "poisons")),
        Essential("what it did", ("killed", "died", "poisoned", "wiped out")),
    ),
)
MEADOWS = KeyPoint(
    id="m-meadows",
    text="Sowing meadows along roads brought some species back",
    hint="What helped?",
    card=2,
    line=1,
    accept=(
        "Flower meadows beside roads let several species return.",
        "Some species came back once meadows were sown on verges.",
        "Planting wild flowers along the roads has brought species back.",
    ),
    partial=("Meadows were sown.", "Some species returned."),
    contrary=("Meadows drove the last species away.", "No species ever came back."),
    essentials=(Essential("what was sown", ("meadow", "meadows", "wild flowers")),),
)
CARD = (
    "Every third crop is visited by a bee before it can set fruit, "
    "as measured on farms of four counties over ten years."
)
NOTES = (
    "Wild bees nest in bare ground and hollow stems, "
    "which tidy gardens seldom leave to them any more these days."
)


def bee_rubric() -> Prompt:
    """Return a two-sided question with three key points."""
    return Prompt(
        slug="bees",
        unit="nature",
        unit_title="Nature",
        question="How far are people to blame for the decline of bees?",
        sides=(Side("harm", ("b-pollination", "s-spray")), Side("help", ("m-meadows",))),
        key_points=(BEES, SPRAY, MEADOWS),
        cards=(Card(1, "Bees", (CARD,)), Card(2, "Meadows", ("Verges bloom.",))),
        marks={"b-pollination": 1, "s-spray": 1, "m-meadows": 2},
    )


GOOD = (
    "People are largely to blame for the decline of bees, although they have also begun to help.\n\n"
    "Bees matter because they carry pollen from one flower to the next, and about a third of our crops "
    "depends on this. From 1994 farmers sprayed chemicals on their fields, and these killed large numbers "
    "of wild bees.\n\n"
    "On the other hand, councils have sown flower meadows beside the roads, so that several species have "
    "come back.\n\n"
    "Overall, people did more harm than good, because a meadow takes years to undo what a spray does "
    "in a day."
)
"""A synthetic essay that makes every point."""
