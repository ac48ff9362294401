"""An attack is held where it earns no more than a fair marker would give."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from grader.attacks import Attack, AttackKind
from grader.attacks.trial import Outcome, try_attacks
from grader.errors import EssayRefused
from grader.report import LevelRange, ScoreReport

MAX = 10.0
REPORT = ScoreReport(
    prompt="q", score=0.0, max_score=MAX, words=9, points=(), sides=(), signals=(), level=None, advisories=(),
    set_aside=(), signature="",
)  # fmt: skip


@dataclass
class FakeScorer:
    """Pays so many marks for each "x" of a text; refuses a blank one."""

    level: LevelRange | None = None

    def score(self, essay: str) -> ScoreReport:
        if not essay.strip():
            raise EssayRefused("blank", "There is no text here yet.")
        return replace(REPORT, score=float(essay.count("x")), level=self.level)


def tried(scorer: FakeScorer | None = None, **changes: object) -> Outcome:
    attack = Attack(AttackKind.WORD_LIST, "a list", "xxxx", 0.0, "it says nothing")
    (outcome,) = try_attacks([replace(attack, **changes)], scorer or FakeScorer(), MAX)  # type: ignore[arg-type] # any field
    return outcome


def test_an_attack_that_earns_more_than_is_fair_is_paid_for() -> None:
    outcome = tried()
    assert (outcome.earned, outcome.fair, outcome.held) == (4.0, 0.0, False)
    assert outcome.complaint == "earns 4 of 10 marks, and a fair marker gives at most 0"


def test_what_is_fair_may_be_earned() -> None:
    assert tried(fair=0.4).held
    assert tried(fair=0.35).held, "half a point in ten is let pass"
    assert not tried(fair=0.3).held


@pytest.mark.parametrize("text,held", [("xx", True), ("xxx", False), ("x", False)])
def test_doubled_has_to_earn_exactly_what_single_earns(text: str, held: bool) -> None:
    assert tried(text=text, fair=1.0, same_as="xx", exactly=True).held is held


@pytest.mark.parametrize("text,held", [("xx", True), ("xxxx", False), ("x", True)])
def test_padded_may_earn_no_more_than_the_answer_alone(text: str, held: bool) -> None:
    outcome = tried(text=text, fair=1.0, same_as="xx")
    assert outcome.held is held
    assert outcome.fair == 2.0


def test_a_level_above_the_cap_is_paid_for() -> None:
    high = tried(FakeScorer(LevelRange(3, 4)), fair=1.0, top_level=3)
    assert high.complaint == "is put at level 3 to 4, and level 3 is the highest for it"
    assert tried(FakeScorer(LevelRange(3, 3)), fair=1.0, top_level=3).held
    assert tried(fair=1.0, top_level=3).held, "no level at all is no payment"


def test_a_text_that_is_refused_has_earned_nothing() -> None:
    outcome = tried(text=" ")
    assert (outcome.held, outcome.earned, outcome.advisories) == (True, 0.0, ("refused",))
