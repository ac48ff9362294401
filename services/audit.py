"""The audit log: who did what to whose work. Append-only; never an essay, never a reason's text."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from models import AuditEvent, User


class Act(StrEnum):
    """What is worth remembering."""

    REVEAL = "reveal"
    RELEASE = "release"
    OVERRIDE = "override"
    MARK = "mark"
    EXPORT = "export"
    INVITE = "invite"
    MERGE = "merge"
    HAND_OVER = "hand-over"  # a person's own data was taken out
    ERASE = "erase"
    CALIBRATE = "calibrate"  # what marks a question was changed


def record(session: Session, *, actor: User | None, action: Act, subject: str, now: datetime) -> AuditEvent:
    """Append one act; `subject` names the thing by kind and reference, such as "submission k3v9...".

    `actor` is None for what the machine or its operator did.
    """
    event = AuditEvent(at=now, actor_id=actor.id if actor else None, action=action, subject=subject)
    session.add(event)
    session.flush()
    return event
