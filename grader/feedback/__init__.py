"""What a reader of a marked essay is told, at each stage of disclosure: frozen values, read by templates.

Nothing here decides who sees what: `services.disclosure` names the stage, and what a stage may not show
is never put into these values. Before "revealed" they carry no key-point id, no key point's text and no
line of the notes; rows are known by their number alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.report import Advisory, ArgumentSignal, LevelRange, Verdict


class Stage(StrEnum):
    """How much of a rubric a person may see."""

    BEFORE = "before"  # the question and its sides
    DRAFT = "draft"  # verdicts, evidence, hints and the card to revise
    REVEALED = "revealed"  # the full key points and the notes they rest on


class Audience(StrEnum):
    """Whom feedback is told to: the one who wrote the essay, or somebody who teaches them."""

    STUDENT = "student"
    TEACHER = "teacher"


class SegmentKind(StrEnum):
    """Why a stretch of the essay is marked; the strongest reason where several meet."""

    PLAIN = "plain"
    NEAR = "near"  # close to a key point that was not credited in full
    PART = "part"  # behind a key point that is made in part
    CLASH = "clash"  # differs from the notes
    EVIDENCE = "evidence"  # behind a key point that is made


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the essay with one set of marks.

    `numbers` are the rows whose evidence (or clash) it is, `near_numbers` those that it nearly makes;
    `set_aside` says by its code why it was left out of the marking, "" where it was not. `starts` are the
    numbers whose first character this is: where a page prints them, so that each number stands once.
    """

    text: str
    kind: SegmentKind = SegmentKind.PLAIN
    numbers: tuple[int, ...] = ()
    near_numbers: tuple[int, ...] = ()
    set_aside: str = ""
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAsideNote:
    """Why passages were not marked, in a sentence, with the first of them; `more` counts the others."""

    message: str
    quote: str
    more: int = 0


Paragraph = tuple[Segment, ...]
"""The segments of one paragraph, in order, line breaks left out."""


@dataclass(frozen=True, slots=True)
class FeedbackSide:
    """Coverage of one side of the argument; `coverage` is credit over its key points, 0 to 1."""

    name: str
    hits: int
    partials: int
    contradicted: int
    points: int
    coverage: float


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One key point as told to the reader; `number` counts from 1 in rubric order.

    `title` is the hint before "revealed" and the key point's text from then on; `card_line` is "" before.
    `earned` is in marks, before any-N groups. `decided_by` is "machine" or a teacher's display name;
    `machine_verdict` is what the machine said, where a teacher decided. `confidence` and `key` are for
    teachers: None and "" on a student's page.
    """

    number: int
    side: str
    verdict: Verdict
    title: str
    made_sentence: str
    explanation: str
    near_miss: str
    lacks: tuple[str, ...]
    clash: str
    card_number: int
    card_title: str
    card_line: str
    marks: float
    earned: float
    decided_by: str = "machine"
    machine_verdict: Verdict | None = None
    reason: str = ""
    comment: str = ""
    confidence: float | None = None
    key: str = ""

    @property
    def decided_by_teacher(self) -> bool:
        """Whether a teacher confirmed or overrode the machine's verdict."""
        return self.decided_by != MACHINE


MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class ArithmeticLine:
    """One visible part of the score, in marks; the lines add up to the score."""

    label: str
    marks: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A teacher's standing decision on one key point, and what the machine had said."""

    by: str
    verdict: Verdict
    machine_verdict: Verdict | None
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A marked essay as its reader sees it. While `awaiting`, only the essay and its words are there.

    `score` is the sum of the visible parts; `teacher_mark`, where given, outranks it and stands beside it
    with its `mark_by` and `comment`. `level` is None where a teacher is needed.
    """

    stage: Stage
    awaiting: bool
    words: int
    paragraphs: tuple[Paragraph, ...]
    score: float = 0.0
    max_score: float = 0.0
    teacher_mark: float | None = None
    mark_by: str = ""
    comment: str = ""
    hits: int = 0
    partials: int = 0
    contradicted: int = 0
    points: int = 0
    sides: tuple[FeedbackSide, ...] = ()
    rows: tuple[FeedbackRow, ...] = ()
    signals: tuple[ArgumentSignal, ...] = ()
    level: LevelRange | None = None
    level_reasons: tuple[str, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    set_aside: tuple[SetAsideNote, ...] = ()
    arithmetic: tuple[ArithmeticLine, ...] = ()
    next_step: str = ""

    @property
    def segments(self) -> Paragraph:
        """Every segment of the essay in order, paragraphs joined."""
        return tuple(segment for paragraph in self.paragraphs for segment in paragraph)

    def rows_of(self, side: str) -> tuple[FeedbackRow, ...]:
        """Return the rows of one side, in rubric order."""
        return tuple(row for row in self.rows if row.side == side)
