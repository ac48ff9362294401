"""Denial: what a cue reaches, and claims that are reported to be refuted."""

from __future__ import annotations

import pytest

from grader.language.essay import parse_essay
from grader.language.refutation import refuted_ranges
from tests.denials import denied


@pytest.mark.parametrize(
    "text, words",
    [
        ("Trade did not grow.", {"grow"}),
        ("Trade didn’t grow.", {"grow"}),
        ("Trade never grew, but prices rose.", {"grew"}),
        ("Nobody trusted the bees.", {"trusted", "bees"}),
        ("It failed to grow.", {"grow"}),
        ("It is untrue that trade grew.", {"trade", "grew"}),
        ("Trade grew.", set()),
        ("It grew not only in towns.", set()),
        ("It is no wonder that trade grew.", set()),
        ("It is simply untrue that trade, which mattered, grew.", {"trade", "mattered", "grew"}),
        ("It would be a mistake to believe that trade grew.", {"trade", "grew"}),
        ("It is wrong to say that trade grew, but prices rose.", {"trade", "grew"}),
        ("Once the plan had failed, trade grew.", set()),
        ("They lost people they could not trust, including traders.", {"trust"}),
        ("A few traders grew rich.", set()),
        ("Without rain the crops would not grow.", set()),
        ("They grew crops without rain.", {"rain"}),
        ("Few traders grew rich.", {"traders", "grew", "rich"}),
        ("It hardly grew, whatever the traders said.", {"grew"}),
        ("Nobody who traded thought that prices rose.", {"traded", "thought", "prices", "rose"}),
        ("They trusted traders who sold bees.", set()),
        ("It would be naive to claim that trade grew, since prices rose.", {"trade", "grew"}),
        ("Nor is it true that trade grew.", {"trade", "grew"}),
        ("Equally mistaken is the belief that trade grew.", {"trade", "grew"}),
        ("Nobody with a map could seriously maintain that trade grew.", {"trade", "grew"}),
        ("Nor is it right to say, as a few do, that trade grew: it shrank.", {"trade", "grew"}),
        ("I cannot accept his statement that trade grew, because it shrank.", {"trade", "grew"}),
        ("Trade grew; if so, the shops would not have been empty.", set()),
        ("The council refrained from opening the market.", {"opening", "market"}),
        ("If the king had thought that nothing could grow, he would not have traded.", set()),
        ("No story is true, for prices rose.", {"story", "true"}),
        ("Did it shrink? No, trade grew.", {"shrink"}),
        ("The people could not work without bread.", set()),
        ("The people did not work and lived without bread.", {"work", "lived", "bread"}),
        ("Trade didn’t grow until the war was over.", set()),
        ("The reform was not without effect.", set()),
        ("There was no bread and no salt.", {"bread", "salt"}),
        ("There was no bread, no salt.", {"bread", "salt"}),
        ("They had few tools and few rewards.", {"tools", "rewards"}),
        ("Trade neither grew nor paid.", {"grew", "paid"}),
        ("Trade lacked neither money nor buyers.", {"neither"}),
        ("It is untrue that trade never grew and never paid.", {"trade"}),
        ("Not everybody trusted the bees.", set()),
        ("He had no trouble in selling the grain.", set()),
        ("The state ceased to trade.", {"trade"}),
        ("Farmers were banned from trading.", {"trading"}),
        ("Farmers were never banned from trading.", {"banned"}),
    ],
)
def test_scope_runs_to_the_end_of_the_clause(text: str, words: set[str]) -> None:
    assert denied(text) == words


def test_a_colon_ends_a_denied_claim_where_what_follows_puts_it_right() -> None:
    assert denied("It is wrong to think that trade shrank: it grew.") == {"trade", "shrank"}
    assert "rose" in denied("It is wrong to think that trade grew: prices rose.")


def test_two_denials_cancel_out() -> None:
    assert "grew" not in denied("It is untrue that trade never grew.")


@pytest.mark.parametrize(
    "text, words",
    [
        ("Did trade shrink? Not at all.", {"trade", "shrink"}),
        ("Did trade shrink? It did not.", {"trade", "shrink"}),
        ("Did trade shrink? No doubt.", set()),
        ("Did trade shrink? It did.", set()),
        ("Some believe that trade shrank. They are mistaken.", {"trade", "shrank"}),
        ("The idea that trade shrank could hardly be more mistaken.", {"trade", "shrank"}),
        ("Trade is said to have shrunk. It did neither.", {"shrunk"}),
        ("Some maintain that trade shrank. There is not a scrap of evidence for it.", {"trade", "shrank"}),
    ],
)
def test_questions_answered_by_no_and_more_ways_of_refuting(text: str, words: set[str]) -> None:
    essay = parse_essay(text)
    claims = [essay.tokens[at].word for a, b in refuted_ranges(essay) for at in range(a, b)]
    assert words == {word for word in claims if word not in {"did", "that", "to", "have"}}


def test_a_reported_and_refuted_claim_is_denied() -> None:
    assert "shrank" in denied("Some say that trade shrank. This is false: it grew.")
    assert "grew" not in denied("Some say that trade shrank. This is false: it grew.")


@pytest.mark.parametrize(
    "text",
    [
        "Pamphlets boasted that trade shrank. The truth was very different: it grew.",
        "One writer insisted that trade shrank. It had not.",
        "'Trade shrank,' one traveller wrote. It did not, for it grew.",
        "Rumour has it that trade shrank. Far from it: it grew.",
        "'Trade shrank in every year': no, it grew.",
        "They were mistaken. 'Trade shrank in every year,' I wrote, whereas it grew.",
        "Traders are often said to have shrank from risks. Nothing of the kind: they grew rich.",
        "According to one report trade shrank. This is mistaken, because it grew.",
        "It used to be said that trade shrank. That account will not do: it grew.",
        "A cynic might object that trade shrank. The objection fails, since it grew.",
        "A textbook states that trade shrank. I do not accept this: it grew.",
        "One critic alleged that trade shrank. The figures contradict this, for it grew.",
        "Others hold that trade shrank. It did nothing of the kind: it grew.",
        "The belief that trade shrank is no better founded, since it grew.",
        "They tell us that trade shrank; in fact it grew.",
        "We are asked to believe that trade shrank, but it grew.",
        "They picture a trade that shrank, whereas it grew.",
        "My friend thinks trade shrank. That's a mistake, because it grew.",
        "People say that trade shrank. They're wrong: it grew.",
        "People say that trade shrank. Not really, since it grew.",
        "Some say that trade shrank. It didn't. It grew.",
        "You read that trade shrank. This doesn't hold, for it grew.",
        "The belief that trade shrank isn't true: it grew.",
        "The claim that trade shrank ignores how much it grew.",
        "It isn't true that trade shrank, because it grew.",
        "One also meets the contention that trade shrank. There is nothing to support it: it grew.",
        "Those who hold that trade shrank are likewise mistaken, since it grew.",
        "Equally groundless is the impression that trade shrank, because it grew.",
        "Least convincing of all is the claim that trade shrank, since it grew.",
        "It is idle to pretend that trade shrank, since it grew.",
        "It is no use imagining, either, that trade shrank, since it grew.",
        "To assert that trade shrank would likewise be inaccurate: it grew.",
        "And what of the boast that trade shrank in every year? It grew.",
        "Can we take seriously those who say trade shrank so badly? It grew.",
        "My brother reckons trade shrank. Nope. It grew.",
        "Ann says trade shrank. Thats nonsense, since it grew.",
        "Nor can we say that trade shrank, since it grew.",
    ],
)
def test_plain_words_refute_what_others_are_reported_to_say(text: str) -> None:
    assert "shrank" in denied(text)
    assert "grew" not in denied(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that trade shrank. In fact prices rose as well.",
        "The minister said that the tax was wrong.",
        "He said that trade shrank. It is not the case that prices rose.",
        "He said that trade shrank. No reforms followed.",
        "To say that trade shrank is to name the cause.",
        "What of trade? It shrank.",
        "I think that's a fair point, because trade shrank and people can't stand it.",
    ],
)
def test_what_somebody_said_is_refuted_by_plain_words_alone(text: str) -> None:
    assert not {"shrank", "tax"} & denied(text)


def test_what_a_sentence_opens_by_rejecting_ends_at_the_comma() -> None:
    text = "Far from losing ground at home, Gregor brought in several friends afterwards."
    assert {"losing", "ground"} <= denied(text)
    assert not {"brought", "several", "friends"} & denied(text)


@pytest.mark.parametrize(
    "text",
    [
        "The belief that trade shrank is, of course, an error, because it grew.",
        "The claim that trade shrank was plainly wrong, since it grew.",
        "The idea that trade shrank is a common myth.",
    ],
)
def test_a_claim_that_is_itself_called_an_error_is_denied(text: str) -> None:
    assert "shrank" in denied(text)
    assert "grew" not in denied(text)


def test_a_sentence_that_is_denied_as_a_whole_stays_so_after_a_colon() -> None:
    assert denied("It is untrue that trade grew: prices rose.") == {"trade", "grew", "prices", "rose"}
    assert "rose" not in denied("Trade did not grow: prices rose.")


def test_a_claim_that_nobody_refutes_stands() -> None:
    assert denied("Some say that trade shrank. Prices rose as well.") == set()
