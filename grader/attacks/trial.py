"""Grade an anti-gaming pack, and say of each attack whether the question pays for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from grader.attacks import Attack
from grader.errors import EssayRefused
from grader.report import LevelRange, ScoreReport

TOLERANCE = 0.05
"""Share of the marks beyond the fair one that is let pass: half a point in ten, as with any marker."""
_ROUNDING = 1e-9


class Scorer(Protocol):
    """What marks a text; raises EssayRefused for one that cannot be marked at all."""

    def score(self, essay: str) -> ScoreReport:
        """Return the report on one essay."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attack earned, in marks, beside the most that is fair.

    `credited` names the key points that earned something. `complaint` says in words what the question
    pays for, and is empty where the attack was held.
    """

    attack: Attack
    earned: float
    fair: float
    max_score: float
    level: LevelRange | None
    advisories: tuple[str, ...]
    credited: tuple[str, ...]
    complaint: str

    @property
    def held(self) -> bool:
        """Tell whether the attack earned no more than it should."""
        return not self.complaint


def try_attacks(attacks: Sequence[Attack], scorer: Scorer, max_score: float) -> tuple[Outcome, ...]:
    """Grade every attack; `max_score` is what a complete answer earns, in marks.

    A text that the scorer refuses has earned nothing.
    """
    return tuple(_try(attack, scorer, max_score) for attack in attacks)


def _try(attack: Attack, scorer: Scorer, max_score: float) -> Outcome:
    report = _graded(attack.text, scorer)
    earned = report.score if report else 0.0
    fair = _fair_marks(attack, scorer, max_score)
    level = report.level if report else None
    advisories = tuple(advisory.code for advisory in report.advisories) if report else ("refused",)
    complaint = _over(attack, earned, fair, max_score) or _too_high(attack, level)
    credited = tuple(point.key for point in report.points if point.credit) if report else ()
    return Outcome(attack, earned, fair, max_score, level, advisories, credited, complaint)


def _graded(text: str, scorer: Scorer) -> ScoreReport | None:
    try:
        return scorer.score(text)
    except EssayRefused:
        return None


def _fair_marks(attack: Attack, scorer: Scorer, max_score: float) -> float:
    if not attack.same_as:
        return attack.fair * max_score
    single = _graded(attack.same_as, scorer)
    return single.score if single else 0.0


def _over(attack: Attack, earned: float, fair: float, max_score: float) -> str:
    if attack.exactly:
        differs = abs(earned - fair) > _ROUNDING
        return f"earns {earned:g} of {max_score:g} marks, and once earns {fair:g}" if differs else ""
    if earned <= fair + TOLERANCE * max_score + _ROUNDING:
        return ""
    return f"earns {earned:g} of {max_score:g} marks, and a fair marker gives at most {fair:g}"


def _too_high(attack: Attack, level: LevelRange | None) -> str:
    if attack.top_level is None or level is None or level.high <= attack.top_level:
        return ""
    return f"is put at level {level.low} to {level.high}, and level {attack.top_level} is the highest for it"
