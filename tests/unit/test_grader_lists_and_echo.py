"""Terms named in lists and questions said again earn nothing; lists that say something stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.attacks import AttackKind, build_attacks
from grader.language.essay import ParsedEssay, parse_essay
from grader.language.tokens import tokenise
from grader.matching import RubricIndex
from grader.report import SetAside, Verdict
from grader.scorer import KeyPointScorer
from grader.screening.echo import EchoDetector
from grader.screening.enumerations import ListFinder
from grader.screening.fragments import fragments, refrains
from tests.bee_rubric import GOOD, bee_rubric

FINDER = ListFinder(bee_rubric(), RubricIndex(bee_rubric()).vocabulary.ids)


def found(text: str) -> list[str]:
    essay = parse_essay(text)
    return [_words(essay, first, last) for first, last in FINDER.find(essay)]


def _words(essay: ParsedEssay, first: int, last: int) -> str:
    return " ".join(token.word for token in essay.tokens[first:last])


@pytest.mark.parametrize(
    "text, listed",
    [
        ("Important here were bees, crops, flowers and pollen.", "bees crops flowers and pollen"),
        ("We were tired (sprays, poisons, farmers, wild bees).", "sprays poisons farmers wild bees"),
        ("Topics: sprays, the meadows, the roads, species", "sprays the meadows the roads species"),
        ("We saw the pollen / harvest / sprays / meadows.", "pollen harvest sprays meadows"),
    ],
)
def test_a_list_of_terms_is_found_and_the_sentence_around_it_is_not(text: str, listed: str) -> None:
    assert found(text) == [listed]


@pytest.mark.parametrize(
    "text",
    [
        "Bees carry pollen, flowers set fruit, and farmers bring the harvest home.",
        "We bought eggs, butter, sugar and tea.",
        "Bees, flowers and crops need each other.",
        "Meadows were sown, species came back, and bees were seen on verges again.",
        GOOD,
    ],
)
def test_statements_and_everyday_lists_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_list_that_the_rubric_draws_up_itself_is_a_statement() -> None:
    prompt = bee_rubric()
    card = replace(prompt.cards[0], number=3, lines=("Bees feed on clover, heather, thyme and willow.",))
    listing = ListFinder(
        replace(prompt, cards=(*prompt.cards, card)), ("clover", "heather", "thyme", "willow")
    )

    assert listing.find(parse_essay("In our county there is clover, heather, thyme and willow.")) == []


def test_a_list_is_set_aside_and_said_so_but_costs_no_level_alone() -> None:
    report = KeyPointScorer(bee_rubric()).score(
        f"{GOOD}\n\nIn this essay, which has to be a short one because there was so little time this "
        "morning, I have now spoken about bees, crops, flowers and pollen, and I hope that I was clear."
    )

    assert "word-list" in {advisory.code for advisory in report.advisories}
    assert report.level is not None
    assert report.score == report.max_score


def test_lists_and_echo_of_another_subject_earn_nothing() -> None:
    prompt = bee_rubric()
    scorer = KeyPointScorer(prompt)
    kinds = {AttackKind.WORD_LIST, AttackKind.SHUFFLED, AttackKind.ECHO}

    earned = {
        attack.name: scorer.score(attack.text).score
        for attack in build_attacks(prompt)
        if attack.kind in kinds or attack.name.startswith("lists")
    }

    assert earned
    assert not any(earned.values()), earned


TERMS = (
    ("bees", "crops", "flowers", "pollen", "third"),
    ("farmers", "killed", "sprays", "wild"),
    ("meadows", "roads", "species"),
)
FORMS = {
    "threes": lambda words: f"One should mention {words[0]}, {words[1]} and {words[2]}.",
    "semicolons": lambda words: f"Key terms: {'; '.join(words)}.",
    "bullets": lambda words: "Then:\n" + "\n".join(f"- {word}" for word in words) + "\n\n",
    "joined by and": lambda words: f"It is about {' and '.join(words)}.",
    "one a sentence": lambda words: " ".join(f"There were {word}." for word in words),
}


@pytest.mark.parametrize("form", FORMS)
def test_lists_earn_nothing_in_whatever_form_they_come(form: str) -> None:
    report = KeyPointScorer(bee_rubric()).score(" ".join(map(FORMS[form], TERMS)))

    assert report.score == 0
    assert "word-list" in {advisory.code for advisory in report.advisories}


ONLY_NAMED = {
    "one opening": (
        "I have to remember bees. I have to remember pollen and flowers. I have to remember a third of our "
        "crops. I have to remember farmers, sprays, 1994. I have to remember wild bees and poisons. I have "
        "to remember flower meadows beside the roads. I have to remember species."
    ),
    "headings": (
        "To look up: bees and pollen. To look up: a third of crops. To look up: why the harvest. To look up: "
        "sprays, 1994. Ask about: farmers and wild bees. Ask about: meadows, roads. Ask about: species."
    ),
    "question and answer": (
        "Teacher: bees, flowers? Pupil: here. Teacher: pollen, a third of crops? Pupil: here. Teacher: "
        "sprays, 1994? Pupil: here. Teacher: poisons, wild bees? Pupil: here. Teacher: meadows? "
        "Pupil: here. Teacher: verges, species? Pupil: here."
    ),
    "verbless": (
        "The wild bees. Pollen and flowers. A third of crops. Harvest and fruit. The sprays of 1994. Poisons "
        "and farmers. The meadows along the roads. Several species. Verges, wild flowers."
    ),
    "quoted": (
        'My notes have "bees" "pollen" "flowers" "crops". They have "farmers" "sprays" "poisons" "bees". '
        'Last in the book are "meadows" "roads" "species" "verges". That is what I can find in it.'
    ),
    "existing": (
        "In the matter there are bees, and there is pollen, and there are flowers, and there is a third, and "
        "there are crops. There are farmers, and there were sprays, and there is 1994, and there are wild "
        "bees. Then there are meadows, there are roads, there are species, and there are verges."
    ),
    "hashtags": "# bees # pollen # third # crops. # farmers # sprays # wild # killed. # meadows # roads.",
}
"""Synthetic texts that name the rubric's terms in sentences and say nothing of them."""


@pytest.mark.parametrize("form", ONLY_NAMED)
def test_sentences_that_only_name_terms_earn_nothing(form: str) -> None:
    assert KeyPointScorer(bee_rubric()).score(ONLY_NAMED[form]).score == 0


@pytest.mark.parametrize(
    "text",
    [
        (
            "Jealousy of farmers over flowers. Loss of bees from fields. Split of meadows into roads. Rage "
            "at sprays in 1994. Renewal of species on verges. Spread of pollen by bees. Loss of crops in May."
        ),
        (
            "I think bees matter for flowers. I think crops depend on bees. I think sprays killed wild bees. "
            "I think farmers harm bees. I think meadows help. I think species return. I think people did it."
        ),
        (
            "Good: more meadows. Good: fewer sprays. Good: better pollen. Bad: fewer bees. Bad: no flowers. "
            "Bad: less fruit. Bad: more poisons."
        ),
        (
            "What do bees do? A job of use to all our crops. What killed many? The sprays of farmers "
            "in 1994. What helped some species? Meadows along the verges of roads. Who did it? The councils."
        ),
        GOOD,
    ],
)
def test_terse_notes_and_repeated_openings_that_tell_something_stay(text: str) -> None:
    essay = parse_essay(text)

    assert not fragments(essay)
    assert not refrains(essay)


def test_a_list_keeps_the_honest_sentence_beside_it() -> None:
    stuffed = (
        "Topics here are bees, crops, flowers and pollen. From 1994 farmers sprayed poisons on their fields, "
        "and these killed wild bees in large numbers.\n\nOther matters are the cult of the harvest, sprays, "
        "meadows, roads and species. And there were farmers, poisons, verges, species of crops and fruit."
    )

    report = KeyPointScorer(bee_rubric()).score(stuffed)

    assert [p.key for p in report.points if p.verdict == Verdict.HIT] == ["s-spray"]


def test_an_honest_paragraph_beside_a_block_of_terms_keeps_its_credit() -> None:
    honest = GOOD.split("\n\n")[1]
    listed = "Key words: " + ", ".join(word for words in TERMS for word in words)
    scorer = KeyPointScorer(bee_rubric())

    assert scorer.score(f"{honest}\n\n{listed}").score == scorer.score(honest).score > 0


@pytest.mark.parametrize(
    "sentence, repeats",
    [
        ("People are to blame for the decline of bees to some extent.", True),
        ("It is an interesting question how far people are to blame.", True),
        ("The decline of bees began in 1994.", False),
        ("People sprayed their fields.", False),
        ("It rained.", False),
    ],
)
def test_a_sentence_repeats_the_question_where_it_says_nothing_else(sentence: str, *, repeats: bool) -> None:
    assert EchoDetector(bee_rubric().question).repeats(parse_essay(sentence).said[0]) is repeats


def test_a_sentence_that_repeats_the_question_is_shown_as_set_aside_and_costs_nothing() -> None:
    echo = "People are to blame for the decline of bees to some extent."
    scorer = KeyPointScorer(bee_rubric())

    report, without = scorer.score(f"{echo} {GOOD}"), scorer.score(GOOD)

    assert report.set_aside == (SetAside(0, len(echo) - 1, "echo", "These words only repeat the question."),)
    assert (report.score, report.level, report.advisories) == (
        without.score,
        without.level,
        without.advisories,
    )


def test_a_question_said_again_and_again_is_set_aside_as_repeated() -> None:
    text = f"{GOOD} " + "People are to blame for the decline of bees to some extent. " * 3
    aside = KeyPointScorer(bee_rubric()).score(text).set_aside

    assert [passage.code for passage in aside] == ["echo", "repetition", "repetition"]


@pytest.mark.parametrize("word", ["success", "successful", "unsuccessful", "succeeded"])
def test_words_of_one_family_are_one(word: str) -> None:
    echo = EchoDetector("How successful was the reform?")

    assert echo.repeats(parse_essay(f"The reform was a {word}.").said[0])


DWELLING = """How far are people to blame for the decline of bees? Before that can be answered one has to see
what is being asked. To be blamed for a decline means to have brought it about, and to decline means to become
fewer. If there are fewer bees than there were, then bees have declined, and if people did it, then people are
to blame. If other things did it, then people are not to blame, or not so much.

There are two extremes. At one end people are wholly to blame for the decline of bees, and at the other they
are not to blame for it at all. The truth will lie between the two. People are to blame as far as the decline
was caused by people, and beyond that point they are not. How far that point is away is just what we are
asked. On the whole it seems fair to say that people are to blame for the decline of bees to a certain extent,
but that this extent has its limits."""
"""Synthetic."""


def test_a_text_that_dwells_on_the_question_is_an_echo_though_its_sentences_have_words_of_their_own() -> None:
    report = KeyPointScorer(bee_rubric()).score(DWELLING)

    assert report.score == 0
    assert {passage.code for passage in report.set_aside} == {"echo"}
    assert "echo" in {advisory.code for advisory in report.advisories}


def test_a_paragraph_that_dwells_on_the_question_costs_the_others_nothing() -> None:
    report = KeyPointScorer(bee_rubric()).score(f"{GOOD}\n\n{DWELLING}")

    assert report.score == report.max_score


def test_an_essay_full_of_the_questions_words_is_no_echo_where_the_rubric_is_full_of_them() -> None:
    asked = EchoDetector(bee_rubric().question)
    usual = EchoDetector(bee_rubric().question, [tokenise("people are to blame for the decline of bees")])

    assert asked.ranges(parse_essay(DWELLING)) == [(0, len(parse_essay(DWELLING).tokens))]
    assert (0, len(parse_essay(DWELLING).tokens)) not in usual.ranges(parse_essay(DWELLING))


def test_a_sentence_said_many_times_is_no_echo() -> None:
    text = " ".join(["Many people blame sprays for the decline of wild bees."] * 12)

    assert EchoDetector(bee_rubric().question).ranges(parse_essay(text)) == []


def test_names_set_against_each_other_state_nothing() -> None:
    text = (
        "Bees versus sprays? Wild bees versus poisons? Pollen vs flowers? Crops versus harvest? "
        "Meadows versus roads? Species versus verges? Farmers versus councils?"
    )
    essay = parse_essay(text)

    assert fragments(essay) == [(0, len(essay.tokens))]
