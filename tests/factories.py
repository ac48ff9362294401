"""Plain functions that make what tests need; every value can be given, none has to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from sqlalchemy.orm import Session

from grader.report import (
    CREDIT,
    Advisory,
    ArgumentSignal,
    Clash,
    LevelRange,
    NearMiss,
    PointReport,
    ScoreReport,
    SetAside,
    Span,
    Verdict,
)
from grader.rubric import AnyGroup, Card, Essential, KeyPoint, Side, Unit
from grader.rubric import Prompt as Rubric
from grader.tally import tally_marks, tally_sides
from models import STUDENT, TEACHER, Classroom, Prompt, RevealPolicy, Submission, User
from prompts import LoadedUnit
from services import accounts, catalogue, classrooms, submissions

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A school day in the fixtures."""

ESSAY = (
    "Chlorophyll’s green because it reflects green light – it absorbs red and blue, as Zoë’s notes say.\n\n"
    "Without light the reaction stops, so leaves kept in darkness make no sugar at all; their stores of "
    "starch (крохмаль, 淀粉) run down within a few days, and the plant turns pale.\n\n"
    "On balance light matters more than water, because water is rarely short."
)
"""A synthetic essay of more than thirty words, with curly quotes, dashes and other scripts."""

MIDDLE = LevelRange(2, 3)

_numbers = count(1)


def minutes_later(minutes: float) -> datetime:
    """Return a moment after noon."""
    return NOON + timedelta(minutes=minutes)


def make_rubric(*, any_groups: tuple[AnyGroup, ...] = (), slug: str = "light-or-water") -> Rubric:
    """Return a question with two sides of two key points each, worth 1 mark, the last one 2."""
    points = tuple(
        KeyPoint(
            id=f"{letter}-point",
            text=f"The secret statement {letter} of the notes.",
            hint=f"What do the notes say about {letter}?",
            card=card,
            line=line,
            accept=(f"accepted phrasing {letter} of the statement",),
            partial=(f"half phrasing {letter} of the statement",),
            contrary=(f"opposite phrasing {letter} of the statement",),
            essentials=(Essential(asks=f"what {letter} acts on", words=(f"word{letter}",)),),
        )
        for letter, card, line in (("a", 1, 1), ("b", 1, 2), ("c", 2, 1), ("d", 2, 2))
    )
    return Rubric(
        slug=slug,
        unit="plants",
        unit_title="How plants feed",
        question="Does light matter more than water?",
        sides=(Side("light", ("a-point", "b-point")), Side("water", ("c-point", "d-point"))),
        key_points=points,
        cards=(
            Card(1, "Light", ("Line one of the card on light.", "Line two of the card on light.")),
            Card(2, "Water", ("Line one of the card on water.", "Line two of the card on water.")),
        ),
        marks={"a-point": 1, "b-point": 1, "c-point": 1, "d-point": 2},
        any_groups=any_groups,
        model_answer="The model answer that nobody may see before it is revealed.",
    )


def make_unit(*rubrics: Rubric) -> LoadedUnit:
    """Return a unit that holds these questions."""
    cards, points = (rubrics[0].cards, rubrics[0].key_points) if rubrics else ((), ())
    unit = Unit(slug="plants", title="How plants feed", subject="Biology", cards=cards, key_points=points)
    return LoadedUnit(unit, rubrics)


def make_point(
    key: str,
    verdict: Verdict = Verdict.MISS,
    *,
    evidence: tuple[Span, ...] = (),
    near_miss: NearMiss | None = None,
    clash: Clash | None = None,
    confidence: float = 0.8,
) -> PointReport:
    """Return a report on one key point, with the credit that goes with its verdict."""
    return PointReport(key, verdict, CREDIT[verdict], confidence, evidence, near_miss, clash)


def make_report(
    rubric: Rubric,
    verdicts: Mapping[str, Verdict | PointReport] | None = None,
    *,
    signature: str = "recipe-1",
    level: LevelRange | None = MIDDLE,
    advisories: tuple[Advisory, ...] = (),
    signals: tuple[ArgumentSignal, ...] = (),
    set_aside: tuple[SetAside, ...] = (),
) -> ScoreReport:
    """Return a report that adds up; key points that are not named are misses."""
    given = verdicts or {}
    points = tuple(
        _point(key, given.get(key, Verdict.MISS)) for side in rubric.sides for key in side.key_points
    )
    return ScoreReport(
        prompt=rubric.slug,
        score=tally_marks(rubric, points),
        max_score=float(rubric.max_score),
        words=300,
        points=points,
        sides=tally_sides(rubric, points),
        signals=signals,
        level=level,
        advisories=advisories,
        set_aside=set_aside,
        signature=signature,
    )


def _point(key: str, given: Verdict | PointReport) -> PointReport:
    return given if isinstance(given, PointReport) else make_point(key, given)


def make_student(session: Session, username: str = "", display_name: str = "") -> User:
    """Return a student with an account."""
    return _make_user(session, username, display_name or "Ada O’Brien-Nguyễn", role=STUDENT)


def make_teacher(session: Session, username: str = "", display_name: str = "") -> User:
    """Return a teacher with an account."""
    return _make_user(session, username, display_name or "Ms Zoë Cole", role=TEACHER)


def _make_user(session: Session, username: str, display_name: str, *, role: str) -> User:
    user = User(
        username=username or f"person{next(_numbers)}",
        display_name=display_name,
        fs_uniquifier=uuid4().hex,
        created_at=NOON,
        roles=[accounts.find_role(session, role)],
    )
    session.add(user)
    session.flush()
    return user


def make_prompt(session: Session, rubric: Rubric | None = None) -> Prompt:
    """Return a stored question."""
    rubric = rubric or make_rubric()
    catalogue.sync_prompts(session, units=(make_unit(rubric),), now=NOON)
    return catalogue.find_prompt(session, slug=rubric.slug)


def make_class(
    session: Session,
    teacher: User,
    *students: User,
    name: str = "12B History",
    policy: RevealPolicy = RevealPolicy.ON_REQUEST,
) -> Classroom:
    """Return a class of a teacher, joined by these students."""
    classroom = classrooms.create_classroom(
        session, teacher=teacher, name=name, now=NOON, reveal_policy=policy
    )
    for student in students:
        classrooms.join(session, student=student, code=classroom.join_code, now=NOON)
    return classroom


def make_submission(
    session: Session,
    student: User,
    prompt: Prompt,
    *,
    essay: str = ESSAY,
    classroom: Classroom | None = None,
    now: datetime = NOON,
) -> Submission:
    """Return an essay handed in, not yet scored."""
    return submissions.submit(
        session,
        student=student,
        prompt=prompt,
        essay=essay,
        submit_key=uuid4().hex,
        now=now,
        classroom=classroom,
        short_confirmed=True,
    )
