"""`python -m bench.public FOLDER`: figures on public answer-marking data, beside the best classic ones.

FOLDER holds the splits as JSON lines, one answer or pair a line (scientsbank-*, beetle-*, argkp-*). Two-way
macro-F1 counts "correct" against the rest. Trained figures are fitted on the train split alone: with weights
of a question's own where the test split has the same questions, with shared weights only where it has not.
The threshold is the one that does best on held-out folds of the train split.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bench.public_pairs import IN_ANSWERS, PairReader, as_marked_points, make_rubric, read_answers, read_rows
from bench.tables import Table
from grader.calibration import Calibration, PointView
from grader.calibration.chances import softmax
from grader.calibration.fitting import Design, MarkedPoint
from grader.report import Verdict

Floats: TypeAlias = NDArray[np.float64]

UNSEEN = ("unseen-answers", "unseen-questions", "unseen-domains")
BEST_CLASSIC = {
    "scientsbank": {"unseen-answers": 0.807, "unseen-questions": 0.751, "unseen-domains": 0.749},
    "beetle": {"unseen-answers": 0.863, "unseen-questions": 0.768},
}
BEST_ARGKP = {"strict": 0.581, "relaxed": 0.764}
_THRESHOLDS = np.linspace(0.2, 0.7, 51)
_SEED = 1


def main() -> None:
    """Print the tables."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    for name in BEST_CLASSIC:
        print(short_answers(folder, name).as_text(), flush=True)
    print(arguments(folder).as_text())


def short_answers(folder: Path, name: str) -> Table:
    """Measure one set of marked short answers, as shipped and trained."""
    splits = {split: read_answers(folder, f"{name}-{split}") for split in ("train", *BEST_CLASSIC[name])}
    marked = as_marked_points(splits)
    own = _Trained(marked["train"])
    shared = _Trained([_anonymous(row) for row in marked["train"]])
    rows = []
    for split, best in BEST_CLASSIC[name].items():
        trained = own if split == "unseen-answers" else shared
        test = marked[split] if trained is own else [_anonymous(row) for row in marked[split]]
        human = _correct(test)
        as_shipped = macro_f1(human, np.array([row.machine is Verdict.HIT for row in test]))
        figure, low, high = _with_interval(test, trained.judge(test))
        rows.append(
            (
                split,
                str(len(test)),
                f"{as_shipped:.3f}",
                f"{figure:.3f}",
                f"{low:.3f}-{high:.3f}",
                f"{best:.3f}",
            )
        )
    heads = ("", "n", "zero-shot", "trained", "95 %", "best classic")
    return Table(
        f"{name}, two-way macro-F1",
        heads,
        rows,
        f"{datetime.now(UTC):%Y-%m-%d}; intervals resample questions.\n",
    )


def _anonymous(row: MarkedPoint) -> MarkedPoint:
    """Return a row without words of its own or a question to call its own: what carries over."""
    return replace(row, essay=row.view.key, view=replace(row.view, key="any", grams=()))


class _Trained:
    """A calibration fitted on a train split, and the threshold that did best on its held-out folds."""

    def __init__(self, train: Sequence[MarkedPoint]) -> None:
        design = Design(train, IN_ANSWERS)
        everything = np.arange(len(train))
        held_out = np.zeros(len(train))
        for rows, out in design.folds(everything, np.random.default_rng(_SEED)):
            odds = design.log_odds(out, design.solve(rows, 1.0))
            held_out[out] = [softmax(row)[0] for row in odds.tolist()]
        self._threshold = _best_threshold(_correct(train), held_out)
        self._calibration: Calibration = design.calibration(design.solve(everything, 1.0), "public")

    def judge(self, rows: Sequence[MarkedPoint]) -> NDArray[np.bool_]:
        """Return which answers are taken to be correct."""
        return np.array([self._calibration.adjust(row.view)[0] > self._threshold for row in rows])


def _best_threshold(human: NDArray[np.bool_], chances: Floats) -> float:
    figures = [macro_f1(human, chances > threshold) for threshold in _THRESHOLDS]
    smooth = np.convolve(np.pad(figures, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    return float(_THRESHOLDS[int(smooth.argmax())])


def _correct(rows: Sequence[MarkedPoint]) -> NDArray[np.bool_]:
    return np.array([row.human is Verdict.HIT for row in rows])


def macro_f1(human: NDArray[np.bool_], machine: NDArray[np.bool_]) -> float:
    """Return the mean of F1 for correct and F1 for the rest."""
    right, wrong = int((human & machine).sum()), int((~human & ~machine).sum())
    slips = int((human != machine).sum())
    return (right / max(1.0, right + slips / 2) + wrong / max(1.0, wrong + slips / 2)) / 2


def _with_interval(rows: Sequence[MarkedPoint], machine: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Return macro-F1 and its 95 % interval, from a bootstrap over questions (or answers, by module)."""
    human = _correct(rows)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[row.view.key if row.view.key != "any" else row.essay].append(number)
    members = [np.array(group) for group in groups.values()]
    random = np.random.default_rng(_SEED)
    samples = []
    for _ in range(500):
        drawn = np.concatenate([members[i] for i in random.integers(0, len(members), len(members))])
        samples.append(macro_f1(human[drawn], machine[drawn]))
    low, high = np.percentile(samples, (2.5, 97.5))
    return macro_f1(human, machine), float(low), float(high)


def arguments(folder: Path) -> Table:
    """Measure how arguments are matched with key points, zero-shot, by three readings of average precision.

    A pair without a label counts as no match (strict) or as a match (relaxed). The shared task (KPA-2021,
    track 1) takes the likeliest key point of each argument, of every topic and stance the half with the
    highest scores, and the mean over these groups.
    """
    groups: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(folder / "argkp-test.jsonl"):
        groups[row["topic"], row["stance"]].append(row)
    matched = [_match_all(topic, rows) for (topic, _), rows in groups.items()]
    best = [[max(pairs, key=_score) for pairs in group] for group in matched]
    readings = {
        "shared task: best half of each group": [
            sorted(group, key=_score, reverse=True)[: len(group) // 2] for group in best
        ],
        "best key point of every argument": [[pair for group in best for pair in group]],
        "every pair": [[pair for group in matched for pairs in group for pair in pairs]],
    }
    cells = [(name, *_strict_and_relaxed(groups_read)) for name, groups_read in readings.items()]
    pairs = sum(map(len, groups.values()))
    return Table(
        "ArgKP test, average precision, zero-shot",
        ("", "strict", "relaxed"),
        cells,
        f"n = {pairs} labelled pairs. Best classic figures: {BEST_ARGKP}; of which reading is not on record.",
    )


def _match_all(topic: str, rows: Sequence[dict[str, Any]]) -> list[list[tuple[float, str, int | None]]]:
    """Return for each argument of a group (score, key point, label or None) of every key point."""
    points = {row["key_point_id"]: row["key_point"] for row in rows}
    reader = PairReader(make_rubric(topic, [(key, (text,)) for key, text in points.items()]))
    labels = {(row["arg_id"], row["key_point_id"]): row["match"] for row in rows}
    return [
        [(_match(view), view.key, labels.get((argument, view.key))) for view in reader.views(text)]
        for argument, text in {row["arg_id"]: row["argument"] for row in rows}.items()
    ]


def _score(pair: tuple[float, str, int | None]) -> float:
    return pair[0]


def _strict_and_relaxed(groups: Sequence[Sequence[tuple[float, str, int | None]]]) -> tuple[str, str]:
    strict, relaxed = (np.mean([_precision(group, unlabelled) for group in groups]) for unlabelled in (0, 1))
    return f"{strict:.3f}", f"{relaxed:.3f}"


def _precision(group: Sequence[tuple[float, str, int | None]], unlabelled: int) -> float:
    ranked = sorted(group, key=_score, reverse=True)
    return average_precision([unlabelled if label is None else label for _, _, label in ranked])


def _match(view: PointView) -> float:
    """Return how well a text matches a key point; chosen on the development split of ArgKP."""
    alike = view.similarities
    close = alike["close softly_covered"] + 0.5 * alike["close balanced"] + 0.5 * alike["close letters"]
    return close + 0.3 * alike["lead"]


def average_precision(labels: Sequence[int]) -> float:
    """Return average precision of labels in the order of their scores; 0 where none is 1."""
    hits = np.cumsum(labels)
    ranks = np.arange(1, len(labels) + 1)
    return float((hits / ranks * labels).sum() / hits[-1]) if len(labels) and hits[-1] else 0.0


if __name__ == "__main__":
    main()
