"""A class at a glance: the class map of a question, and the marks and verdicts for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from models import Classroom, Prompt
from services import catalogue, exports
from services.class_map import PointSort, StudentSort, class_map
from services.exports import Row
from web.access import class_of_teacher, current_teacher, require_teacher
from web.clock import now
from web.downloads import download, part_of_file_name
from web.extensions import begin_writing, db
from web.teacher.blueprint import blueprint
from web.teacher.names import names_shown, shown_name

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets read a file as UTF-8, accents and all, only where it begins with this."""


@blueprint.get("/classes/<ref>/map")
@require_teacher
def show_map(ref: str) -> ResponseReturnValue:
    """Show key points down, students across, a verdict in each cell."""
    classroom = class_of_teacher(ref)
    prompt = _chosen_prompt() or abort(404)
    students, points = _student_sort(), _point_sort()
    found = class_map(db.session, classroom=classroom, prompt=prompt, students=students, points=points)
    return render_template(
        "teacher/map.html",
        classroom=classroom,
        map=found,
        students=students,
        points=points,
        names_shown=names_shown(),
        shown_name=shown_name,
    )


@blueprint.get("/classes/<ref>/marks.csv")
@require_teacher
def marks_csv(ref: str) -> ResponseReturnValue:
    """Send a line for each essay."""
    begin_writing()  # that it was sent is recorded
    classroom, prompt = class_of_teacher(ref), _chosen_prompt()
    return _spreadsheet(
        classroom, "marks", exports.marks_rows(db.session, classroom=classroom, prompt=prompt)
    )


@blueprint.get("/classes/<ref>/verdicts.csv")
@require_teacher
def verdicts_csv(ref: str) -> ResponseReturnValue:
    """Send a line for each key point of each essay."""
    begin_writing()
    classroom, prompt = class_of_teacher(ref), _chosen_prompt()
    return _spreadsheet(
        classroom, "verdicts", exports.verdict_rows(db.session, classroom=classroom, prompt=prompt)
    )


def _chosen_prompt() -> Prompt | None:
    slug = request.args.get("prompt", "")
    return catalogue.find_prompt(db.session, slug=slug) if slug else None


def _student_sort() -> StudentSort:
    """Read the order of the columns; by name, hidden names could be read off the register."""
    asked = request.args.get("students", "")
    if asked in set(StudentSort) and (names_shown() or asked != StudentSort.NAME):
        return StudentSort(asked)
    return StudentSort.NAME if names_shown() else StudentSort.SCORE


def _point_sort() -> PointSort:
    asked = request.args.get("points", "")
    return PointSort(asked) if asked in set(PointSort) else PointSort.RUBRIC


def _spreadsheet(classroom: Classroom, what: str, rows: Iterable[Row]) -> Response:
    exports.record_export(db.session, classroom=classroom, teacher=current_teacher(), what=what, now=now())
    db.session.commit()
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    csv.writer(text).writerows(rows)
    name = f"{part_of_file_name(classroom.name, otherwise='class')}-{what}-{now():%Y-%m-%d}.csv"
    return download(text.getvalue(), name, "text/csv")
