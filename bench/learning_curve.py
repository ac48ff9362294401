"""`python -m bench.learning_curve FOLDER [--svg FILE]`: agreement by the number of marked answers a question.

SciEntsBank: from the train split N answers to each question, drawn with a seed; tested on all of
unseen-answers. Each module's questions, about ten, are one rubric, as in use. A module whose calibration
is refused on its own training answers keeps the scorer as it is: that is what a teacher would get. Answers
of a sentence get the likeliest verdict: the scorer knows too little of them to be asked first.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.curve_picture import Curve, draw
from bench.public_pairs import IN_ANSWERS, as_marked_points, read_answers
from bench.tables import Table
from grader.calibration.chances import likeliest
from grader.calibration.fitting import MarkedPoint, agreement, chances_held_out, fit_weights
from grader.report import Verdict

SIZES = (0, 5, 10, 20, 40)
SEED = 1


@dataclass(frozen=True, slots=True)
class Step:
    """What N marked answers a question come to: agreement of verdicts, and modules that were refused."""

    size: int
    kappa: float
    exact: float
    credited_alike: float
    refused: int
    n: int


def main() -> None:
    """Print the table, and draw the curve where a file is named."""
    options = _options()
    train, test = (_by_module(options.folder, split) for split in ("train", "unseen-answers"))
    steps = [measure(train, test, size) for size in SIZES]
    rows = [_row(step, len(train)) for step in steps]
    heads = ("marked answers a question", "kappa", "exact", "credit alike", "modules refused")
    note = f"{datetime.now(UTC):%Y-%m-%d}; SciEntsBank unseen answers, n = {steps[0].n}, seed {SEED}."
    print(Table("Learning from marks", heads, rows, note).as_markdown())
    if options.svg:
        curves = (
            Curve("verdict kappa", [(step.size, step.kappa) for step in steps]),
            Curve("credit alike", [(step.size, step.credited_alike) for step in steps]),
        )
        options.svg.write_text(draw(curves, "marked answers a question"), encoding="utf-8")


def _row(step: Step, modules: int) -> tuple[str, ...]:
    figures = (f"{value:.3f}" for value in (step.kappa, step.exact, step.credited_alike))
    return str(step.size), *figures, f"{step.refused} of {modules}"


def measure(train: dict[str, list[MarkedPoint]], test: dict[str, list[MarkedPoint]], size: int) -> Step:
    """Fit every module to `size` answers a question and judge its unseen answers."""
    human: list[Verdict] = []
    machine: list[Verdict] = []
    refused = 0
    for module, rows in test.items():
        given = judge(_sample(train[module], size), rows)
        refused += given is None
        human += [row.human for row in rows]
        machine += given or [row.machine for row in rows]
    exact = np.mean([h is m for h, m in zip(human, machine, strict=True)])
    alike = np.mean([(h is Verdict.HIT) == (m is Verdict.HIT) for h, m in zip(human, machine, strict=True)])
    return Step(size, agreement(human, machine), float(exact), float(alike), refused, len(human))


def judge(train: Sequence[MarkedPoint], test: Sequence[MarkedPoint]) -> list[Verdict] | None:
    """Return the verdicts of a calibration on unseen answers, or None where it is refused."""
    if not train:
        return None
    human = [row.human for row in train]
    held_out = [likeliest(found) for found in chances_held_out(train, seed=SEED, spread=IN_ANSWERS)]
    if agreement(human, held_out) <= agreement(human, [row.machine for row in train]):
        return None
    learnt = fit_weights(train, structure_hash="public", seed=SEED, spread=IN_ANSWERS)
    return [likeliest(learnt.adjust(row.view)) for row in test]


def _sample(rows: Sequence[MarkedPoint], size: int) -> list[MarkedPoint]:
    """Return `size` answers to each question; a smaller sample is part of every larger one."""
    random = np.random.default_rng(SEED)
    by_question: dict[str, list[MarkedPoint]] = defaultdict(list)
    for number in random.permutation(len(rows)).tolist():
        by_question[rows[number].view.key].append(rows[number])
    return [row for answers in by_question.values() for row in answers[:size]]


def _by_module(folder: Path, split: str) -> dict[str, list[MarkedPoint]]:
    answers = read_answers(folder, f"scientsbank-{split}")
    modules: dict[str, list[MarkedPoint]] = defaultdict(list)
    for answer, row in zip(answers, as_marked_points({split: answers})[split], strict=True):
        modules[answer.module].append(row)
    return dict(modules)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="holds scientsbank-train.jsonl and -unseen-answers.jsonl")
    parser.add_argument("--svg", type=Path, help="where to draw the curve")
    return parser.parse_args()


if __name__ == "__main__":
    main()
