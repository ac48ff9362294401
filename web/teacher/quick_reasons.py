"""Reasons to pick when a verdict is overruled: the teacher's own recent ones, then general ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.report import Verdict

SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class QuickReason:
    """A reason and the verdicts that it can stand for."""

    text: str
    verdicts: tuple[Verdict, ...]


GENERAL: tuple[QuickReason, ...] = (
    QuickReason("Says it in other words", (Verdict.HIT,)),
    QuickReason("Says it across several sentences", (Verdict.HIT,)),
    QuickReason("Only half of the point is there", (Verdict.PARTIAL,)),
    QuickReason("Too vague to count in full", (Verdict.PARTIAL,)),
    QuickReason("The essay says the opposite", (Verdict.CONTRADICTED,)),
    QuickReason("A date or figure differs from the notes", (Verdict.CONTRADICTED,)),
    QuickReason("The sentence is about something else", (Verdict.MISS,)),
    QuickReason("Names it without saying anything about it", (Verdict.MISS, Verdict.PARTIAL)),
    QuickReason("Copied rather than explained", (Verdict.MISS, Verdict.PARTIAL)),
)


def quick_reasons(recent: Iterable[tuple[str, Verdict]]) -> tuple[QuickReason, ...]:
    """Return the reasons to offer: recent ones first, each once, for the verdicts they were given for."""
    given: dict[str, list[Verdict]] = {}
    for text, verdict in recent:
        given.setdefault(text, []).append(verdict)
    own = tuple(QuickReason(text, tuple(verdicts)) for text, verdicts in given.items())
    return own + tuple(reason for reason in GENERAL if reason.text not in given)


def joined(picked: Sequence[str], written: str) -> str:
    """Return one reason out of those that were picked and what was written."""
    return SEPARATOR.join(part.strip() for part in (*picked, written) if part.strip())
