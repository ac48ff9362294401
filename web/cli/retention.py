"""`markscheme retention`: whose work the school's rule would take away now; with --apply, take it away."""

from __future__ import annotations

from datetime import timedelta

import click

from services import retention as keeping
from services.retention import Due
from web import retention as rules
from web.cli.service import opened
from web.clock import now
from web.extensions import db


@click.command()
@click.option("--apply", is_flag=True, help="Erase them; without it nothing is changed.")
def retention(*, apply: bool) -> None:
    """Show whose time is over by MARKSCHEME_GUEST_DAYS and MARKSCHEME_KEEP_DAYS.

    The service does it daily.
    """
    with opened():
        rule = rules.current_rule()
        click.echo(f"Guests: {_span(rule.guests)}. Students: {_span(rule.students)}. Teachers: never.")
        if apply:
            went = rules.expire_now()
            click.echo(f"Erased: {went.guests} guests, {went.students} students, {went.essays} essays.")
            return
        due = keeping.due(db.session, rule=rule, now=now())
        for each in due:
            click.echo(_line(each))
        click.echo(f"{len(due)} people would be erased now; --apply erases them. Nothing was changed.")


def _span(span: timedelta | None) -> str:
    return f"{span.days} days after the last thing written" if span else "never"


def _line(each: Due) -> str:
    kind = "guest" if each.user.guest else "student"
    return f"  {kind} {each.user.username}: {each.essays} essays, last seen writing {each.last_act:%Y-%m-%d}"
