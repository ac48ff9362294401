"""Text files as people save them: UTF-8 with or without a mark, UTF-16, or Windows-1252."""

from __future__ import annotations

import codecs
from pathlib import Path

import click


def read_notes(path: Path) -> str:
    """Return the text of a file of notes; stop the command with a sentence where it cannot be read."""
    try:
        return decode_text(path.read_bytes())
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from None


def decode_text(content: bytes) -> str:
    """Return bytes as text: by their byte order mark, else as UTF-8, else as Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
