"""What a whole essay tells about each of its points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.verdicts.company import ALONE, Company, company_of, opposition
from grader.verdicts.features import Features
from grader.verdicts.verdict_models import default_parameters

PARAMETERS = default_parameters()


def passage(**signs: float) -> Features:
    """A passage that surely speaks of its point."""
    plain = dict.fromkeys(Features._fields[:14], 0.0) | {
        "own_words": 1.2, "groups": 1.0, "groups_anywhere": 1.0, "tells_point": 0.6, "accept": 0.4,
        "tells_whole": 0.7, "tells_opposite": 0.15, "essentials": 1.0, "halves": 1.0,
    }  # fmt: skip
    return Features(**(plain | signs))


SOUND = passage(along=5.0)
DOUBTFUL = passage(contrary=3.0, tells_opposite=0.25)
WRONG = passage(contrary=6.0, tells_opposite=0.45, figure_clash=1.0)
TURNED = passage(contrary=6.0, tells_opposite=0.45, disorder=0.5, accept=0.7)


def test_an_essay_that_speaks_of_nothing_adds_nothing() -> None:
    assert company_of([], PARAMETERS) == company_of([passage(own_words=0.0, groups=0.0)], PARAMETERS) == ALONE


def test_sound_essays_are_under_no_suspicion() -> None:
    assert company_of([SOUND] * 9, PARAMETERS) == ALONE


def test_errors_make_the_next_one_likelier() -> None:
    erring = company_of([WRONG] * 2 + [SOUND] * 6, PARAMETERS)
    assert erring.more > 0 and not erring.turned
    assert opposition(DOUBTFUL, PARAMETERS, erring) > opposition(DOUBTFUL, PARAMETERS)


def test_who_rejects_false_claims_is_not_suspected_for_an_error() -> None:
    rejecting = [features._replace(rejected=2.0) for features in [WRONG] * 2 + [SOUND] * 6]
    assert company_of(rejecting, PARAMETERS) == Company(knows=True)


def test_who_denies_the_points_themselves_is_suspected_all_the_same() -> None:
    denying = [passage(denied_share=0.4, accept=0.6, rejected=6.0)] * 8
    assert company_of(denying, PARAMETERS).turned


def test_a_text_that_turns_the_notes_round_gets_no_benefit_of_the_doubt() -> None:
    turning = company_of([TURNED] * 8, PARAMETERS)
    assert turning.turned
    assert opposition(SOUND, PARAMETERS) == 0 < opposition(SOUND, PARAMETERS, turning)


@pytest.mark.parametrize("number", [1, 2])
def test_one_or_two_points_are_too_few_to_call_a_text_turned_round(number: int) -> None:
    assert not company_of([TURNED] * number, PARAMETERS).turned


@given(st.lists(st.sampled_from([SOUND, DOUBTFUL, WRONG, TURNED]), max_size=17))
def test_company_never_speaks_for_a_passage_and_knows_no_order(passages: list[Features]) -> None:
    found = company_of(passages, PARAMETERS)
    assert found == pytest.approx(company_of(passages[::-1], PARAMETERS)) and found.more >= 0
    for features in passages:
        assert opposition(features, PARAMETERS, found) >= opposition(features, PARAMETERS, Company())
