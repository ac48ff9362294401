"""Read what a question may have but need not: any-N groups and levels of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.rubric import AnyGroup, Level
from grader.rubric.default_levels import DEFAULT_LEVELS
from grader.rubric.field_reader import FieldReader


def read_groups(fields: FieldReader, marks: Mapping[str, int]) -> tuple[AnyGroup, ...]:
    """Return the any-N groups and note their faults.

    Args:
        fields: the question.
        marks: the marks of each key point that stands on a side.
    """
    return tuple(_groups(fields, marks))


def _groups(fields: FieldReader, marks: Mapping[str, int]) -> Iterator[AnyGroup]:
    taken: dict[str, int] = {}
    for place, table in enumerate(fields.tables("any", required=False), 1):
        group = FieldReader(table, fields.log, what="an any-group", path=f"any[{place}]")
        count = group.number("count", example=2)
        members = _members(group, place, taken, marks)
        group.close()
        worth = {marks[key] for key in members}
        if len(worth) > 1:
            each = ", ".join(f"{key} {marks[key]}" for key in members)
            group.fault("key_points", f"carry different marks ({each}): give them all the same")
        if count and members:
            if count >= len(members):
                reason = f"is {count} of {len(members)}: write a smaller number, or take the group out"
                group.fault("count", reason)
            yield AnyGroup(count, members)


def _members(
    group: FieldReader, number: int, taken: dict[str, int], marks: Mapping[str, int]
) -> tuple[str, ...]:
    members = []
    for place, key in group.numbered_texts("key_points"):
        where = f"key_points[{place}]"
        if key not in marks:
            group.fault(where, f'"{key}" is on no side of this question: add it to one, or take it out here')
        elif key in taken:
            same = "twice in this group" if taken[key] == number else f"in group {taken[key]} too"
            group.fault(where, f'"{key}" stands {same}: keep it in one place')
        else:
            taken[key] = number
            members.append(key)
    return tuple(members)


def read_levels(fields: FieldReader) -> tuple[Level, ...]:
    """Return the question's own levels, or the default ones where it has none."""
    tables = fields.tables("levels", required=False)
    if not tables:
        return DEFAULT_LEVELS
    levels: list[Level] = []
    for place, table in enumerate(tables, 1):
        level = FieldReader(table, fields.log, what="a level", path=f"levels[{place}]")
        number = level.number("number", example=place)
        if number not in (None, place):
            level.fault(
                "number", f"is {number}, but should be {place}: number levels from the lowest, 1, 2, 3"
            )
        share = level.share("from_share")
        _check_share(level, share, [one.from_share for one in levels])
        descriptor = level.text("descriptor", example="Explains several relevant points") or ""
        level.close()
        levels.append(Level(place, share or 0.0, descriptor))
    if len(levels) == 1:
        fields.fault("levels", "there is one only: write at least two, or none to have the usual five")
    return tuple(levels)


def _check_share(level: FieldReader, share: float | None, lower: list[float]) -> None:
    if share is None:
        return
    if not lower and share != 0:
        level.fault("from_share", "must be 0.0 in the lowest level, so that every essay has one")
    elif lower and share <= lower[-1]:
        level.fault("from_share", f"is {share}, but must be more than {lower[-1]}, the level below")
