"""Texts at the edge of what anybody hands in, and how much memory a long run takes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from time import process_time

from bench.material import SLUG, essays_of, usual_prompt
from bench.tables import Table
from grader.errors import EssayRefused
from grader.scorer import KeyPointScorer
from grader.screening import MAX_CHARACTERS

LONG_RUN = 2000
_MEGABYTE = 2**20
_GRADE_AND_TELL = """
import atexit, pathlib, re, sys
def tell():
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        sys.stderr.write(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1])
atexit.register(tell)
sys.argv[1:] = ["grade", "-"]
from web.cli import main
main()
"""
# The program tells its own peak, since what the system counts for a child includes its parent's.


def tables() -> Iterator[Table]:
    """Yield the time that extreme texts take, and peak memory."""
    yield Table(
        "Extreme texts",
        ("text", "seconds", "outcome"),
        list(_extremes()),
        "CPU seconds in the scorer; ten key points.",
    )
    yield Table("Memory", ("`markscheme grade`", "peak, MB"), list(_memory()), "Peak of the whole program.")


def _extremes() -> Iterator[tuple[str, ...]]:
    scorer = KeyPointScorer(usual_prompt())
    for name, text in _texts():
        started = process_time()
        outcome = _outcome(scorer, text)
        yield name, f"{process_time() - started:.2f}", outcome


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
    essay, endless = essays_of()[0], ", had trade grown and farms been rich "
    yield (
        f"an essay, then {MAX_CHARACTERS - 10_000:,} characters of one condition after the other",
        f"{essay} {endless * ((MAX_CHARACTERS - 10_000) // len(endless))}",
    )
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
        yield f"{essays:,} essay{'s' if essays > 1 else ''} of 320 words", _peak(essays)


def _peak(essays: int) -> str:
    """Grade in a program of its own, and return the most memory that it had, in MB."""
    texts = essays_of()
    lines = "".join(
        json.dumps({"id": i, "prompt": SLUG, "text": texts[i % len(texts)]}) + "\n" for i in range(essays)
    )
    program = subprocess.run(
        [sys.executable, "-c", _GRADE_AND_TELL],
        input=lines, text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    kilobytes = program.stderr.strip()
    return f"{int(kilobytes) / 1024:.0f}" if kilobytes else "not known on this system"
