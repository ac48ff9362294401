"""What the service counts and times, in the form that Prometheus reads; no label names a person or an essay.

Counts are of this process and start from nothing with it; what is read off the database or the disk at the
moment of asking is set by `web.health`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, perf_counter
from typing import cast

from flask import Flask, Response, current_app, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LOCK_SECONDS = (0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15)


class Metrics:
    """All figures of one service, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self.requests = Histogram(
            "markscheme_request_seconds", "Time from a request to its answer.",
            ("method", "endpoint", "status"), buckets=_REQUEST_SECONDS, registry=registry,
        )  # fmt: skip
        self.answering = _gauge(registry, "requests_in_progress", "Requests being answered.")
        self.scoring = Histogram(
            "markscheme_scoring_seconds", "Time that marking one essay took.",
            ("outcome",), buckets=_REQUEST_SECONDS, registry=registry,
        )  # fmt: skip
        self.lock_waits = Histogram(
            "markscheme_lock_wait_seconds", "Time that a writer queued for the database.",
            buckets=_LOCK_SECONDS, registry=registry,
        )  # fmt: skip
        self.longest_lock_wait = _gauge(registry, "longest_lock_wait_seconds", "The longest since the start.")
        self.longest_wait = 0.0
        self.refused_at: float | None = None
        self.troubles = Counter(
            "markscheme_storage_troubles", "Requests that the database could not serve.",
            ("trouble",), registry=registry,
        )  # fmt: skip
        self.unforeseen = Counter(
            "markscheme_unforeseen_errors", "Requests that met a mistake of the program.", registry=registry
        )
        self.waiting = _gauge(registry, "waiting_essays", "Essays that await marking.")
        self.oldest_waiting = _gauge(registry, "oldest_waiting_seconds", "How long the oldest of them waits.")
        self.database_up = _gauge(registry, "database_up", "1 where the database can be read, else 0.")
        self.database_bytes = _gauge(registry, "database_bytes", "Size of the database file.")
        self.disk_free_bytes = _gauge(registry, "disk_free_bytes", "Room on the disk of the data folder.")
        self.caretaker_age = _gauge(registry, "caretaker_idle_seconds", "Time since its last round.")
        self.last_backup = _gauge(registry, "last_backup_timestamp_seconds", "When the last backup was made.")

    def waited(self, seconds: float) -> None:
        """Note how long a writer queued for the database."""
        self.lock_waits.observe(seconds)
        if seconds > self.longest_wait:  # two at once may leave the shorter one: close enough for a glance
            self.longest_wait = seconds
            self.longest_lock_wait.set(seconds)

    def refused(self, trouble: str) -> None:
        """Note that the database could not serve a request."""
        self.troubles.labels(trouble).inc()
        self.refused_at = monotonic()

    @contextmanager
    def time_scoring(self) -> Iterator[None]:
        """Time what is done inside; an exception that leaves it counts as a failure."""
        started, outcome = perf_counter(), "failed"
        try:
            yield
            outcome = "marked"
        finally:
            self.scoring.labels(outcome).observe(perf_counter() - started)

    def total(self, name: str, **labels: str) -> float:
        """Sum one kind of sample over all labels that are not named."""
        samples = (sample for metric in self.registry.collect() for sample in metric.samples)
        return sum(
            sample.value
            for sample in samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    def written(self) -> bytes:
        """Return everything in Prometheus' text form."""
        return generate_latest(self.registry)


def init_metrics(app: Flask) -> Metrics:
    """Time every request of the app from now on; return where the figures are kept."""
    app.extensions["metrics"] = metrics = Metrics()
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_gone)
    return metrics


def metrics_of_app() -> Metrics:
    """Return the figures of the present app."""
    return cast(Metrics, current_app.extensions["metrics"])


def _gauge(registry: CollectorRegistry, name: str, what: str) -> Gauge:
    return Gauge(f"markscheme_{name}", what, registry=registry)


def _begin() -> None:
    g.began_at = perf_counter()
    metrics_of_app().answering.inc()


def _end(response: Response) -> Response:
    """Count by endpoint, never by address: addresses carry references and one-time tokens."""
    began = g.get("began_at")
    if began is not None:
        labels = (request.method, request.endpoint or "none", str(response.status_code))
        metrics_of_app().requests.labels(*labels).observe(perf_counter() - began)
    return response


def _gone(_: BaseException | None) -> None:
    if g.pop("began_at", None) is not None:
        metrics_of_app().answering.dec()
