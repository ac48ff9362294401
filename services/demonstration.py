"""A class to look at: synthetic essays by plainly synthetic students, scored and partly reviewed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import Classroom, Submission, User
from prompts import LoadedUnit
from services import accounts, catalogue, classrooms, drafts, review, scoring, submissions
from services.accounts import DEMONSTRATION_TEACHER
from services.errors import ScoringFailed
from services.score_log import resolved_score
from services.scoring import ScorerSource, scorer_for

CLASS_NAME = "12B (demonstration)"
STUDENTS = 12
BEFORE_REDRAFT = 6
"""Students who answer one question; further essays on it are redrafts by the first of them."""

REASON = "Two markers agreed on this verdict for this synthetic essay."
REVIEWED_EACH = 2
"""Submissions of each question that the demonstration's teacher has looked at."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """How to sign in to the demonstration: one password for all of it."""

    classroom: Classroom
    teacher: str
    students: tuple[str, ...]
    created: bool


@dataclass(frozen=True, slots=True)
class SyntheticEssay:
    """An essay written for trying out the marking, with the verdicts that two markers agreed on."""

    id: str
    prompt: str
    text: str
    labels: dict[str, Verdict]
    level: int


def create_demonstration(
    session: Session,
    *,
    units: Sequence[LoadedUnit],
    now: datetime,
    password_hash: str,
    scorers: ScorerSource = scorer_for,
) -> Demonstration:
    """Create the class with its people and essays, or give the people that are there the new password."""
    teacher = accounts.find_by_username(session, username=DEMONSTRATION_TEACHER)
    if teacher:
        return _found_again(session, teacher, password_hash)
    teacher = accounts.create_teacher(
        session,
        username=DEMONSTRATION_TEACHER,
        display_name="Demonstration teacher",
        password_hash=password_hash,
        now=now,
    )
    classroom = classrooms.create_classroom(session, teacher=teacher, name=CLASS_NAME, now=now)
    students = [_student(session, classroom, number, password_hash, now) for number in range(1, STUDENTS + 1)]
    for position, essays in enumerate(_by_prompt(units)):
        turn = _Turn(session, classroom, tuple(students), scorers, now)
        _review(turn, _hand_in(turn, position, essays), essays)
    _leave_a_draft_open(session, students[0], now)
    return _demonstration(classroom, students, created=True)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What handing in and reviewing need to know."""

    session: Session
    classroom: Classroom
    students: tuple[User, ...]
    scorers: ScorerSource
    now: datetime


def synthetic_essays(unit: str) -> tuple[SyntheticEssay, ...]:
    """Return the synthetic essays that come with a built-in unit; most units have none."""
    resource = files("prompts").joinpath(unit, "essays.jsonl")
    if not resource.is_file():
        return ()
    lines = resource.read_text(encoding="utf-8").splitlines()
    return tuple(_essay(json.loads(line)) for line in lines if line.strip())


def _essay(values: dict[str, Any]) -> SyntheticEssay:
    labels = {key: Verdict(label) for key, label in values["labels"].items()}
    return SyntheticEssay(values["id"], values["prompt"], values["text"], labels, values["level"])


def _by_prompt(units: Sequence[LoadedUnit]) -> Iterator[list[SyntheticEssay]]:
    """The essays of one question at a time, the weakest first, so that redrafts are better."""
    for loaded in units:
        essays = synthetic_essays(loaded.unit.slug)
        for rubric in loaded.prompts:
            of_prompt = [essay for essay in essays if essay.prompt == rubric.slug]
            if of_prompt:
                yield sorted(of_prompt, key=lambda essay: (essay.level, len(essay.text)))


def _student(session: Session, classroom: Classroom, number: int, password_hash: str, now: datetime) -> User:
    student = accounts.register(
        session,
        username=f"demo.student{number:02}",
        display_name=f"Student {number:02}",
        password_hash=password_hash,
        now=now,
    )
    classrooms.join(session, student=student, code=classroom.join_code, now=now)
    return student


def _hand_in(turn: _Turn, position: int, essays: Sequence[SyntheticEssay]) -> list[Submission]:
    """Let the students of a question hand in one after the other, over the last three weeks."""
    prompt = catalogue.find_prompt(turn.session, slug=essays[0].prompt)
    handed_in = []
    for index, essay in enumerate(essays):
        student = turn.students[(2 * position + index % BEFORE_REDRAFT) % len(turn.students)]
        at = turn.now - timedelta(days=20 - 4 * position, hours=-7 * index)
        submission = submissions.submit(
            turn.session,
            student=student,
            prompt=prompt,
            essay=essay.text,
            submit_key=f"demonstration-{essay.id}",
            now=min(at, turn.now),
            classroom=turn.classroom,
            short_confirmed=True,
        )
        _score(turn, submission)
        handed_in.append(submission)
    return handed_in


def _score(turn: _Turn, submission: Submission) -> None:
    try:
        scoring.score_submission(
            turn.session, submission=submission, now=submission.submitted_at, scorers=turn.scorers
        )
    except ScoringFailed:
        return  # it is awaiting marking, as any other essay would be


def _review(turn: _Turn, handed_in: Sequence[Submission], essays: Sequence[SyntheticEssay]) -> None:
    """Overrule where two markers agreed otherwise, in the strongest essays; confirm one of them in full."""
    best = list(zip(handed_in, essays, strict=True))[-REVIEWED_EACH:]
    for submission, essay in best:
        _overrule(turn, submission, essay)
    submission = best[-1][0]
    resolved = resolved_score(turn.session, submission=submission)
    if not resolved.awaiting and not resolved.reviewed:
        review.confirm_rest(turn.session, submission=submission, teacher=turn.classroom.teacher, now=turn.now)


def _overrule(turn: _Turn, submission: Submission, essay: SyntheticEssay) -> None:
    for point in resolved_score(turn.session, submission=submission).points:
        agreed = essay.labels.get(point.key, point.verdict)
        if agreed is not point.verdict:
            review.decide_point(
                turn.session,
                submission=submission,
                teacher=turn.classroom.teacher,
                key=point.key,
                verdict=agreed,
                reason=REASON,
                now=turn.now,
            )


def _leave_a_draft_open(session: Session, student: User, now: datetime) -> None:
    for submission in submissions.history(session, student=student)[:1]:
        drafts.open_draft(session, student=student, prompt=submission.prompt, now=now)


def _found_again(session: Session, teacher: User, password_hash: str) -> Demonstration:
    query = select(Classroom).where(Classroom.teacher_id == teacher.id, Classroom.name == CLASS_NAME)
    classroom = session.scalars(query.order_by(Classroom.id)).first()
    if classroom is None:
        raise RuntimeError("the demonstration’s class was renamed or removed: start with a new database")
    students = classrooms.members(session, classroom=classroom)
    for user in (teacher, *students):
        accounts.change_password(session, user=user, password_hash=password_hash)
    return _demonstration(classroom, students, created=False)


def _demonstration(classroom: Classroom, students: Sequence[User], *, created: bool) -> Demonstration:
    names = tuple(student.username for student in students)
    return Demonstration(classroom, DEMONSTRATION_TEACHER, names, created)
