"""Files that people take along: whole, not kept by any cache, under a name that every system takes."""

from __future__ import annotations

import io
import re
import unicodedata

from flask import Response, send_file

LONGEST_PART = 150
"""Bytes in UTF-8 of a title in a file name: with the rest of the name far below the 255 of most systems."""


def download(text: str, name: str, content_type: str) -> Response:
    """Return a text as a file in UTF-8 to be saved as `name`; letters of every script come through."""
    response = send_file(
        io.BytesIO(text.encode()),
        mimetype=content_type,
        as_attachment=True,
        download_name=name,
        conditional=False,
    )
    response.content_type = f"{content_type}; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"  # it holds what pupils wrote
    return response


def part_of_file_name(title: str, otherwise: str) -> str:
    """Return a title in small letters and figures of every script, and hyphens; `otherwise` where empty."""
    letters = "".join(map(_kept, unicodedata.normalize("NFC", title).lower()))
    part = re.sub("-+", "-", letters).strip("-").encode()[:LONGEST_PART].decode(errors="ignore")
    return part.strip("-") or otherwise


def _kept(character: str) -> str:
    """Return letters, their marks and figures as they are, nothing for what cannot be seen, else a hyphen."""
    kind = unicodedata.category(character)
    return character if kind[0] in "LMN" else "" if kind == "Cf" else "-"
