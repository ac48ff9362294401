"""Retention as the service keeps to it: the school's rule, and the work that it takes away once a day."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app
from structlog import get_logger

from services import retention
from services.retention import Expired, Rule
from web.clock import now
from web.config import Settings
from web.extensions import db

FIRST = timedelta(hours=1)
"""After the start, so that whoever starts the service with a new rule can still think better of it."""

EVERY = timedelta(hours=24)
BATCH = 20
"""How many people are erased in one transaction: no writer waits for long."""

log = get_logger(__name__)


def rule_of(settings: Settings) -> Rule:
    """Read the rule off the settings."""
    students = timedelta(days=settings.keep_days) if settings.keep_days else None
    return Rule(guests=timedelta(days=settings.guest_days), students=students)


def current_rule() -> Rule:
    """Return the rule of the present app."""
    rule: Rule = current_app.extensions["retention"]
    return rule


def expire_now() -> Expired:
    """Erase everybody whose time is over, a few at a time, and say how much went."""
    went, batch = Expired(), Expired(guests=1)
    while batch != Expired():
        db.session.rollback()
        batch = retention.expire(db.session, rule=current_rule(), now=now(), limit=BATCH)
        db.session.commit()
        went += batch
    if went != Expired():
        log.info("time over", guests=went.guests, students=went.students, essays=went.essays)
    return went


def expire_if_due(app: Flask) -> None:
    """Do it an hour after the start and once a day from then on."""
    if now() < app.extensions.setdefault("next-expiry", now() + FIRST):
        return
    app.extensions["next-expiry"] = now() + EVERY
    expire_now()
