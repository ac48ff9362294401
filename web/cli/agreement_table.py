"""Agreement as a table for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from grader.agreement import Agreement, Figure, PointAgreement
from web.cli.columns import columns

NAMES = {
    "credit_f1": "credit F1",
    "verdict_kappa": "verdict kappa",
    "verdict_exact": "verdict exact",
    "contradictions_credited": "contradictions credited",
    "mark_qwk": "mark QWK",
    "mark_exact": "mark exact",
    "mark_adjacent": "mark adjacent",
    "mark_smd": "mark SMD",
    "mark_mae": "mark mean error",
    "evidence_overlap": "evidence overlap",
    "level_in_range": "level in range",
    "level_width": "levels in a range",
}
"""How each figure is called on the page."""


def agreement_table(agreement: Agreement, seed: int, resamples: int) -> str:
    """Return the figures, the flags and a row for each key point, as lines of text."""
    return "\n".join(
        [
            f"{agreement.essays} essays, {agreement.judgements} judgements, {agreement.ungraded} not graded",
            "",
            *columns([("figure", "value", "95 % interval", "n"), *_figure_rows(agreement)]),
            "",
            *(f"Take care: {flag}" for flag in agreement.flags),
            *([""] if agreement.flags else []),
            *columns([_POINT_HEADS, *map(_point_row, agreement.points)]),
            "",
            "Marks are shares of credit, in tenths.",
            f"Intervals: {resamples:,} bootstrap samples of whole essays, seed {seed}.",
            "The interval of a key point is Wilson’s.",
        ]
    )


_POINT_HEADS = (
    "key point",
    "n",
    "credited",
    "rightly",
    "wrongly",
    "overlooked",
    "exact",
    "95 % interval",
    "kappa",
)


def _figure_rows(agreement: Agreement) -> Iterator[tuple[str, ...]]:
    for name, figure in agreement.figures.items():
        yield NAMES[name], _number(figure.value), _interval(figure), str(figure.n)


def _point_row(point: PointAgreement) -> tuple[str, ...]:
    counts = (point.n, point.credited, point.rightly_credited, point.wrongly_credited, point.overlooked)
    return (
        point.key,
        *map(str, counts),
        _number(point.exact.value),
        _interval(point.exact),
        _number(point.kappa.value),
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return "-"
    return f"{figure.low:.2f} to {figure.high:.2f}"
