"""The audit log: who did what to whose work, append-only; never an essay, never a reason's text.

SQLite itself refuses to change or delete a line of it. Two changes alone are let through, both to who acted:
the acts of a guest move to the account that the guest becomes, and those of somebody who was erased are
nobody's from then on.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DDL, ForeignKey, String, event
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AuditEvent(Base):
    """One act: `action` such as reveal, override, export; `subject` names the row by kind and ref."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))


TRIGGERS = (
    """
CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
""",
    """
CREATE TRIGGER audit_event_stands BEFORE UPDATE ON audit_event
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at
  OR NEW.action IS NOT OLD.action OR NEW.subject IS NOT OLD.subject
  OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id
      AND NOT EXISTS (SELECT 1 FROM user WHERE user.id = OLD.actor_id AND user.guest))
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
""",
)
"""What makes the log append-only; the migration that adds them holds a copy that never changes."""

for trigger in TRIGGERS:
    statement = DDL(trigger)  # type: ignore[no-untyped-call]  # SQLAlchemy's own constructor has no types
    event.listen(AuditEvent.__table__, "after_create", statement.execute_if(dialect="sqlite"))
