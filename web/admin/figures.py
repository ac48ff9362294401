"""What the metrics of this process come to, in the few figures that a person looks at."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Histogram

from web.metrics import Metrics

NEARLY_ALL = 0.99


@dataclass(frozen=True, slots=True)
class Figures:
    """Since the start of this process. `within`: seconds that hold for 99 %; None: nothing yet, or longer."""

    requests: int
    requests_within: float | None
    unforeseen: int
    troubles: int
    marked: int
    not_marked: int
    marked_within: float | None
    writes: int
    longest_lock_wait: float


def figures_since_start(metrics: Metrics) -> Figures:
    """Read the figures off the metrics."""
    return Figures(
        requests=int(metrics.total("markscheme_request_seconds_count")),
        requests_within=_within(metrics.requests),
        unforeseen=int(metrics.total("markscheme_unforeseen_errors_total")),
        troubles=int(metrics.total("markscheme_storage_troubles_total")),
        marked=int(metrics.total("markscheme_scoring_seconds_count", outcome="marked")),
        not_marked=int(metrics.total("markscheme_scoring_seconds_count", outcome="failed")),
        marked_within=_within(metrics.scoring),
        writes=int(metrics.total("markscheme_lock_wait_seconds_count")),
        longest_lock_wait=metrics.longest_wait,
    )


def _within(histogram: Histogram) -> float | None:
    """Return the smallest bound that 99 % of a histogram's values stay under."""
    counts: dict[float, float] = {}
    for sample in next(iter(histogram.collect())).samples:
        if sample.name.endswith("_bucket"):
            bound = float(sample.labels["le"])
            counts[bound] = counts.get(bound, 0) + sample.value
    total = counts.get(float("inf"), 0)
    bounds = (bound for bound in sorted(counts) if bound != float("inf"))
    return next((bound for bound in bounds if total and counts[bound] >= NEARLY_ALL * total), None)
