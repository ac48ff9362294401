"""Two texts side by side: which paragraphs, or sentences, only one of them has. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PARAGRAPH = re.compile(r"\n\s*\n|\n")

# Texts of many thousand lines would keep SequenceMatcher busy for minutes: they are shown unmarked.
_MOST_PIECES = 2_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one text; `differs` says that the other text has none like it."""

    text: str
    differs: bool


def paragraphs(text: str) -> tuple[str, ...]:
    """Split a text into its paragraphs, without empty ones."""
    return tuple(part.strip() for part in _PARAGRAPH.split(text) if part.strip())


def mark_differences(one: str, other: str) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Return the paragraphs of both texts, those marked that only one of them has."""
    ours, theirs = paragraphs(one), paragraphs(other)
    if len(ours) + len(theirs) > _MOST_PIECES:
        return _unmarked(ours), _unmarked(theirs)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    same_ours = {i for block in blocks for i in range(block.a, block.a + block.size)}
    same_theirs = {i for block in blocks for i in range(block.b, block.b + block.size)}
    return _marked(ours, same_ours), _marked(theirs, same_theirs)


def _marked(pieces: Sequence[str], same: set[int]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(piece, i not in same) for i, piece in enumerate(pieces))


def _unmarked(pieces: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(piece, differs=False) for piece in pieces)
