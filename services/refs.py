"""Random names for things: references in addresses, join codes, one-time tokens."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for one another on a projector: no i, l, o, 0 or 1."""

REF_LENGTH = 16  # 79 bits: not to be guessed
JOIN_CODE_LENGTH = 6  # 887 million codes; joining is rate-limited


def new_ref() -> str:
    """Return a new reference for an address."""
    return _random(REF_LENGTH)


def new_join_code() -> str:
    """Return a new join code, in capitals."""
    return _random(JOIN_CODE_LENGTH).upper()


def read_join_code(typed: str) -> str:
    """Return the code that a person meant: case, spaces and hyphens do not matter."""
    return "".join(character for character in typed.upper() if character.isalnum())


def new_token() -> str:
    """Return a new secret for a one-time link (192 bits)."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """Return what is stored of a token, so that the database gives no link away."""
    return hashlib.sha256(token.encode()).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
