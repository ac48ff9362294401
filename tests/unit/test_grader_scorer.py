"""The scorer: what earns, what does not, and what never changes a score."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import EssayRefused
from grader.report import ScoreReport, Verdict
from grader.scorer import KeyPointScorer
from grader.screening import MAX_CHARACTERS
from grader.signature import is_stale, scorer_signature
from tests.bee_rubric import GOOD, NOTES, bee_rubric

SCORER = KeyPointScorer(bee_rubric(), notes=[NOTES])
PROSE = (
    " The garden was quiet in the evening and nobody came to see it for a long time, which I did not mind."
)


def verdicts(report: ScoreReport) -> dict[str, Verdict]:
    return {point.key: point.verdict for point in report.points}


def verdict_on(key: str, text: str) -> Verdict:
    return SCORER.score(text + PROSE * 3).point(key).verdict


def codes(text: str) -> set[str]:
    return {advisory.code for advisory in SCORER.score(text).advisories}


def test_an_essay_that_makes_every_point_earns_every_mark() -> None:
    report = SCORER.score(GOOD)
    assert set(verdicts(report).values()) == {Verdict.HIT}
    assert report.score == report.max_score == 4
    assert report.level is not None


def test_evidence_quotes_the_sentence_that_makes_the_point() -> None:
    report = SCORER.score(GOOD)
    (span,) = report.point("s-spray").evidence
    assert "sprayed chemicals" in GOOD[span.start : span.end]


@pytest.mark.parametrize(
    "key, text",
    [
        ("b-pollination", "Without bees 33 % of the crops would not be pollinated."),
        ("b-pollination", "Bee pollination matters: one crop in three depends on it."),
        ("s-spray", "In '94 farmers began to spray pesticides, and masses of wild bees were killed by them."),
        ("s-spray", "Pestisides sprayed since 1994 have poisoned many wild bees."),
        ("m-meadows", "Meadows were sown along the roads. Thanks to them some species returned."),
    ],
)
def test_the_same_thing_said_otherwise_counts(key: str, text: str) -> None:
    assert verdict_on(key, text) in (Verdict.HIT, Verdict.PARTIAL)


@pytest.mark.parametrize(
    "key, text",
    [
        (
            "s-spray",
            "It is untrue that farm sprays killed wild bees after 1994: the sprays made wild bees healthier.",
        ),
        ("b-pollination", "Crops do not need bees at all, and bees damage the crops that they visit."),
        pytest.param(
            "m-meadows",
            "Meadows along the roads drove the last species away.",
            marks=pytest.mark.xfail(
                strict=True, reason="half credited since the lexicon knows more ideas (docs/scoring.md)"
            ),
        ),
        ("m-meadows", "Meadows drove the last species away from the roads."),
        ("m-meadows", "Meadows were sown along roads, but no species ever came back."),
    ],
)
def test_the_opposite_is_contradicted_and_earns_nothing(key: str, text: str) -> None:
    report = SCORER.score(text + PROSE * 3)
    assert report.point(key).verdict is Verdict.CONTRADICTED
    assert report.point(key).credit == 0
    assert report.point(key).clash is not None


def test_another_year_clashes_and_says_which() -> None:
    report = SCORER.score("Wild bees were killed by the chemicals sprayed on fields since 1974." + PROSE * 3)
    clash = report.point("s-spray").clash
    assert clash is not None
    assert (clash.kind, clash.wrote, clash.notes) == ("date", "1974", "1994")


def test_a_refuted_claim_is_not_held_against_the_writer() -> None:
    text = (
        "Some say that the sprays made wild bees healthier. "
        "This is false: sprays killed many wild bees after 1994."
    )
    assert verdict_on("s-spray", text) is not Verdict.CONTRADICTED


def test_naming_topics_earns_nothing() -> None:
    text = "Sprays are an important factor to consider, and meadows are a key issue that many often mention."
    report = SCORER.score(text + PROSE * 3)
    assert report.score == 0


def test_a_passage_that_only_shares_a_word_with_a_point_is_not_nearly_it() -> None:
    report = SCORER.score("Bees help farmers a great deal. Sprays are expensive to buy." + PROSE * 3)
    assert [point.near_miss for point in report.points] == [None] * len(report.points)


def test_a_half_point_says_what_it_lacks() -> None:
    report = SCORER.score("Wild bees died of something that farmers used." + PROSE * 3)
    point = report.point("s-spray")
    assert point.verdict is Verdict.PARTIAL
    assert point.near_miss
    assert point.near_miss.lacks == ("what was used",)


def test_a_list_of_words_earns_nothing_and_says_so() -> None:
    text = (
        "bees pollen flowers third crops farmers sprays 1994 killed wild bees meadows roads species harvest"
    )
    report = SCORER.score(text)
    assert report.score == 0
    assert "word-list" in {advisory.code for advisory in report.advisories}
    assert report.level is None


def test_key_words_hidden_in_a_comment_earn_nothing() -> None:
    hidden = f"<!-- {GOOD} -->"
    report = SCORER.score(PROSE * 3 + hidden)
    assert report.score == 0
    assert report.set_aside


def test_other_languages_and_short_texts_are_flagged_not_failed_silently() -> None:
    assert "not-english" in codes(
        "Pszczoły zapylają kwiaty, a jedna trzecia upraw zależy od nich każdego roku latem."
    )
    assert "not-english" in codes("蜜蜂传播花粉,三分之一的农作物依赖于此。")
    assert "too-short" in codes("Bees carry pollen.")
    assert SCORER.score("Bees carry pollen.").level is None


@pytest.mark.parametrize(
    "text, code",
    [
        ("", "blank"),
        (" \n\u3000\ufeff\u200b", "blank"),
        ("\x00\x00", "blank"),
        ("🚀 👍🏽 …", "unreadable"),
        ("a" * (MAX_CHARACTERS + 1), "too-long"),
    ],
)
def test_what_cannot_be_marked_is_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(EssayRefused) as refused:
        SCORER.score(text)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


CHANGES = {
    "more blanks": (" ", "  \t"),
    "no-break spaces": (" ", "\u00a0"),
    "Windows line ends": ("\n", "\r\n"),
    "curly quotes": ("'", "’"),
    "a look-alike letter": ("a", "\u0430"),
    "combining marks": ("e", "e\u0301"),
    "zero-width spaces": ("e", "\u200be"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_spaces_quotes_and_tricks_with_letters_change_nothing(change: str) -> None:
    assert verdicts(SCORER.score(GOOD.replace(*CHANGES[change]))) == verdicts(SCORER.score(GOOD))


def test_saying_it_again_earns_nothing() -> None:
    assert SCORER.score(GOOD + "\n\n" + GOOD).score == SCORER.score(GOOD).score


def test_length_alone_earns_nothing() -> None:
    assert SCORER.score(PROSE * 40).score == 0


def test_sides_and_signals_are_told() -> None:
    report = SCORER.score(GOOD)
    assert [(side.name, side.hits) for side in report.sides] == [("harm", 2), ("help", 1)]
    assert {signal.code for signal in report.signals} == {
        "opening",
        "both-sides",
        "judgement",
        "connectives",
        "paragraphs",
    }
    assert all(signal.present for signal in report.signals)


def test_one_side_stays_at_level_three() -> None:
    paragraphs = GOOD.split("\n\n")
    one_sided = "\n\n".join([*paragraphs[:2], paragraphs[3]])
    level = SCORER.score(one_sided).level
    assert level is not None
    assert level.high <= 3


def test_score_many_keeps_order_and_agrees_with_score() -> None:
    essays = [GOOD, PROSE * 4]
    assert list(SCORER.score_many(essays)) == [SCORER.score(essay) for essay in essays]


def test_score_many_reports_any_number_of_essays() -> None:
    essays = [f"{GOOD} This is answer {number}." for number in range(70)]
    reports = list(SCORER.score_many(iter(essays)))
    assert len(reports) == 70
    assert reports[69] == SCORER.score(essays[69])


def test_score_many_reports_what_came_before_a_text_that_cannot_be_marked() -> None:
    reports = SCORER.score_many([GOOD, PROSE, " "])
    assert [next(reports), next(reports)] == [SCORER.score(GOOD), SCORER.score(PROSE)]
    with pytest.raises(EssayRefused):
        next(reports)


def test_a_signature_changes_with_rubric_and_notes() -> None:
    current = scorer_signature(bee_rubric(), notes=[NOTES])
    assert SCORER.signature == current
    assert not is_stale(SCORER.signature, current)
    assert is_stale(SCORER.signature, scorer_signature(bee_rubric()))


WORDS = st.sampled_from([*GOOD.split(), "not", "1994", "—", "“bees”", "\n\n", ";", "é"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=120))
def test_any_text_is_scored_within_bounds_the_same_way_twice(words: list[str]) -> None:
    text = " ".join(words)
    try:
        report = SCORER.score(text)
    except EssayRefused:
        return
    assert 0 <= report.score <= report.max_score
    assert report == SCORER.score(text)
    for point in report.points:
        assert 0 <= point.confidence <= 1
        assert all(0 <= span.start < span.end <= len(text) for span in point.evidence)
    assert all(0 <= span.start <= span.end <= len(text) for span in report.set_aside)


def test_a_rubric_without_phrasings_still_scores() -> None:
    bare = [point.__class__(point.id, point.text, "", 1, 1) for point in bee_rubric().key_points]
    prompt = bee_rubric().__class__(
        "bare",
        "nature",
        "Nature",
        "What of bees?",
        bee_rubric().sides,
        tuple(bare),
        (),
        dict(bee_rubric().marks),
    )
    report = KeyPointScorer(prompt).score(GOOD)
    assert 0 <= report.score <= report.max_score


def test_shuffled_words_earn_less_than_sentences() -> None:
    words = GOOD.split()
    random.Random(7).shuffle(words)
    assert SCORER.score(" ".join(words)).score <= SCORER.score(GOOD).score
