"""The one place where the web asks what time it is: services take `now` as an argument."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return datetime.now(UTC)
