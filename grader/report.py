"""The result of scoring one essay: frozen values with character spans into the original text.

A report says nothing about who may see it: that is `services.disclosure`. It holds no rubric
text, only key-point ids and what was read in the essay, so that it can be stored and shown
at any stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What an essay does with a key point."""

    HIT = "hit"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"
    MISS = "miss"


CREDIT: Mapping[Verdict, float] = {
    Verdict.HIT: 1.0,
    Verdict.PARTIAL: 0.5,
    Verdict.CONTRADICTED: 0.0,
    Verdict.MISS: 0.0,
}
"""Share of a key point's marks that a verdict earns."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the original text."""

    start: int
    end: int


Evidence = Span
"""The span behind a verdict."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The closest passage to a key point that was not credited in full, and what it lacks.

    `lacks` holds the rubric's own questions for the missing parts ("who the trade was with"),
    which point at the gap without filling it.
    """

    span: Span
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """How a passage differs from the notes: "you wrote 1965, the notes say 1956".

    `kind` is one of figure, date, polarity, direction, actor, contrary. `wrote` quotes the essay;
    `notes` is a figure, a date or a name, and None where only the sense is reversed.
    """

    kind: str
    wrote: str
    notes: str | None


@dataclass(frozen=True, slots=True)
class PointReport:
    """One key point: its verdict, the share of its marks (0 to 1), and why.

    `confidence` is the estimated probability (0 to 1) that a careful marker gives this verdict.
    """

    key: str
    verdict: Verdict
    credit: float
    confidence: float
    evidence: tuple[Span, ...] = ()
    near_miss: NearMiss | None = None
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class SideReport:
    """Coverage of one side of the argument; `coverage` is credit over the points that count."""

    name: str
    hits: int
    partials: int
    contradicted: int
    points: int
    coverage: float


@dataclass(frozen=True, slots=True)
class ArgumentSignal:
    """One sign of argument, found or not, with a sentence for the writer.

    `code` is one of opening, both-sides, judgement, connectives, paragraphs.
    """

    code: str
    present: bool
    message: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelRange:
    """An indicative range of levels, both ends included, with the reasons for its caps."""

    low: int
    high: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advisory:
    """Why a score may not be trusted, in words, and the passages concerned."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A passage that was not marked: characters `start` to `end` (exclusive), and why, in plain words.

    `code` is one of the advisories' codes, and with its `message` empty in reports of earlier versions.
    """

    start: int
    end: int
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The pure result of scoring one essay against one question.

    `score` is the sum of what the points earn after any-N groups, in marks; `level` is None
    where a teacher is needed. `set_aside` holds passages that were not marked (copied notes,
    echo of the question, lists of words).
    """

    prompt: str
    score: float
    max_score: float
    words: int
    points: tuple[PointReport, ...]
    sides: tuple[SideReport, ...]
    signals: tuple[ArgumentSignal, ...]
    level: LevelRange | None
    advisories: tuple[Advisory, ...]
    set_aside: tuple[SetAside, ...]
    signature: str

    def point(self, key: str) -> PointReport:
        """Return the report on one key point; raise KeyError where it is not in the rubric."""
        for point in self.points:
            if point.key == key:
                return point
        raise KeyError(key)
