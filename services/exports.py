"""Marks and verdicts of a class as rows of plain cells, safe to open in a spreadsheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from models import Classroom, Prompt, Submission, User
from services import audit
from services.resolution import ResolvedScore, rubric_order
from services.review_queue import review_state, submissions_of
from services.rubrics import rubric_of
from services.score_log import resolved_scores

Cell = str | int | float
Row = tuple[Cell, ...]

MARKS_HEADER: Row = (
    "student", "user name", "question", "draft", "handed in (UTC)", "words", "score", "teacher's mark",
    "out of", "made", "partly made", "differs from the notes", "level from", "level to", "review",
    "advisories",
)  # fmt: skip
VERDICTS_HEADER: Row = (
    "student", "user name", "question", "draft", "key point", "number", "verdict", "credit", "confidence",
    "decided by", "machine's verdict", "reason", "comment",
)  # fmt: skip

_FORMULA_STARTS = ("=", "+", "-", "@", "\u2212")
_CONTROLS = ("\t", "\r", "\n")
_LOOKED_THROUGH = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff\"'"


def marks_rows(session: Session, *, classroom: Classroom, prompt: Prompt | None = None) -> tuple[Row, ...]:
    """Return a header and one row for each submission, the first handed in first."""
    submissions = submissions_of(session, classroom=classroom, prompt=prompt)
    resolved = resolved_scores(session, submissions=submissions)
    return (MARKS_HEADER, *(_safe(_marks_row(s, resolved[s.id])) for s in submissions))


def verdict_rows(session: Session, *, classroom: Classroom, prompt: Prompt | None = None) -> tuple[Row, ...]:
    """Return a header and one row for each key point of each marked submission."""
    submissions = submissions_of(session, classroom=classroom, prompt=prompt)
    resolved = resolved_scores(session, submissions=submissions)
    rows = (_safe(row) for s in submissions for row in _verdict_rows(s, resolved[s.id]))
    return (VERDICTS_HEADER, *rows)


def record_export(session: Session, *, classroom: Classroom, teacher: User, what: str, now: datetime) -> None:
    """Remember that a teacher took a class's marks or verdicts out."""
    subject = f"class {classroom.ref} {what}"
    audit.record(session, actor=teacher, action=audit.Act.EXPORT, subject=subject, now=now)


def neutral(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: suspicious text gets a leading apostrophe.

    Spaces and invisible characters before it are looked through, and wide forms such as ＝ count as well.
    """
    if isinstance(cell, str):
        seen = unicodedata.normalize("NFKC", cell.lstrip(_LOOKED_THROUGH))
        if seen.startswith(_FORMULA_STARTS) or cell.startswith(_CONTROLS):
            return f"'{cell}"
    return cell


def _safe(row: Row) -> Row:
    return tuple(neutral(cell) for cell in row)


def _marks_row(submission: Submission, resolved: ResolvedScore) -> Row:
    coverage, level = resolved.coverage, resolved.level
    mark = resolved.teacher_mark
    return (
        *_whose(submission),
        f"{submission.submitted_at:%Y-%m-%d %H:%M}",
        submission.words,
        "" if resolved.awaiting else resolved.score,
        mark.mark if mark else "",
        resolved.max_score,
        coverage.hits if coverage else "",
        coverage.partials if coverage else "",
        coverage.contradicted if coverage else "",
        level.low if level else "",
        level.high if level else "",
        review_state(resolved).value,
        " ".join(advisory.code for advisory in resolved.advisories),
    )


def _verdict_rows(submission: Submission, resolved: ResolvedScore) -> Iterator[Row]:
    numbers = {key: i for i, key in enumerate(rubric_order(rubric_of(submission.prompt_version)), start=1)}
    for point in resolved.points:
        decision = resolved.decisions.get(point.key)
        machine = decision.machine_verdict if decision else point.verdict
        yield (
            *_whose(submission),
            point.key,
            numbers[point.key],
            point.verdict.value,
            point.credit,
            round(point.confidence, 3),
            decision.by if decision else "machine",
            machine.value if machine else "",
            decision.reason if decision else "",
            decision.comment if decision else "",
        )


def _whose(submission: Submission) -> Row:
    student = submission.student
    return (student.display_name, student.username, submission.prompt.slug, submission.number)
