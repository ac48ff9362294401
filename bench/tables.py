"""Figures as tables: aligned for a terminal, or as Markdown for the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.cli.columns import columns


@dataclass(frozen=True, slots=True)
class Table:
    """A title, heads, rows of text, and a note on how the figures came about."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""

    def as_text(self) -> str:
        """Return the table for a terminal."""
        return "\n".join([self.title, "", *columns([self.heads, *self.rows]), *self._closing()])

    def as_markdown(self) -> str:
        """Return the table for a document."""
        rule = ["---", *["--:"] * (len(self.heads) - 1)]
        lines = ["| " + " | ".join(row) + " |" for row in (self.heads, rule, *self.rows)]
        return "\n".join([f"## {self.title}", "", *lines, *self._closing()])

    def _closing(self) -> list[str]:
        return ["", self.note] if self.note else []
