"""Units of revision notes, their key points, and the questions set on them.

Frozen values only; `grader.rubric.parsing` reads and checks them. A `Prompt` is self-contained:
it carries the key points and cards that it needs, so that a stored version can be scored without
the unit that it came from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """One heading of a unit's revision notes; `lines` are numbered from 1."""

    number: int
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Essential:
    """A group of interchangeable words of which a sentence that makes the point has at least one.

    `asks` names the gap without filling it ("who the trade was with"): it is shown to students.
    """

    asks: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One content statement that an essay may make, and how it is said.

    `card` and `line` (both from 1) are where the notes state it; `hint` is a question that leads
    to it without giving it away; `accept`, `partial` and `contrary` are phrasings of the point,
    of half of it, and of its opposite.
    """

    id: str
    text: str
    hint: str
    card: int
    line: int
    accept: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    essentials: tuple[Essential, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One set of revision notes: cards and the key points that rest on them."""

    slug: str
    title: str
    subject: str
    cards: tuple[Card, ...]
    key_points: tuple[KeyPoint, ...]

    def key_point(self, key: str) -> KeyPoint:
        """Return a key point by its id; raise KeyError where there is none."""
        for point in self.key_points:
            if point.id == key:
                return point
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Side:
    """A part of the argument and the ids of the key points that belong to it, in order."""

    name: str
    key_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyGroup:
    """Any `count` of these key points earn full marks; further ones earn nothing more."""

    count: int
    key_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of response: reached from `from_share` (0 to 1) of the marks for knowledge."""

    number: int
    from_share: float
    descriptor: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """An essay question with its rubric.

    `marks` gives each key point's marks; `max_score` is what a complete answer earns once the
    any-N groups are counted. `balanced` says that the question asks for both or all sides.
    """

    slug: str
    unit: str
    unit_title: str
    question: str
    sides: tuple[Side, ...]
    key_points: tuple[KeyPoint, ...]
    cards: tuple[Card, ...]
    marks: Mapping[str, int]
    any_groups: tuple[AnyGroup, ...] = ()
    levels: tuple[Level, ...] = ()
    minutes: int = 40
    balanced: bool = True
    model_answer: str = ""
    _by_id: Mapping[str, KeyPoint] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {point.id: point for point in self.key_points})

    def key_point(self, key: str) -> KeyPoint:
        """Return a key point of this rubric by its id; raise KeyError where there is none."""
        return self._by_id[key]

    def card(self, number: int) -> Card:
        """Return a card by its number; raise KeyError where there is none."""
        for card in self.cards:
            if card.number == number:
                return card
        raise KeyError(number)

    def side_of(self, key: str) -> str:
        """Return the name of the side that a key point belongs to."""
        for side in self.sides:
            if key in side.key_points:
                return side.name
        raise KeyError(key)

    @property
    def max_score(self) -> int:
        """What an essay that makes every key point earns, in marks."""
        return int(self.total(dict.fromkeys(self.marks, 1.0)))

    def total(self, credits: Mapping[str, float]) -> float:
        """Add up credits (0 to 1 a key point) into marks, the best `count` of each any-N group."""
        grouped = {key for group in self.any_groups for key in group.key_points}
        free = sum(self.marks[k] * credits.get(k, 0.0) for k in self.marks if k not in grouped)
        return free + sum(self._best_of(group, credits) for group in self.any_groups)

    def _best_of(self, group: AnyGroup, credits: Mapping[str, float]) -> float:
        earned = sorted((self.marks[k] * credits.get(k, 0.0) for k in group.key_points), reverse=True)
        return sum(earned[: group.count])

    def to_body(self) -> dict[str, Any]:
        """Return the question as plain JSON values; `grader.rubric.parsing.prompt_from_body` reads it."""
        body = {name: getattr(self, name) for name in _BODY_FIELDS}
        return json.loads(json.dumps(body, default=_plain))  # type: ignore[no-any-return]

    @property
    def content_hash(self) -> str:
        """Hash of all that the question says: changes with every letter."""
        return _digest(self.to_body())

    @property
    def structure_hash(self) -> str:
        """Hash of what marks rest on (ids, sides, marks, groups): a mended typo leaves it alone."""
        return _digest(
            {
                "slug": self.slug,
                "sides": [[side.name, list(side.key_points)] for side in self.sides],
                "marks": dict(self.marks),
                "any": [[group.count, list(group.key_points)] for group in self.any_groups],
            }
        )


_BODY_FIELDS = (
    "slug", "unit", "unit_title", "question", "sides", "key_points", "cards", "marks",
    "any_groups", "levels", "minutes", "balanced", "model_answer",
)  # fmt: skip


def _plain(value: Any) -> Any:
    return asdict(value)


def _digest(body: Mapping[str, Any]) -> str:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def iter_phrasings(point: KeyPoint) -> Iterator[str]:
    """Yield every phrasing of the point itself: its text, then the accepted ones."""
    yield point.text
    yield from point.accept
