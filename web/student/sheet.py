"""What lies on the desk of the writing page: the text, what the server has of it, and where it may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models import Classroom, Draft, Prompt, Submission, User
from services import catalogue, classrooms, drafts, submissions
from services.essay_text import clean, count_words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text to be written on.

    `attempt` is the number that it will be handed in as, `revision` the save that it continues (0: none);
    `unsaved` says that the server has not stored this text; `classroom` is the ref of the class that it goes
    to unless the writer chooses otherwise, "" for practice on one's own. A plan starts as its `headings`, the
    sides of the question.
    """

    attempt: str
    revision: int
    text: str
    plan: str
    saved_at: datetime | None
    unsaved: bool
    classroom: str
    headings: str

    @property
    def has_plan(self) -> bool:
        """Whether the plan holds more than the headings that it starts with."""
        return self.plan.split() != self.headings.split()

    @property
    def words(self) -> int:
        """The number of words, as they are counted when the essay is handed in."""
        return count_words(self.text)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form of the writing page carried, cleaned; never trusted beyond being text."""

    essay: str
    plan: str
    revision: int
    attempt: str
    classroom: str
    confirmed: bool


def read_sent(form: Mapping[str, str]) -> Sent:
    """Read a form of the writing page; whatever is absent or malformed counts as empty."""
    revision = form.get("revision", "")
    return Sent(
        essay=clean(form.get("essay", "")),
        plan=clean(form.get("plan", "")),
        revision=int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 12 else 0,
        attempt=form.get("attempt", "")[:12],
        classroom=form.get("classroom", ""),
        confirmed=form.get("send") == "short",
    )


def next_attempt(session: Session, *, student: User, prompt: Prompt) -> str:
    """Return the number that the next essay of this student on this question will have."""
    return str(len(submissions.attempts(session, student=student, prompt=prompt)) + 1)


def load_sheet(session: Session, *, student: User, prompt: Prompt) -> Sheet:
    """Return the open draft, or a fresh sheet that starts from the last essay handed in."""
    draft = drafts.find_draft(session, student=student, prompt=prompt)
    attempts = submissions.attempts(session, student=student, prompt=prompt)
    last = attempts[-1] if attempts else None
    headings = _headings(prompt)
    return Sheet(
        attempt=str(len(attempts) + 1),
        revision=draft.revision if draft else 0,
        text=_first_text(draft, last),
        plan=(draft.plan if draft else "") or headings,
        saved_at=draft.updated_at if draft else None,
        unsaved=False,
        classroom=_usual_destination(open_classes(session, student=student), last),
        headings=headings,
    )


def shown_again(sheet: Sheet, sent: Sent) -> Sheet:
    """Return the sheet with what was sent on it, after it could not be taken."""
    return Sheet(
        attempt=sheet.attempt,
        revision=sent.revision or sheet.revision,
        text=sent.essay,
        plan=sent.plan,
        saved_at=None,
        unsaved=True,
        classroom=sent.classroom,
        headings=sheet.headings,
    )


def open_classes(session: Session, *, student: User) -> Sequence[Classroom]:
    """Return the classes that take an essay of this student."""
    joined = classrooms.classes_joined(session, student=student)
    return [classroom for classroom in joined if classroom.closed_at is None]


def _headings(prompt: Prompt) -> str:
    sides = catalogue.rubric_of(prompt.current_version).sides
    names = [side.name[:1].upper() + side.name[1:] for side in sides]
    return "".join(f"{name}\n\n\n" for name in names) if len(names) > 1 else ""


def _first_text(draft: Draft | None, last: Submission | None) -> str:
    if draft:
        return draft.text
    return last.essay if last else ""


def _usual_destination(classes: Sequence[Classroom], last: Submission | None) -> str:
    """Return where the last attempt went, else the only class there is, else practice."""
    if last:
        went_to = {classroom.id: classroom.ref for classroom in classes}
        return went_to.get(last.classroom_id or 0, "")
    return classes[0].ref if len(classes) == 1 else ""
