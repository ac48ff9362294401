"""Read an essay question: its sides, its marks, and what it takes from the unit it is set on.

Pure: a table as `tomllib` gives it goes in, a question and a list of faults come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.rubric import Card, KeyPoint, Prompt, Side, Unit
from grader.rubric.field_reader import FaultLog, FieldReader, Table, suggestion
from grader.rubric.prompt_options import read_groups, read_levels
from grader.rubric.unit_parsing import read_format, read_own_slug

DEFAULT_MINUTES = 40
"""Time for an essay: 45 minutes of an examination, less five for reading and planning."""


def read_prompt(data: Table, log: FaultLog, *, unit: Unit | None, slug: str | None) -> Prompt:
    """Return what can be read of a question and note its faults in `log`.

    Args:
        data: the file as a table.
        log: takes the faults.
        unit: the unit that the question is set on; None where it cannot be read, and then key-point
            ids are not looked up.
        slug: the name of the file without its ending, which the question's slug must equal.
    """
    fields = FieldReader(data, log, what="a question")
    read_format(fields)
    own_slug = read_own_slug(fields, slug, holder="file")
    question = fields.text("question", example="How do plants make use of light?") or ""
    minutes = fields.number("minutes", example=DEFAULT_MINUTES, required=False) or DEFAULT_MINUTES
    answer = fields.text("model_answer", example="...", required=False) or ""
    stated = fields.number("marks", example=9)
    sides = tuple(_read_sides(fields, unit))
    marks = _read_marks(fields, [key for side in sides for key in side.key_points])
    points = _points_of(unit, marks)
    prompt = Prompt(
        slug=own_slug,
        unit=unit.slug if unit else "",
        unit_title=unit.title if unit else "",
        question=question,
        sides=sides,
        key_points=points,
        cards=_cards_of(unit, points),
        marks=marks,
        any_groups=read_groups(fields, marks),
        levels=read_levels(fields),
        minutes=minutes,
        balanced=_read_balance(fields, sides),
        model_answer=answer,
    )
    fields.close()
    if stated and marks and stated != prompt.max_score:
        fields.fault("marks", f"is {stated}, but the parts add up to {prompt.max_score}: make the two agree")
    return prompt


def _read_sides(fields: FieldReader, unit: Unit | None) -> Iterator[Side]:
    taken: dict[str, int] = {}
    names: set[str] = set()
    for place, table in enumerate(fields.tables("sides"), 1):
        side = FieldReader(table, fields.log, what="a side", path=f"sides[{place}]")
        name = side.text("name", example="positive") or ""
        if name in names:
            side.fault("name", f'"{name}" is the name of another side too: give this one its own')
        names.add(name)
        own = tuple(_own_points(side, place, taken, unit))
        side.close()
        yield Side(name, own)


def _own_points(side: FieldReader, number: int, taken: dict[str, int], unit: Unit | None) -> Iterator[str]:
    for place, key in side.numbered_texts("key_points"):
        where = f"key_points[{place}]"
        _check_known(side, where, key, unit)
        if key not in taken:
            taken[key] = number
            yield key
        elif taken[key] == number:
            side.fault(where, f'"{key}" stands twice on this side: take one out')
        else:
            side.fault(where, f'"{key}" stands on side {taken[key]} too: keep it on one side')


def _check_known(side: FieldReader, where: str, key: str, unit: Unit | None) -> None:
    known = [point.id for point in unit.key_points] if unit else [key]
    if unit and key not in known:
        near = suggestion(key, filter(None, known), otherwise="add it to unit.toml, or take it out here")
        side.fault(where, f'there is no key point "{key}" in the unit "{unit.slug}"{near}')


def _read_marks(fields: FieldReader, listed: list[str]) -> Mapping[str, int]:
    """Return each listed key point's marks: one, unless [key_point_marks] says otherwise."""
    table = fields.table("key_point_marks")
    own = FieldReader(table, fields.log, what="the marks", path="key_point_marks")
    for key in table:
        if key not in listed:
            near = suggestion(key, listed, otherwise="add it to a side, or take it out here")
            own.fault(key, f"is on no side of this question{near}")
    return {key: own.number(key, example=1, required=False) or 1 for key in listed}


def _read_balance(fields: FieldReader, sides: tuple[Side, ...]) -> bool:
    """Read whether all sides are asked for; left out, a question with several sides asks for them."""
    balanced = fields.flag("balanced")
    if balanced and len(sides) == 1:
        fields.fault("balanced", "is true, but there is one side only: add a side, or write balanced = false")
    return len(sides) > 1 if balanced is None else balanced


def _points_of(unit: Unit | None, marks: Mapping[str, int]) -> tuple[KeyPoint, ...]:
    known = {point.id: point for point in unit.key_points} if unit else {}
    return tuple(known[key] for key in marks if key in known)


def _cards_of(unit: Unit | None, points: tuple[KeyPoint, ...]) -> tuple[Card, ...]:
    needed = {point.card for point in points}
    return tuple(card for card in unit.cards if card.number in needed) if unit else ()
