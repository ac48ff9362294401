"""What waits in a teacher's classes, and all that the page of one class shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from models import Classroom, Prompt, User
from services import catalogue, classrooms, disclosure
from services.review_queue import QueueRow, queue
from web.extensions import db
from web.teacher.forms import ClassForm
from web.teacher.names import names_shown
from web.teacher.order import read_order
from web.teacher.pile import first_waiting, label_of, waits


@dataclass(frozen=True, slots=True)
class ClassCard:
    """A class among the others: its size, and what waits in it."""

    classroom: Classroom
    members: int
    total: int
    to_review: int
    advisories: int


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """A question that the class has handed essays in to."""

    prompt: Prompt
    essays: int
    students: int
    released: bool


def class_cards(teacher: User) -> tuple[ClassCard, ...]:
    """Return a teacher's classes and what waits in each."""
    return tuple(_card(classroom) for classroom in classrooms.classes_of(db.session, teacher=teacher))


def class_page(classroom: Classroom, form: ClassForm) -> dict[str, object]:
    """Return the context of a class's page."""
    order = read_order()
    every = queue(db.session, classroom=classroom, sort=order.sort)
    listed = tuple(row for row in every if order.keeps(row))
    return {
        "classroom": classroom,
        "form": form,
        "members": len(classrooms.members(db.session, classroom=classroom)),
        "total": len(every),
        "rows": listed,
        "label_of": label_of,
        "order": order,
        "waiting": sum(waits(row) for row in listed),
        "next_ref": first_waiting(listed),
        "questions": tuple(_questions(classroom, every)),
        "names_shown": names_shown(),
    }


def waiting_ref(classroom: Classroom) -> str | None:
    """Return the first essay of a class that waits for review, in the order of the address."""
    order = read_order()
    rows = queue(db.session, classroom=classroom, sort=order.sort)
    return first_waiting([row for row in rows if order.keeps(row)])


def _card(classroom: Classroom) -> ClassCard:
    rows = queue(db.session, classroom=classroom)
    waiting = [row for row in rows if row.latest and waits(row)]
    return ClassCard(
        classroom=classroom,
        members=len(classrooms.members(db.session, classroom=classroom)),
        total=len(rows),
        to_review=len(waiting),
        advisories=sum(bool(row.advisories) for row in waiting),
    )


def _questions(classroom: Classroom, rows: Iterable[QueueRow]) -> Iterator[ClassQuestion]:
    by_slug = sorted(rows, key=lambda row: (row.question, row.slug))
    for slug, group in groupby(by_slug, key=lambda row: row.slug):
        essays = list(group)
        prompt = catalogue.find_prompt(db.session, slug=slug)
        yield ClassQuestion(
            prompt=prompt,
            essays=len(essays),
            students=len({row.label for row in essays}),
            released=disclosure.is_released(db.session, classroom=classroom, prompt=prompt),
        )
