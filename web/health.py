"""The service as programs see it from outside: alive, ready, measured. No page needs any of it.

`/healthz` says that the process answers, `/readyz` that it can do its work; both give nothing away.
`/metrics` is for an admin, or for whoever sends the token that is kept in the data folder; for anybody
else there is nothing here.
"""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, Gauge

from services.errors import NotFound
from web.access import current_person
from web.keys import kept_key
from web.metrics import metrics_of_app
from web.standing import Standing, take_stock

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers; nothing else is asked."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether essays can be taken and marked; 503 and why where they cannot."""
    faults = take_stock().faults
    status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
    return jsonify(status="not ready" if faults else "ready", faults=faults), status


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Write out all figures in Prometheus' form."""
    if not _may_measure():
        raise NotFound
    _measure(take_stock())
    return Response(metrics_of_app().written(), content_type=CONTENT_TYPE_LATEST)


# A prober speaks plain http to the loopback address, also where pages are served by https alone.
for view in (alive, ready, metrics):
    view.talisman_view_options = {"force_https": False}  # type: ignore[attr-defined]  # Talisman's own mark


def _may_measure() -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if given and hmac.compare_digest(given.encode(), metrics_token().encode()):
        return True
    person = current_person()
    return person is not None and person.is_admin


def metrics_token() -> str:
    """Return the token that lets a collector read the figures, made once and kept in the data folder."""
    known = cast(dict[str, str], current_app.extensions)
    if "metrics-token" not in known:
        known["metrics-token"] = kept_key(current_app.extensions["backups"].keys, "metrics-token")
    return known["metrics-token"]


def _measure(standing: Standing) -> None:
    figures = metrics_of_app()
    figures.database_up.set(standing.database_up)
    figures.disk_free_bytes.set(standing.disk_free)
    last = standing.last_backup
    _set(figures.waiting, standing.waiting)
    _set(figures.oldest_waiting, standing.oldest_waiting)
    _set(figures.database_bytes, standing.database_bytes)
    _set(figures.caretaker_age, standing.caretaker_idle)
    _set(figures.last_backup, last.timestamp() if last else None)


def _set(gauge: Gauge, value: float | None) -> None:
    gauge.set(float("nan") if value is None else value)
