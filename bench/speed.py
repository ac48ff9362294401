"""How fast essays are graded, beside a bare scikit-learn TF-IDF transform of the same sentences.

The peer is `TfidfVectorizer(ngram_range=(1, 2))`, fitted on the rubric's phrasings. It is given the
sentences ready cut and does nothing but the transform: no spans, no verdicts, no screening.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median
from time import perf_counter

from sklearn.feature_extraction.text import TfidfVectorizer

from bench.material import (
    PHRASINGS,
    POINTS,
    SLUG,
    all_phrasings,
    essays_of,
    full_prompt,
    usual_prompt,
)
from bench.tables import Table
from bench.timing import Pair, beside, seconds
from grader.calibration import Calibration
from grader.language.essay import parse_essay
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from prompts import shipped_calibration

ESSAYS = 40
STARTS = 5


def tables() -> Iterator[Table]:
    """Yield the speed of grading, and of what comes before the first report."""
    texts = essays_of()
    essays = [texts[i % len(texts)] for i in range(ESSAYS)]
    prompts = (usual_prompt(), full_prompt())
    yield Table(
        "Grading beside a bare TF-IDF transform",
        ("320 words, ms an essay", "phrasings", "grading", "TF-IDF alone", "ratio", "essays/s"),
        [
            _row(name, len(all_phrasings(prompt)), pair)
            for prompt in prompts
            for name, pair in (*_pairs(prompt, essays), *_pairs(prompt, essays, shipped_calibration(prompt)))
        ],
        f"{POINTS} key points, {ESSAYS} synthetic essays. {PHRASINGS} phrasings of each point, all kinds "
        "together, and then all that the question's authors wrote. Taught: with a calibration.",
    )
    clock, cpu = _first_report(essays[0])
    yield Table(
        "Starting",
        ("", "on the clock, s", "CPU, s"),
        [
            *(
                (f"a scorer of {len(all_phrasings(prompt))} phrasings", "", f"{_building(prompt):.3f}")
                for prompt in prompts
            ),
            ("`markscheme grade`, from start to first report", f"{clock:.2f}", f"{cpu:.2f}"),
        ],
        f"Median of {STARTS} starts. Other work on the machine counts on the clock, not in CPU time.",
    )


def _building(prompt: Prompt) -> float:
    return seconds(partial(KeyPointScorer, prompt))


def _pairs(
    prompt: Prompt, essays: Sequence[str], calibration: Calibration | None = None
) -> Iterator[tuple[str, Pair]]:
    scorer = KeyPointScorer(prompt, calibration=calibration)
    how = ", taught" if calibration else ""
    gc.freeze()  # as `markscheme grade` does; the peer gains as well
    transform = TfidfVectorizer(ngram_range=(1, 2)).fit(all_phrasings(prompt)).transform
    sentences = [sentences_of(essay) for essay in essays]
    together = [sentence for essay in sentences for sentence in essay]

    def grade_singly() -> None:
        for essay in essays:
            scorer.score(essay)

    def transform_singly() -> None:
        for essay in sentences:
            transform(essay)

    yield f"one essay at a time{how}", beside(grade_singly, transform_singly)
    yield f"in one batch{how}", beside(lambda: list(scorer.score_many(essays)), lambda: transform(together))


def sentences_of(essay: str) -> list[str]:
    """Return the essay's sentences as the grader cuts them."""
    parsed = parse_essay(essay)
    return [essay[span.start : span.end] for span in (parsed.span(unit, unit) for unit in parsed.units)]


def _first_report(essay: str) -> tuple[float, float]:
    """Start `markscheme grade` several times; return seconds to its first line of output, and CPU seconds."""
    line = json.dumps({"id": 1, "prompt": SLUG, "text": essay})
    started = _cpu_of_programs()
    clock = median(_start(line) for _ in range(STARTS))
    return clock, (_cpu_of_programs() - started) / STARTS


def _cpu_of_programs() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _start(line: str) -> float:
    started = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "web.cli", "grade", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdin and program.stdout
        program.stdin.write(line + "\n")
        program.stdin.flush()
        report = program.stdout.readline()
        taken = perf_counter() - started
        program.stdin.close()
    assert '"points"' in report
    return taken


def _row(name: str, phrasings: int, pair: Pair) -> tuple[str, ...]:
    ours, peer = pair.ours / ESSAYS, pair.peer / ESSAYS
    return (
        name,
        f"{phrasings}",
        f"{ours * 1000:.2f}",
        f"{peer * 1000:.2f}",
        f"{pair.ratio:.1f}",
        f"{1 / ours:,.0f}",
    )
