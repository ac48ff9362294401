"""Where to go next, as far as the address bar may say it: addresses of this service only."""

from __future__ import annotations

from urllib.parse import urlsplit


def own_address(wanted: str | None, otherwise: str) -> str:
    """Return `wanted` if it is a path of this service, else `otherwise`: no link leads elsewhere."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return otherwise
    if any(ord(letter) < 33 or letter == "\\" for letter in wanted):
        return otherwise
    parts = urlsplit(wanted)
    return otherwise if parts.scheme or parts.netloc else wanted
