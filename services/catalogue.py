"""The questions that can be practised: kept in step with the built-in units, shown as shelves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from grader.rubric import Prompt as Rubric
from grader.rubric import Unit
from models import Draft, Prompt, PromptVersion, Submission, User
from prompts import LoadedUnit
from services.errors import NotFound
from services.resolution import Coverage
from services.rubrics import rubric_of
from services.score_log import resolved_scores

__all__ = [
    "QuestionCard", "Shelf", "SyncReport", "current_prompts", "find_prompt", "rubric_of", "shelves",
    "sync_prompts",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What syncing changed, as slugs."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question as the home page shows it, with what this student has done.

    `drafts` counts what was handed in; `coverages` are shares of the marks (0 to 1), the oldest first,
    of the attempts that have been marked.
    """

    slug: str
    question: str
    sides: tuple[str, ...]
    minutes: int
    drafts: int = 0
    open_draft: bool = False
    best: Coverage | None = None
    coverages: tuple[float, ...] = ()
    latest_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A unit and its questions."""

    slug: str
    title: str
    subject: str
    questions: tuple[QuestionCard, ...]


def sync_prompts(session: Session, *, units: Iterable[LoadedUnit], now: datetime) -> SyncReport:
    """Bring the stored questions in step with the units: new ones added, changed ones as a new version.

    A question that has left the units is retired, never deleted, and comes back if it returns.
    """
    stored = {prompt.slug: prompt for prompt in session.scalars(select(Prompt))}
    outcome: dict[str, list[str]] = defaultdict(list)
    for loaded in units:
        for position, rubric in enumerate(loaded.prompts):
            known = stored.pop(rubric.slug, None)
            outcome[_sync(session, known, loaded.unit, rubric, position, now)].append(rubric.slug)
    for prompt in stored.values():
        if prompt.retired_at is None:
            prompt.retired_at = now
            outcome["retired"].append(prompt.slug)
    session.flush()
    return SyncReport(**{name: tuple(slugs) for name, slugs in outcome.items()})


def find_prompt(session: Session, *, slug: str) -> Prompt:
    """Return a question by its slug, also a retired one. Raises: NotFound."""
    found = session.scalar(select(Prompt).where(Prompt.slug == slug))
    if found is None:
        raise NotFound
    return found


def current_prompts(session: Session) -> Sequence[Prompt]:
    """Return the questions that are set now, unit by unit."""
    query = select(Prompt).where(Prompt.retired_at.is_(None)).options(selectinload(Prompt.versions))
    return session.scalars(query.order_by(Prompt.unit_title, Prompt.unit, Prompt.position)).all()


def shelves(session: Session, *, student: User | None) -> tuple[Shelf, ...]:
    """Return the current questions by unit, with what this student has done (None: nobody is signed in)."""
    work = _work_of(session, student)
    units = groupby(current_prompts(session), key=lambda prompt: prompt.unit)
    return tuple(_shelf(list(prompts), work) for _, prompts in units)


@dataclass(frozen=True, slots=True)
class _Work:
    """What one student has done on one question, the oldest attempt first."""

    submissions: tuple[Submission, ...] = ()
    coverages: tuple[Coverage, ...] = ()
    open_draft: bool = False


def _sync(
    session: Session, known: Prompt | None, unit: Unit, rubric: Rubric, position: int, now: datetime
) -> str:
    content_hash = rubric.content_hash
    prompt = known or Prompt(slug=rubric.slug, current_hash="")
    changed = prompt.current_hash != content_hash
    prompt.unit, prompt.unit_title, prompt.subject = unit.slug, unit.title, unit.subject
    prompt.question, prompt.position = rubric.question, position
    prompt.current_hash, prompt.retired_at = content_hash, None
    session.add(prompt)
    if changed and all(version.content_hash != content_hash for version in prompt.versions):
        prompt.versions.append(_version(rubric, now))
    session.flush()
    if known is None:
        return "added"
    return "changed" if changed else "unchanged"


def _version(rubric: Rubric, now: datetime) -> PromptVersion:
    return PromptVersion(
        content_hash=rubric.content_hash,
        structure_hash=rubric.structure_hash,
        body=rubric.to_body(),
        created_at=now,
    )


def _work_of(session: Session, student: User | None) -> dict[int, _Work]:
    if student is None:
        return {}
    query = select(Submission).where(Submission.student_id == student.id).order_by(Submission.number)
    submissions = session.scalars(query).all()
    resolved = resolved_scores(session, submissions=submissions)
    drafted = set(session.scalars(select(Draft.prompt_id).where(Draft.student_id == student.id)))
    by_prompt: dict[int, list[Submission]] = defaultdict(list)
    for submission in submissions:
        by_prompt[submission.prompt_id].append(submission)
    return {
        prompt_id: _Work(
            submissions=tuple(by_prompt[prompt_id]),
            coverages=tuple(c for s in by_prompt[prompt_id] if (c := resolved[s.id].coverage)),
            open_draft=prompt_id in drafted,
        )
        for prompt_id in drafted | by_prompt.keys()
    }


def _shelf(prompts: Sequence[Prompt], work: dict[int, _Work]) -> Shelf:
    first = prompts[0]
    cards = tuple(_card(prompt, work.get(prompt.id, _Work())) for prompt in prompts)
    return Shelf(slug=first.unit, title=first.unit_title, subject=first.subject, questions=cards)


def _card(prompt: Prompt, work: _Work) -> QuestionCard:
    rubric = rubric_of(prompt.current_version)
    return QuestionCard(
        slug=prompt.slug,
        question=prompt.question,
        sides=tuple(side.name for side in rubric.sides),
        minutes=rubric.minutes,
        drafts=len(work.submissions),
        open_draft=work.open_draft,
        best=max(work.coverages, key=lambda coverage: coverage.share, default=None),
        coverages=tuple(coverage.share for coverage in work.coverages),
        latest_ref=work.submissions[-1].ref if work.submissions else None,
    )
