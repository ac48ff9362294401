"""`markscheme calibrations`: learn from what teachers decided, and choose what marks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from models import Calibration, Prompt
from services import calibrations as learning
from services import catalogue
from services.errors import CalibrationRefused, NotFound
from web import upkeep
from web.cli.service import opened
from web.clock import now
from web.extensions import db


@click.group(name="calibrations", short_help="Learn from reviewed essays.")
def calibrations() -> None:
    """Learn from essays on which a teacher has decided every key point."""


@calibrations.command("fit")
@click.argument("slug")
def fit(slug: str) -> None:
    """Fit a calibration for the question SLUG and keep it; it marks nothing until `activate`."""
    with _service():
        row = learning.fit(db.session, prompt=_prompt(slug), creator=None, now=now())
        db.session.commit()
        click.echo(_line(row))
        click.echo(row.agreement["refusal"] or f"To mark with it: markscheme calibrations activate {row.id}")


@calibrations.command("list")
@click.argument("slug")
def list_fitted(slug: str) -> None:
    """List what was fitted for the question SLUG, the newest first."""
    with _service():
        rows = learning.history(db.session, prompt=_prompt(slug))
        for row in rows:
            click.echo(_line(row))
        if not rows:
            click.echo(f"Nothing has been fitted yet: markscheme calibrations fit {slug}")


@calibrations.command("activate")
@click.argument("number", type=click.IntRange(min=1))
def activate(number: int) -> None:
    """Mark with calibration NUMBER from now on; refused where it agrees less with teachers."""
    with _service():
        learning.activate(db.session, calibration=_calibration(number), actor=None, now=now())
        db.session.commit()
        click.echo(f"Calibration {number} is in force. Essays already marked keep their marks.")


@calibrations.command("retire")
@click.argument("number", type=click.IntRange(min=1))
def retire(number: int) -> None:
    """Stop marking with calibration NUMBER: the scorer marks as shipped again."""
    with _service():
        learning.retire(db.session, calibration=_calibration(number), actor=None, now=now())
        db.session.commit()
        click.echo(f"Calibration {number} is retired.")


@contextmanager
def _service() -> Iterator[None]:
    """Open the service, and say in one sentence what was refused."""
    try:
        with opened():
            upkeep.upgrade_tables()
            yield
    except CalibrationRefused as refused:
        raise click.ClickException(refused.message) from None


def _prompt(slug: str) -> Prompt:
    try:
        return catalogue.find_prompt(db.session, slug=slug)
    except NotFound:
        sentence = f'There is no question "{slug}": `markscheme prompts list` names them.'
        raise click.ClickException(sentence) from None


def _calibration(number: int) -> Calibration:
    row = db.session.get(Calibration, number)
    if row is None:
        sentence = f"There is no calibration {number}: `markscheme calibrations list SLUG` names them."
        raise click.ClickException(sentence)
    return row


def _line(row: Calibration) -> str:
    figures = row.agreement
    before, after = (figures[when]["verdict_kappa"]["value"] for when in ("before", "after"))
    kappa = f"kappa {_figure(before)} as shipped, {_figure(after)} fitted"
    return f"{row.id}  {row.created_at:%Y-%m-%d %H:%M}  {_state(row)}  {figures['essays']} essays, {kappa}"


def _state(row: Calibration) -> str:
    if row.activated_at is None:
        return "refused " if row.agreement["refusal"] else "inactive"
    return "in force" if row.retired_at is None else "retired "


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
