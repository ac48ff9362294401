"""Does a question stand up to its own rubric? Its model answer has to earn every point, an attack none.

Says what is the matter in words for the author of the question; refuses nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from grader.attacks import AttackKind
from grader.attacks.trial import Outcome, Scorer
from grader.errors import EssayRefused
from grader.report import PointReport, ScoreReport, Verdict
from grader.rubric import Prompt

_READ_AS = {
    Verdict.PARTIAL: "is read as partly made",
    Verdict.CONTRADICTED: "is read as differing from the notes",
    Verdict.MISS: "is not found",
}
_REMEDIES = {
    AttackKind.WORD_LIST: "write phrasings as whole sentences, and essentials of more than one group",
    AttackKind.SHUFFLED: "write longer phrasings, which single words do not make",
    AttackKind.PASTED_NOTES: "say the points in other words than the cards do",
    AttackKind.ECHO: "take out phrasings that say no more than the question",
    AttackKind.NEGATED: "add contrary phrasings to the points that are credited",
    AttackKind.ONE_SIDED: "take out phrasings that make a point of another side too",
    AttackKind.DOUBLED: "say the points of the model answer once each",
    AttackKind.PADDED: "take out phrasings of a word or two, and give the point essentials",
}
_LONGEST_QUOTE = 90
_MOST_NAMED = 6


def for_rehearsal(prompt: Prompt) -> Prompt:
    """Return a question without its model answer: to try that answer out is not to copy it."""
    return replace(prompt, model_answer="")


def model_answer_faults(prompt: Prompt, scorer: Scorer) -> tuple[str, ...]:
    """Return what keeps the model answer from full marks: a sentence for each point and each advisory.

    A point that an any-N group can do without may be left out. A question without a model answer has
    no fault.
    """
    if not prompt.model_answer.strip():
        return ()
    try:
        report = scorer.score(prompt.model_answer)
    except EssayRefused as refused:
        return (refused.message,)
    short = (_short_of(prompt, point) for point in _wanted(prompt, report))
    doubts = (f"{advisory.message} ({advisory.code})" for advisory in report.advisories)
    return (*short, *doubts)


def attack_faults(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, str]]:
    """Yield the kind of each attack that is paid for, and what it earns, why that is unfair and a remedy."""
    for outcome in outcomes:
        if not outcome.held:
            attack = outcome.attack
            paid = f" (credited: {_listed(outcome.credited)})" if outcome.credited else ""
            said = f'"{attack.name}" {outcome.complaint}, since {attack.why}{paid}'
            yield attack.kind.value, f"{said}: {_REMEDIES[attack.kind]}"


def _wanted(prompt: Prompt, report: ScoreReport) -> Iterator[PointReport]:
    """Yield the points that the answer does not make in full and cannot do without."""
    made = {point.key for point in report.points if point.verdict is Verdict.HIT}
    spare = {
        key
        for group in prompt.any_groups
        if len(made.intersection(group.key_points)) >= group.count
        for key in group.key_points
    }
    return (point for point in report.points if point.key not in made | spare)


def _short_of(prompt: Prompt, point: PointReport) -> str:
    near = point.near_miss
    spans = point.evidence or ((near.span,) if near else ())
    quoted = prompt.model_answer[spans[0].start : spans[0].end] if spans else ""
    where = f' in "{_shortened(quoted)}"' if quoted else ""
    lacks = f", which lacks {'; '.join(near.lacks)}" if near and near.lacks else ""
    return (
        f'"{point.key}" ({prompt.key_point(point.key).hint}) {_READ_AS[point.verdict]}{where}{lacks}: '
        "make the point there, or add the answer’s wording to its accept phrasings"
    )


def _listed(keys: Sequence[str]) -> str:
    more = len(keys) - _MOST_NAMED
    return ", ".join(keys[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 3] + "..."
