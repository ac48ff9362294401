"""The audit log cannot be changed or cut, whoever holds the database's connection."""

from __future__ import annotations

import importlib

import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import AuditEvent, User
from models.audit import TRIGGERS
from services import accounts, audit
from tests.factories import NOON


@pytest.fixture
def event(session: Session, ada: User) -> AuditEvent:
    return audit.record(
        session, actor=ada, action=audit.Act.REVEAL, subject="prompt light-or-water", now=NOON
    )


def test_an_entry_cannot_be_deleted(session: Session, event: AuditEvent) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(delete(AuditEvent))


@pytest.mark.parametrize(
    "change", [{"subject": "prompt another"}, {"action": "mark"}, {"at": NOON.replace(hour=3)}]
)
def test_an_entry_cannot_be_changed(session: Session, event: AuditEvent, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(update(AuditEvent).values(**change))


def test_an_entry_cannot_be_laid_at_another_door(session: Session, event: AuditEvent, ben: User) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(update(AuditEvent).values(actor_id=ben.id))


def test_the_acts_of_somebody_erased_are_nobodys(session: Session, event: AuditEvent, ada: User) -> None:
    session.execute(delete(User).where(User.id == ada.id))
    assert session.execute(select(AuditEvent.actor_id, AuditEvent.subject)).all() == [
        (None, "prompt light-or-water")
    ]


def test_the_acts_of_a_guest_come_along(session: Session, ada: User) -> None:
    guest = accounts.create_guest(session, now=NOON)
    audit.record(session, actor=guest, action=audit.Act.REVEAL, subject="prompt x", now=NOON)
    accounts.merge_guest(session, guest=guest, into=ada, now=NOON)
    assert {event.actor_id for event in session.scalars(select(AuditEvent))} == {ada.id}


def test_the_migration_holds_the_same_triggers_as_the_model() -> None:
    migration = importlib.import_module("models.migrations.0002_privacy")
    assert migration.TRIGGERS == TRIGGERS


def test_the_triggers_are_there(engine: Engine) -> None:
    with engine.connect() as connection:
        names = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        )
        assert list(names) == ["audit_event_stands", "audit_event_stays"]
