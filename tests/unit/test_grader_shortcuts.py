"""What the grader leaves out to be quick changes nothing that it says."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.candidates import CandidateFinder
from grader.language.cue_search import cue_spans, words_in
from grader.language.essay import gaps_between, parse_essay
from grader.language.lexicon import cues
from grader.language.phrase_finder import PhraseFinder, read_phrase
from grader.language.tokens import tokenise
from grader.scorer import KeyPointScorer
from grader.screening.copying import LONG_RUN, SEED, CopyDetector
from grader.text import fold
from grader.verdicts import judge, needs_stance
from grader.verdicts.verdict_models import default_parameters
from prompts import load_prompt

PARAMETERS = default_parameters()
ESSAYS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "prompts" / "khrushchev" / "essays.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
][::6]
TEXTS = st.text(
    st.sampled_from("It is false that no one, the 1956 two-thirds XX re-read 'twas ž² but; .\n"), max_size=90
)


@pytest.mark.parametrize("text", ESSAYS)
def test_a_passage_that_does_not_speak_of_a_point_is_judged_the_same_without_its_stance(text: str) -> None:
    finder = CandidateFinder(load_prompt("reform-motives"))
    essay = parse_essay(text)
    (asked,) = finder.find_all([(essay, essay.units)])
    (spared,) = finder.find_all([(essay, essay.units)], lambda features: needs_stance(features, PARAMETERS))
    for whole, short in zip(asked, spared, strict=True):
        assert judge(whole.features, PARAMETERS) == judge(short.features, PARAMETERS)


def test_essays_scored_together_are_scored_as_each_alone() -> None:
    scorer = KeyPointScorer(load_prompt("reform-motives"))
    essays = [*ESSAYS, *ESSAYS[:3]]
    assert list(scorer.score_many(essays)) == [scorer.score(essay) for essay in essays]


@given(TEXTS)
def test_tokens_made_one_by_one_are_those_of_the_columns(text: str) -> None:
    folded = fold(text)
    tokens = tokenise(folded.text, folded.cased)
    made = list(tokens)
    assert [tokens[at] for at in range(len(tokens))] == made == tokens[:]
    assert [token.word for token in made] == list(tokens.words)
    assert {at: token.number for at, token in enumerate(made) if token.number} == dict(tokens.numbers)
    assert all(0 <= token.start < token.end <= len(folded.text) for token in made)


@given(TEXTS)
def test_gaps_are_all_that_is_not_a_single_space_between_two_words(text: str) -> None:
    folded = fold(text).text
    tokens = tokenise(folded)
    between = [folded[one.end : other.start] for one, other in pairwise(tokens)]
    assert gaps_between(folded, tokens) == {at: gap for at, gap in enumerate(between, 1) if gap != " "}


@given(
    st.lists(st.sampled_from([*cues("contrast"), *cues("negators"), "-", "'", "it's", "1", "é"]), max_size=8)
)
def test_set_phrases_are_found_wherever_they_stand_as_whole_words(parts: list[str]) -> None:
    text = " ".join(parts)
    found = cue_spans("contrast", text, words_in(text))
    assert {text[start:end] for start, end in found} >= {part for part in parts if part in cues("contrast")}
    assert all(text[start:end] in cues("contrast") for start, end in found)


@given(st.lists(st.sampled_from(["the", "go", "up", "to", "work", "hard", "in", "turn", "had"]), max_size=12))
def test_phrases_are_found_wherever_their_words_stand_in_order(terms: list[str]) -> None:
    phrases = ("go up", "had to", "the work", "to work hard", "up to the", "work in turn", "hard up")
    found = PhraseFinder(read_phrase(phrase, phrase) for phrase in phrases).find_longer(terms)
    spoken = {(at, label) for at, _, label in found}
    assert len(spoken) == len(found)
    for phrase in phrases:
        first, *rest = phrase.split()
        for at in (place for place, term in enumerate(terms) if term == first):
            in_a_row = terms[at + 1 : at + 1 + len(rest)] == rest
            with_a_gap = len(rest) == 1 and rest[0] in terms[at + 1 : at + 4]
            assert ((at, phrase) in spoken) == (in_a_row or with_a_gap)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(SEED, 30))
def test_a_run_of_copied_words_is_found_wherever_it_begins(before: int, skipped: int, length: int) -> None:
    source = [f"source{number}" for number in range(50)]
    own = [f"own{number}" for number in range(before)]
    copied = source[skipped : skipped + length]
    runs = CopyDetector([" ".join(source)]).runs([*own, *copied, "own", "words"])
    assert runs == ([(before, before + length)] if length >= LONG_RUN else [])
