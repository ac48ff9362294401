"""Texts at the edge of what anybody hands in, and how much memory a long run takes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter

from bench.material import SLUG, essays_of, usual_prompt
from bench.tables import Table
from grader.errors import EssayRefused
from grader.scorer import KeyPointScorer
from grader.screening import MAX_CHARACTERS

LONG_RUN = 2000
_MEGABYTE = 2**20
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes there and kilobytes elsewhere


def tables() -> Iterator[Table]:
    """Yield the time that extreme texts take, and peak memory."""
    yield Table(
        "Extreme texts",
        ("text", "seconds", "outcome"),
        list(_extremes()),
        "Seconds on the clock, in the scorer; ten key points.",
    )
    yield Table("Memory", ("`markscheme grade`", "peak, MB"), list(_memory()), "Peak of the whole program.")


def _extremes() -> Iterator[tuple[str, ...]]:
    scorer = KeyPointScorer(usual_prompt())
    for name, text in _texts():
        started = perf_counter()
        outcome = _outcome(scorer, text)
        yield name, f"{perf_counter() - started:.2f}", outcome


def _texts() -> Iterator[tuple[str, str]]:
    yield "10 MB without a space", "a" * 10 * _MEGABYTE
    yield "200,000 short sentences", "Trade grew. " * 200_000
    yield f"{MAX_CHARACTERS:,} characters without a space", "a" * MAX_CHARACTERS
    yield (
        f"{MAX_CHARACTERS:,} characters of short sentences",
        ("Trade grew. " * MAX_CHARACTERS)[:MAX_CHARACTERS],
    )
    yield f"{MAX_CHARACTERS:,} characters of commas", ("," * MAX_CHARACTERS)[:-5] + " word"
    yield f"{MAX_CHARACTERS:,} open brackets", "(" * (MAX_CHARACTERS - 5) + " word"
    yield f"{MAX_CHARACTERS:,} characters of line ends", "a\n\n" * (MAX_CHARACTERS // 3)


def _outcome(scorer: KeyPointScorer, text: str) -> str:
    try:
        report = scorer.score(text)
    except EssayRefused as refused:
        return f"refused: {refused.code}"
    codes = ", ".join(advisory.code for advisory in report.advisories)
    return f"graded, {report.score:g} marks" + (f" ({codes})" if codes else "")


def _memory() -> Iterator[tuple[str, str]]:
    for essays in (1, LONG_RUN):
        yield f"{essays:,} essay{'s' if essays > 1 else ''} of 320 words", f"{_peak(essays):.0f}"


def _peak(essays: int) -> float:
    """Grade in a program of its own, and return the largest memory that any such program has had, in MB."""
    texts = essays_of()
    lines = "".join(
        json.dumps({"id": i, "prompt": SLUG, "text": texts[i % len(texts)]}) + "\n" for i in range(essays)
    )
    subprocess.run(
        [sys.executable, "-m", "web.cli", "grade", "-"],
        input=lines, text=True, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _PEAK_UNIT / _MEGABYTE
