"""The second step at the sign-in: a code that the person's telephone makes from a key and the time.

RFC 6238 (TOTP) with what every authenticator app understands: SHA-1, thirty seconds, six digits. A code is
good once, in its own half minute and the ones beside it, since telephones' clocks are a little off.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

from sqlalchemy.orm import Session

from models import User
from services.errors import CodeRefused

STEP_SECONDS = 30
DIGITS = 6
BESIDE = (0, -1, 1)
_KEY_BYTES = 20  # as long as the digest: RFC 4226, section 4
_ISSUER = "Markscheme"


def new_key() -> str:
    """Return a new key as people type it: 32 capital letters and digits (base32)."""
    return base64.b32encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")


def code_at(key: str, step: int) -> str:
    """Return the code of one step of time (RFC 4226, section 5.3)."""
    mac = hmac.new(base64.b32decode(key), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 0xF
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(moment: datetime) -> int:
    """Return the number of the half minute that a moment is in."""
    return int(moment.timestamp()) // STEP_SECONDS


def address_of(key: str, *, username: str) -> str:
    """Return the address that an authenticator app reads off a QR code."""
    label = f"{_ISSUER}:{username}"
    return f"otpauth://totp/{quote(label, safe=':')}?{urlencode({'secret': key, 'issuer': _ISSUER})}"


def switch_on(session: Session, *, user: User, key: str, code: str, now: datetime) -> None:
    """Ask for codes of this key from now on, once the first one shows that it works. Raises: CodeRefused."""
    user.second_step = _matching(key, code, now, last=None)
    user.second_key = key
    session.flush()


def switch_off(session: Session, *, user: User) -> None:
    """Ask for the password alone again."""
    user.second_key = user.second_step = None
    session.flush()


def take(session: Session, *, user: User, code: str, now: datetime) -> None:
    """Use a code up. Raises: CodeRefused where it is another one, or was used already."""
    user.second_step = _matching(user.second_key or "", code, now, last=user.second_step)
    session.flush()


def _matching(key: str, code: str, now: datetime, *, last: int | None) -> int:
    typed = "".join(code.split())
    for beside in BESIDE:
        step = step_of(now) + beside
        fits = hmac.compare_digest(typed.encode(), code_at(key, step).encode()) if key else False
        if fits and (last is None or step > last):
            return step
    raise CodeRefused
