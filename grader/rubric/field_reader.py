"""Read the fields of a table, noting every fault instead of stopping at the first.

An author mends a file in one go if all that is wrong with it is said at once. So a reader never
raises: it writes down what does not fit, returns None or nothing in its place, and reading goes on.
Positions in lists are counted from 1, as a person would. What the fields mean together is decided
elsewhere (`grader.rubric.unit_parsing`, `grader.rubric.prompt_parsing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from grader.errors import Fault

Table = Mapping[str, Any]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_RULE = "use small letters a to z, figures and single hyphens, such as leaf-and-light"
MOST_CHARACTERS = 20_000
"""Longest text that a field may hold: ten times a model answer; beyond it a paste has gone astray."""


class FaultLog:
    """The faults of one file, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._faults: list[Fault] = []

    def add(self, key: str, reason: str) -> None:
        """Note that what stands at `key` does not fit, and how to mend it."""
        self._faults.append(Fault(self.file, key, reason))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything noted so far."""
        return tuple(self._faults)


class FieldReader:
    """Reads one table of a file field by field; `close` reports the fields that nobody asked for.

    `path` is where the table stands ("sides[2]"; empty for the file itself), `what` names it in a
    sentence ("a question").
    """

    def __init__(self, table: Table, log: FaultLog, *, what: str, path: str = "") -> None:
        self._table = table
        self.log = log
        self._what = what
        self._path = path
        self._known: list[str] = []

    def key(self, name: str) -> str:
        """Return where a field stands in the file."""
        return f"{self._path}.{name}" if self._path else name

    def fault(self, name: str, reason: str) -> None:
        """Note a fault of one field."""
        self.log.add(self.key(name), reason)

    def text(self, name: str, *, example: str, required: bool = True) -> str | None:
        """Read a text without the space around it; an optional one may be left out, not blank."""
        value = self._take(name, (str,), f'text in quotes, such as "{example}"', required, f'"{example}"')
        return None if value is None else self._sound_text(self.key(name), value)

    def slug(self, name: str, *, example: str) -> str | None:
        """Read an identifier that can stand in an address."""
        value = self.text(name, example=example)
        if value is not None and not SLUG.fullmatch(value):
            self.fault(name, f'"{value}" cannot be used: {SLUG_RULE}')
            return None
        return value

    def number(self, name: str, *, example: int, required: bool = True, most: int = 1000) -> int | None:
        """Read a whole number from 1 to `most`."""
        value = self._take(name, (int,), f"a whole number, such as {example}", required, str(example))
        if value is not None and not 1 <= value <= most:
            self.fault(name, f"must be a whole number from 1 to {most}")
            return None
        return value if value is None else int(value)

    def share(self, name: str) -> float | None:
        """Read a number from 0 to 1."""
        value = self._take(name, (int, float), "a number from 0 to 1, such as 0.4", True, "0.4")
        if value is not None and not 0 <= value <= 1:  # also false for TOML's nan
            self.fault(name, "must be a number from 0 to 1, such as 0.4")
            return None
        return None if value is None else float(value)

    def flag(self, name: str) -> bool | None:
        """Read true or false; None where it is left out."""
        value: bool | None = self._take(name, (bool,), "true or false, without quotes", False, "true")
        return value

    def texts(self, name: str, *, required: bool = True) -> tuple[str, ...]:
        """Read a list of texts; those that do not fit are noted and left out."""
        sound = (text for _, text in self.numbered_texts(name, required=required))
        return tuple(sound)

    def numbered_texts(self, name: str, *, required: bool = True) -> list[tuple[int, str]]:
        """Read a list of texts together with each one's place in the file, from 1."""
        form = 'a list of texts, such as ["...", "..."]'
        values = self._take(name, (list,), form, required, '["...", "..."]')
        if values == [] and required:
            self.fault(name, "is empty: put at least one entry between the brackets")
        return [
            (place, text)
            for place, value in enumerate(values or (), 1)
            if (text := self._text_item(f"{self.key(name)}[{place}]", value)) is not None
        ]

    def tables(self, name: str, *, required: bool = True) -> list[Table]:
        """Read the tables that [[name]] headings begin."""
        above = re.split(r"[.\[]", self._path)[0]
        heading = f"[[{above}.{name}]]" if above else f"[[{name}]]"
        values = self._take(name, (list,), f"written as {heading} headings", required, "")
        if values == [] and required:
            self.fault(name, f"is empty: add at least one {heading}")
        if values and not all(isinstance(value, dict) for value in values):
            self.fault(name, f"must be written as {heading} headings, each with its own fields below")
            return []
        return values or []

    def table(self, name: str) -> Table:
        """Read one optional table under a [name] heading."""
        return self._take(name, (dict,), f"written under a [{name}] heading", False, "") or {}

    def close(self) -> None:
        """Note every field that was not asked for, with the nearest one that exists."""
        for name in self._table:
            if name not in self._known:
                there_are = f"its fields are {', '.join(self._known)}"
                near = suggestion(name, self._known, otherwise=there_are)
                self.fault(name, f"is not a field of {self._what}{near}")

    def _take(self, name: str, kinds: tuple[type, ...], form: str, required: bool, example: str) -> Any:
        self._known.append(name)
        if name not in self._table:
            if required:
                self.fault(name, f"not found: add {f'{name} = {example}' if example else f'[[{name}]]'}")
            return None
        value = self._table[name]
        if type(value) in kinds:  # not isinstance: for Python, true is a whole number
            return value
        self.fault(name, f"must be {form}, but is {_named(value)}")
        return None

    def _text_item(self, key: str, value: object) -> str | None:
        if isinstance(value, str):
            return self._sound_text(key, value)
        self.log.add(key, f"must be text in quotes, but is {_named(value)}")
        return None

    def _sound_text(self, key: str, value: str) -> str | None:
        text = value.strip()
        if not text:
            self.log.add(key, "is blank: write something between the quotes, or take it out")
        elif len(text) > MOST_CHARACTERS:
            self.log.add(key, f"is {len(text):,} characters long: shorten it to {MOST_CHARACTERS:,} at most")
        else:
            return text
        return None


def suggestion(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return ": did you mean ...?" with the nearest known name, or else what to do instead."""
    nearest = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f': did you mean "{nearest[0]}"?' if nearest else f": {otherwise}"


def _named(value: object) -> str:
    names = {str: "text", bool: "true or false", int: "a whole number", float: "a number", list: "a list"}
    return names.get(type(value), "a table" if isinstance(value, dict) else "a date or time")
