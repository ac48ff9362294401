"""Show how the service stands, and make a backup now."""

from __future__ import annotations

from http import HTTPStatus

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

from models.backup import BackupFailed, backups_in
from services.overview import Overview, overview
from web import backing_up
from web.access import current_admin
from web.admin.blueprint import blueprint
from web.admin.figures import figures_since_start
from web.clock import now
from web.extensions import begin_reading, db
from web.metrics import metrics_of_app
from web.standing import take_stock

SHOWN_BACKUPS = 5
NO_BACKUP = "No backup was made: the server’s log says why. Check the room on the disk, then try again."

log = get_logger(__name__)


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Show everything at a glance."""
    current_admin()
    plan = backing_up.current_plan()
    standing = take_stock()
    return render_template(
        "admin/overview.html",
        standing=standing,
        counts=_counts(),
        figures=figures_since_start(metrics_of_app()),
        backups=backups_in(plan.folder)[:SHOWN_BACKUPS],
        plan=plan,
        can_back_up=backing_up.database_file() is not None,
        caretaker="caretaker" in current_app.extensions,
    )


@blueprint.post("/backup")
def back_up() -> ResponseReturnValue:
    """Make a backup now."""
    current_admin()
    db.session.rollback()  # the copy reads: no writer waits for it
    try:
        made = backing_up.back_up_now()
    except BackupFailed as error:
        log.error("no backup", exc_info=error)
        flash(NO_BACKUP, "warning")
    else:
        flash(f"Backed up as {made.file.name}, and checked.", "success")
    return redirect(url_for("admin.show"), HTTPStatus.SEE_OTHER)


def _counts() -> Overview | None:
    try:
        begin_reading()
        return overview(db.session, now=now())
    except SQLAlchemyError:
        return None
