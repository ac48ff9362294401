"""From marked essays to a calibration, and whether it may replace what marks now.

It may only where it agrees more with the markers, on essays that it has not seen, than the scorer as
shipped and than the calibration in force. Every figure here is held out: five-fold cross-validation
over writers, so that a redraft never speaks for the draft before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from grader.agreement import Agreement, measure_agreement
from grader.agreement.comparison import Comparison, Judgement, MarkedEssay
from grader.calibration import Calibration, PointView
from grader.calibration.chances import likeliest
from grader.calibration.fitting import MarkedPoint, agreement, chances_held_out, fit_weights
from grader.errors import CalibrationError, EssayRefused
from grader.report import Verdict
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer

MIN_WRITERS = 5
"""Fewer writers than folds cannot say whether anything was learnt."""
MORE = "Mark more essays and try again."
FIGURES = ("verdict_kappa", "verdict_exact", "credit_f1", "mark_qwk", "mark_mae")

_Read: TypeAlias = tuple[MarkedEssay, tuple[PointView, ...]]


@dataclass(frozen=True, slots=True)
class InForce:
    """The calibration that marks now, and the ids of the essays that it was fitted on."""

    calibration: Calibration
    essays: Collection[str]


@dataclass(frozen=True, slots=True)
class Duel:
    """Kappa of a new calibration and of the one in force, over `n` judgements that neither has seen."""

    new: float
    in_force: float
    n: int


@dataclass(frozen=True, slots=True)
class FittedCalibration:
    """A calibration, and agreement with the markers before and after it, on essays it has not seen.

    `duel` is None where no calibration is in force, or where it has seen every essay.
    """

    calibration: Calibration
    essays: int
    before: Agreement
    after: Agreement
    duel: Duel | None = None

    @property
    def refusal(self) -> str:
        """Why it may not replace what marks now, in a sentence with the figures; "" where it may."""
        over = f"over {self.essays} essays, {self.after.judgements} verdicts"
        kappa, kappa_before = _kappa(self.after), _kappa(self.before)
        credit, credit_before = _credit_f1(self.after), _credit_f1(self.before)
        if kappa <= kappa_before:
            return (
                "The calibration agrees no better with the markers than the scorer as it is: "
                f"kappa {kappa:.3f} against {kappa_before:.3f} ({over}). {MORE}"
            )
        if credit < credit_before:
            return (
                "The calibration gives credit less as the markers do than the scorer as it is: "
                f"credit F1 {credit:.3f} against {credit_before:.3f} ({over}). {MORE}"
            )
        if self.duel and self.duel.new < self.duel.in_force:
            return (
                "The calibration agrees less with the markers than the one in force: "
                f"kappa {self.duel.new:.3f} against {self.duel.in_force:.3f} "
                f"(over {self.duel.n} verdicts new to both). {MORE}"
            )
        return ""

    def figures(self) -> dict[str, Any]:
        """Return the figures as plain JSON values: before and after, with intervals and n."""
        return {
            "essays": self.essays,
            "judgements": self.after.judgements,
            "before": _figures(self.before),
            "after": _figures(self.after),
            "duel": asdict(self.duel) if self.duel else None,
            "refusal": self.refusal,
        }


def fit(
    prompt: Prompt,
    marked: Sequence[MarkedEssay],
    *,
    seed: int,
    writers: Mapping[str, str] | None = None,
    base: Calibration | None = None,
    in_force: InForce | None = None,
    notes: Sequence[str] = (),
) -> FittedCalibration:
    """Fit a calibration to marked essays on one question and measure what it is worth.

    Args:
        prompt: the question with its rubric.
        marked: essays with the markers' verdicts; a key point without a verdict is left out.
        seed: of the folds; the same essays and seed give the same calibration.
        writers: who wrote which essay, by essay id; without it every essay has its own writer.
        base: what comes with the question; the new calibration is fitted to what it leaves to be learnt,
            and holds it.
        in_force: the calibration that it would replace, if another than `base`.
        notes: texts that count as copied notes.

    Raises:
        CalibrationError: too few writers, or none of the essays can be marked.
    """
    read = list(_read_all(KeyPointScorer(prompt, notes=notes), marked))
    rows = _marked_points(read, base)
    by_writer = [_as_written_by(row, writers) for row in rows]
    found = len({row.essay for row in by_writer})
    if found < MIN_WRITERS:
        raise CalibrationError(
            f"There are essays by {found} writers; fitting takes at least {MIN_WRITERS}. {MORE}"
        )
    chances = chances_held_out(by_writer, seed=seed)
    held_out = list(map(likeliest, chances))
    learnt = fit_weights(by_writer, structure_hash=prompt.structure_hash, seed=seed)
    return FittedCalibration(
        calibration=learnt.on_top_of(base) if base else learnt,
        essays=len({row.essay for row in rows}),
        before=_measure(rows, [row.machine for row in rows], seed),
        after=_measure(rows, held_out, seed),
        duel=_duel(read, held_out, in_force),
    )


def _read_all(scorer: KeyPointScorer, marked: Sequence[MarkedEssay]) -> Iterator[_Read]:
    """Yield what the scorer makes of every essay; pass over texts that cannot be marked."""
    for essay in marked:
        with suppress(EssayRefused):
            yield essay, scorer.views(essay.text)


def _marked_points(read: Sequence[_Read], calibration: Calibration | None) -> list[MarkedPoint]:
    """Return every verdict of the markers beside what a calibration, or the scorer alone, makes of it."""
    return [
        MarkedPoint(essay.id, view, likeliest(view.chances), essay.labels[view.key])
        for essay, views in read
        for view in (calibration.take_in(views) if calibration else views)
        if view.key in essay.labels
    ]


def _as_written_by(row: MarkedPoint, writers: Mapping[str, str] | None) -> MarkedPoint:
    writer = (writers or {}).get(row.essay, row.essay)
    return MarkedPoint(writer, row.view, row.machine, row.human)


def _measure(rows: Sequence[MarkedPoint], machine: Sequence[Verdict], seed: int) -> Agreement:
    essays: dict[str, list[Judgement]] = {}
    for row, verdict in zip(rows, machine, strict=True):
        essays.setdefault(row.essay, []).append(Judgement(row.view.key, row.human, verdict))
    return measure_agreement([Comparison(tuple(judgements)) for judgements in essays.values()], seed=seed)


def _duel(read: Sequence[_Read], held_out: Sequence[Verdict], in_force: InForce | None) -> Duel | None:
    """Compare both on the essays that the calibration in force was not fitted on."""
    if in_force is None:
        return None
    judged = zip(_marked_points(read, in_force.calibration), held_out, strict=True)
    new = [(row, verdict) for row, verdict in judged if row.essay not in in_force.essays]
    if not new:
        return None
    human, old = [row.human for row, _ in new], [row.machine for row, _ in new]
    return Duel(agreement(human, [verdict for _, verdict in new]), agreement(human, old), len(new))


def _kappa(measured: Agreement) -> float:
    """Return kappa of the verdicts, or the share of equal ones where kappa is undefined."""
    kappa = measured.figures["verdict_kappa"].value
    return kappa if kappa is not None else measured.figures["verdict_exact"].value or 0.0


def _credit_f1(measured: Agreement) -> float:
    return measured.figures["credit_f1"].value or 0.0


def _figures(measured: Agreement) -> dict[str, Any]:
    return {name: asdict(measured.figures[name]) for name in FIGURES}
