"""What may stand in an essay that is stored: cleaned as little as storage needs, and bounded."""

from __future__ import annotations

from services.errors import EssayTooLong

MAX_ESSAY_CHARACTERS = 100_000
"""About 16,000 words: ten times the longest essay that an examination asks for."""

SHORT_WORDS = 30
"""Below this, handing in may be a slip: ask first."""


def clean(text: str) -> str:
    """Return the text with one kind of line break and nothing that a database cannot hold.

    Browsers send CR LF; a stored essay has LF, so that evidence offsets and comparisons agree. NUL and
    lone surrogates cannot be stored: the first is dropped, the second becomes a question mark.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text


def bounded(text: str) -> str:
    """Return the cleaned text, or raise EssayTooLong."""
    text = clean(text)
    if len(text) > MAX_ESSAY_CHARACTERS:
        raise EssayTooLong(characters=len(text), limit=MAX_ESSAY_CHARACTERS)
    return text


def count_words(text: str) -> int:
    """Count what a writer would count: runs between spaces that hold a letter or a digit."""
    return sum(any(character.isalnum() for character in run) for run in text.split())


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
