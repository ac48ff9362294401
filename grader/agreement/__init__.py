"""How far the machine agrees with a person: every figure with its n and an interval.

Each figure is a function of sums over essays (a table of verdict pairs, a table of marks in
tenths, a few moments), so one matrix product gives it for every bootstrap sample at once. The
bootstrap resamples whole essays with replacement, because the judgements within one essay are not
independent of each other; intervals are the 2.5 and 97.5 percentiles (Efron and Tibshirani, An
Introduction to the Bootstrap, 1993, chapter 13).

The mark of an essay is the share of credit over its key points (half for *partial*); QWK, exact and
adjacent agreement take it in tenths, 0 to 10. Names and thresholds follow RSMTool (Educational
Testing Service, documentation, "Evaluation metrics"), after Williamson, Xi and Breyer, A Framework
for Evaluation and Use of Automated Scoring, 2012.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.agreement.comparison import Comparison, Judgement
from grader.agreement.measures import (
    Floats,
    adjacent_agreement,
    cohen_kappa,
    exact_agreement,
    f1,
    share,
    standardised_mean_difference,
    wilson_interval,
)
from grader.report import CREDIT, Verdict

MIN_QWK = 0.70
"""Below it the machine explains less than half of the variance of human marks (Williamson et al.)."""
MIN_ADJACENT = 0.95
"""Share of essays whose marks should differ by one step at most (RSMTool)."""
MAX_SMD = 0.15
"""Largest standardised difference between the means of machine and human marks (Williamson et al.)."""
TENTHS = 11
"""Steps of the mark scale: shares of credit from 0/10 to 10/10."""

_VERDICTS = tuple(Verdict)
_CREDITED = np.array([CREDIT[verdict] > 0 for verdict in _VERDICTS])
_BATCH = 100  # bootstrap samples held at once: bounds memory at 100 x essays numbers


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval and the number of cases behind it; None where undefined."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PointAgreement:
    """One key point over all essays that were asked about it; `credited` is how often a person credits it."""

    key: str
    n: int
    credited: int
    rightly_credited: int
    wrongly_credited: int
    overlooked: int
    exact: Figure
    kappa: Figure


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures of one comparison, each key point's, and what should make a reader wary."""

    essays: int
    ungraded: int
    judgements: int
    figures: Mapping[str, Figure]
    points: tuple[PointAgreement, ...]
    flags: tuple[str, ...]


def measure_agreement(comparisons: Sequence[Comparison], *, seed: int, resamples: int = 1000) -> Agreement:
    """Measure agreement over essays; the same seed gives the same intervals."""
    judgements = [judgement for comparison in comparisons for judgement in comparison.judgements]
    figures = _figures(comparisons, seed, resamples)
    return Agreement(
        essays=len(comparisons),
        ungraded=sum(not comparison.graded for comparison in comparisons),
        judgements=len(judgements),
        figures=figures,
        points=_by_point(judgements),
        flags=_flags(figures),
    )


# Sums over essays: one row an essay, in the order of these slices.
_PAIRS = slice(0, 16)
_MARKS = slice(16, 16 + TENTHS**2)
_MOMENTS = slice(_MARKS.stop, _MARKS.stop + 4)
_ERRORS = slice(_MOMENTS.stop, _MOMENTS.stop + 1)
_EVIDENCE = slice(_ERRORS.stop, _ERRORS.stop + 2)
_LEVELS = slice(_EVIDENCE.stop, _EVIDENCE.stop + 3)
_WIDTH = _LEVELS.stop


def _pairs(sums: Floats) -> Floats:
    return sums[..., _PAIRS].reshape(*sums.shape[:-1], 4, 4)


def _marks(sums: Floats) -> Floats:
    return sums[..., _MARKS].reshape(*sums.shape[:-1], TENTHS, TENTHS)


def _contradictions_credited(sums: Floats) -> Floats:
    row = _pairs(sums)[..., _VERDICTS.index(Verdict.CONTRADICTED), :]
    return share(row[..., _CREDITED].sum(-1), row.sum(-1))


_FIGURES: Mapping[str, Callable[[Floats], Floats]] = {
    "credit_f1": lambda sums: f1(_pairs(sums), _CREDITED),
    "verdict_kappa": lambda sums: cohen_kappa(_pairs(sums)),
    "verdict_exact": lambda sums: exact_agreement(_pairs(sums)),
    "contradictions_credited": _contradictions_credited,
    "mark_qwk": lambda sums: cohen_kappa(_marks(sums), quadratic=True),
    "mark_exact": lambda sums: exact_agreement(_marks(sums)),
    "mark_adjacent": lambda sums: adjacent_agreement(_marks(sums)),
    "mark_smd": lambda sums: standardised_mean_difference(sums[..., _MOMENTS]),
    "mark_mae": lambda sums: share(sums[..., _ERRORS.start], sums[..., _MOMENTS.start]),
    "evidence_overlap": lambda sums: share(sums[..., _EVIDENCE.start + 1], sums[..., _EVIDENCE.start]),
    "level_in_range": lambda sums: share(sums[..., _LEVELS.start + 1], sums[..., _LEVELS.start]),
    "level_width": lambda sums: share(sums[..., _LEVELS.start + 2], sums[..., _LEVELS.start]),
}


def _figures(comparisons: Sequence[Comparison], seed: int, resamples: int) -> dict[str, Figure]:
    rows = np.array([_row(comparison) for comparison in comparisons], dtype=float).reshape(-1, _WIDTH)
    total = rows.sum(0)
    samples = _bootstrap(rows, seed, resamples)
    return {
        name: _figure(figure(total), _cases(name, total), figure(samples))
        for name, figure in _FIGURES.items()
    }


def _row(comparison: Comparison) -> Floats:
    row = np.zeros(_WIDTH)
    for judgement in comparison.judgements:
        row[4 * _VERDICTS.index(judgement.human) + _VERDICTS.index(judgement.machine)] += 1
        if judgement.evidence_right is not None:
            row[_EVIDENCE] += (1, judgement.evidence_right)
    human, machine = (
        _mark(j.human for j in comparison.judgements),
        _mark(j.machine for j in comparison.judgements),
    )
    row[_MARKS.start + TENTHS * round(10 * human) + round(10 * machine)] = 1
    row[_MOMENTS] = (1, human, human**2, machine)
    row[_ERRORS] = abs(human - machine)
    row[_LEVELS] = _level(comparison)
    return row


def _mark(verdicts: Iterable[Verdict]) -> float:
    credits = [CREDIT[verdict] for verdict in verdicts]
    return sum(credits) / max(1, len(credits))


def _level(comparison: Comparison) -> tuple[int, bool, int]:
    given, level = comparison.machine_level, comparison.human_level
    if given is None or level is None:
        return 0, False, 0
    return 1, given.low <= level <= given.high, given.high - given.low + 1


def _bootstrap(rows: Floats, seed: int, resamples: int) -> Floats:
    n = len(rows)
    if n == 0:
        return np.zeros((0, _WIDTH))
    random = np.random.default_rng(seed)
    sizes = [min(_BATCH, resamples - done) for done in range(0, resamples, _BATCH)]
    return np.vstack([random.multinomial(n, np.full(n, 1 / n), size) @ rows for size in sizes] or [rows[:0]])


def _cases(name: str, total: Floats) -> int:
    if name.startswith("mark"):
        return int(total[_MOMENTS.start])
    if name.startswith("level"):
        return int(total[_LEVELS.start])
    if name.startswith("evidence"):
        return int(total[_EVIDENCE.start])
    if name.startswith("contradictions"):
        return int(_pairs(total)[_VERDICTS.index(Verdict.CONTRADICTED)].sum())
    return int(total[_PAIRS].sum())


def _figure(value: Floats, n: int, samples: Floats) -> Figure:
    if np.isnan(value):
        return Figure(None, n)
    defined = samples[~np.isnan(samples)]
    if not defined.size:
        return Figure(float(value), n)
    low, high = np.percentile(defined, [2.5, 97.5])
    return Figure(float(value), n, float(low), float(high))


def _by_point(judgements: Iterable[Judgement]) -> tuple[PointAgreement, ...]:
    tables: dict[str, Floats] = {}
    for judgement in judgements:
        table = tables.setdefault(judgement.key, np.zeros((4, 4)))
        table[_VERDICTS.index(judgement.human), _VERDICTS.index(judgement.machine)] += 1
    return tuple(_point(key, table) for key, table in tables.items())


def _point(key: str, table: Floats) -> PointAgreement:
    n = int(table.sum())
    both = int(table[np.ix_(_CREDITED, _CREDITED)].sum())
    human, machine = int(table[_CREDITED].sum()), int(table[:, _CREDITED].sum())
    right = int(np.trace(table))
    return PointAgreement(
        key=key,
        n=n,
        credited=human,
        rightly_credited=both,
        wrongly_credited=machine - both,
        overlooked=human - both,
        exact=Figure(right / n, n, *wilson_interval(right, n)),
        kappa=_figure(cohen_kappa(table), n, np.zeros(0)),
    )


def _flags(figures: Mapping[str, Figure]) -> tuple[str, ...]:
    qwk, adjacent, smd = (figures[name].value for name in ("mark_qwk", "mark_adjacent", "mark_smd"))
    found = []
    if qwk is not None and qwk < MIN_QWK:
        found.append(f"QWK of the marks is {qwk:.2f}, below {MIN_QWK:.2f}.")
    if adjacent is not None and adjacent < MIN_ADJACENT:
        found.append(f"{adjacent:.0%} of the marks are within one tenth, below {MIN_ADJACENT:.0%}.")
    if smd is not None and abs(smd) > MAX_SMD:
        direction = "higher" if smd > 0 else "lower"
        found.append(f"The machine marks {direction} than people: SMD {smd:+.2f}, beyond {MAX_SMD:.2f}.")
    return tuple(found)
