"""Read a unit of revision notes: its cards, its key points and how each is said.

Pure: a table as `tomllib` gives it goes in, a unit and a list of faults come out. Where there are
faults the unit holds what could be read, so that questions can be checked against it all the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from grader.rubric import Card, Essential, KeyPoint, Unit
from grader.rubric.field_reader import SLUG, FaultLog, FieldReader, Table

FORMAT = 1
"""The form of unit and question files that this version reads."""


def read_unit(data: Table, log: FaultLog, *, slug: str | None) -> Unit:
    """Return what can be read of a unit and note its faults in `log`.

    Args:
        data: the file as a table.
        log: takes the faults.
        slug: the name of the folder, which the unit's slug must equal; None where there is none.
    """
    fields = FieldReader(data, log, what="a unit")
    read_format(fields)
    unit = Unit(
        slug=read_own_slug(fields, slug, holder="folder"),
        title=fields.text("title", example="Photosynthesis") or "",
        subject=fields.text("subject", example="Biology") or "",
        cards=tuple(_read_card(table, place, log) for place, table in _numbered(fields, "cards")),
        key_points=tuple(_read_point(table, place, log) for place, table in _numbered(fields, "key_points")),
    )
    fields.close()
    _check_cards(unit, log)
    _check_ids(data.get("key_points"), log)
    _check_places(unit, _line_counts(data.get("cards")), log)
    return unit


def read_format(fields: FieldReader) -> None:
    """Note a fault where the file is not in the one form that there is."""
    number = fields.number("format", example=FORMAT)
    if number not in (None, FORMAT):
        fields.fault("format", f"{number} is not a form that this version reads: write format = {FORMAT}")


def read_own_slug(fields: FieldReader, expected: str | None, *, holder: str) -> str:
    """Read the slug, which must be the name of the folder or file that holds it."""
    slug = fields.slug("slug", example=expected or "leaf-and-light")
    if slug and expected is not None and slug != expected:
        fields.fault("slug", f'is "{slug}", but the {holder} is named "{expected}": make the two the same')
    return slug or expected or ""


def _numbered(fields: FieldReader, name: str) -> list[tuple[int, Table]]:
    return list(enumerate(fields.tables(name), 1))


def _read_card(table: Table, place: int, log: FaultLog) -> Card:
    fields = FieldReader(table, log, what="a card", path=f"cards[{place}]")
    number = fields.number("number", example=place)
    title = fields.text("title", example="Where photosynthesis takes place")
    lines = fields.texts("lines")
    fields.close()
    return Card(number or 0, title or "", lines)


def _read_point(table: Table, place: int, log: FaultLog) -> KeyPoint:
    """Read one key point; card and line are 0 where they cannot be read."""
    own_id = table.get("id")
    named = isinstance(own_id, str) and SLUG.fullmatch(own_id)
    path = f"key_points.{own_id}" if named else f"key_points[{place}]"
    fields = FieldReader(table, log, what="a key point", path=path)
    point = KeyPoint(
        id=fields.slug("id", example="p1-chloroplasts") or "",
        text=fields.text("text", example="Photosynthesis takes place in the chloroplasts") or "",
        hint=fields.text("hint", example="In which part of the cell does it happen?") or "",
        card=fields.number("card", example=1) or 0,
        line=fields.number("line", example=1) or 0,
        accept=fields.texts("accept", required=False),
        partial=fields.texts("partial", required=False),
        contrary=fields.texts("contrary", required=False),
        essentials=_read_essentials(fields, path, log),
    )
    fields.close()
    _check_phrasings(point, fields)
    _check_hint(point, fields)
    return point


def _read_essentials(point: FieldReader, path: str, log: FaultLog) -> tuple[Essential, ...]:
    found = []
    for place, table in enumerate(point.tables("essentials", required=False), 1):
        fields = FieldReader(table, log, what="an essential", path=f"{path}.essentials[{place}]")
        asks = fields.text("asks", example="where in the cell it happens") or ""
        words = fields.texts("words")
        fields.close()
        told = next((word for word in words if _holds(asks, word)), None)
        if told:
            fields.fault("asks", f'gives away "{told}", one of its own words: ask for it without saying it')
        found.append(Essential(asks, words))
    return tuple(found)


def _check_phrasings(point: KeyPoint, fields: FieldReader) -> None:
    """Note every phrasing that stands twice: what counts for a point cannot count against it."""
    lists: dict[str, Sequence[str]] = {
        "text": [point.text], "hint": [point.hint],
        "accept": point.accept, "partial": point.partial, "contrary": point.contrary,
    }  # fmt: skip
    places: dict[str, list[str]] = defaultdict(list)
    for name, phrasings in lists.items():
        for phrasing in filter(None, phrasings):
            places[_folded(phrasing)].append(name)
    for phrasing, names in places.items():
        if len(names) > 1:
            where = f"twice in {names[0]}" if names[0] == names[1] else f"in {names[0]} and in {names[1]}"
            fields.fault(names[1], f'"{phrasing}" stands {where}: keep it in one place')


def _check_hint(point: KeyPoint, fields: FieldReader) -> None:
    groups = [essential.words for essential in point.essentials if essential.words]
    told = [next((word for word in words if _holds(point.hint, word)), None) for words in groups]
    if told and all(told):
        words = " and ".join(f'"{word}"' for word in told)
        fields.fault("hint", f"gives the point away with {words}: ask a question that leaves them out")


def _check_cards(unit: Unit, log: FaultLog) -> None:
    counts = Counter(card.number for card in unit.cards if card.number)
    for place, card in enumerate(unit.cards, 1):
        if counts[card.number] > 1:
            reason = f"{card.number} is the number of another card too: give each its own"
            log.add(f"cards[{place}].number", reason)


def _check_ids(tables: object, log: FaultLog) -> None:
    seen: dict[str, int] = {}
    for place, table in enumerate(tables if isinstance(tables, list) else (), 1):
        own_id = table.get("id") if isinstance(table, dict) else None
        if not isinstance(own_id, str):
            continue
        if own_id in seen:
            reason = f'"{own_id}" is already the id of key point {seen[own_id]}: give this one another'
            log.add(f"key_points[{place}].id", reason)
        seen.setdefault(own_id, place)


def _check_places(unit: Unit, counts: Mapping[int, int], log: FaultLog) -> None:
    for point in unit.key_points:
        if not (point.id and point.card and counts):
            continue
        if point.card not in counts:
            numbers = ", ".join(map(str, sorted(counts)))
            log.add(f"key_points.{point.id}.card", f"there is no card {point.card}: the cards are {numbers}")
        elif 0 < counts[point.card] < point.line:
            reason = f"card {point.card} has no line {point.line}: its lines are 1 to {counts[point.card]}"
            log.add(f"key_points.{point.id}.line", reason)


def _line_counts(tables: object) -> dict[int, int]:
    """Return the number of lines of each card as the author numbered them, unsound ones included."""
    counts: dict[int, int] = {}
    for card in tables if isinstance(tables, list) else ():
        number = card.get("number") if isinstance(card, dict) else None
        if type(number) is int:
            lines = card.get("lines")
            counts[number] = len(lines) if isinstance(lines, list) else 0
    return counts


def _folded(phrasing: str) -> str:
    return " ".join(phrasing.casefold().split())


def _holds(text: str, words: str) -> bool:
    """Say whether a text holds these words whole; most are ruled out before a pattern is built."""
    text, words = _folded(text), _folded(words)
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
