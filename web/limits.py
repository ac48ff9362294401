"""How often something may be tried. A whole school often shares one address, so that the limits for an
address are wide, and those for one name or one person narrow. They count in the memory of each process.
"""

from __future__ import annotations

from flask import request, session
from flask_limiter.util import get_remote_address
from flask_security import current_user

SIGN_IN_BY_NAME = "10 per 5 minutes"
SIGN_IN_BY_ADDRESS = "300 per 5 minutes"
NEW_PEOPLE_BY_ADDRESS = "300 per hour"
JOIN_CODES_BY_PERSON = "20 per 5 minutes"
INVITATIONS_BY_ADDRESS = "30 per hour"
CODES_BY_PERSON = "5 per 5 minutes"
"""Six digits, three of a million fit at a time: guessing takes years, from however many addresses."""

CHECKS_BY_PERSON = "30 per minute"
ERASING_BY_PERSON = "5 per 5 minutes"


def by_name() -> str:
    """Count by address and the user name that is tried."""
    return f"{get_remote_address()} {request.form.get('username', '').strip().casefold()[:80]}"


def by_person() -> str:
    """Count by whoever is signed in, by address where nobody is."""
    return current_user.get_id() or get_remote_address()


def by_half_entered() -> str:
    """Count by the person whose password was right a moment ago, wherever the codes come from."""
    half_way = session.get("half-entered")
    return str(half_way[0]) if half_way else get_remote_address()
