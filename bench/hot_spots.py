"""Where the time of grading goes, by part of the grader."""

from __future__ import annotations

import cProfile
import pstats
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.material import essays_of, usual_prompt
from bench.tables import Table
from grader.scorer import KeyPointScorer

ROUNDS = 5
_SHOWN = 14
_GRADER = Path(__file__).parents[1] / "grader"


def tables() -> Iterator[Table]:
    """Yield the share of time by module and by function, while essays of 320 words are graded."""
    stats = _profile()
    total = sum(own for _, own in stats.values())
    by_module: defaultdict[str, float] = defaultdict(float)
    for place, (_, own) in stats.items():
        by_module[_module(place[0])] += own
    yield Table(
        "Where the time goes, by module",
        ("module", "share of time"),
        [(name, f"{taken / total:.0%}") for name, taken in _largest(by_module)],
        "cProfile, own time; a function of the standard library or of numpy counts as outside.",
    )
    slowest = sorted(stats.items(), key=lambda item: -item[1][1])[:_SHOWN]
    essays = ROUNDS * len(essays_of())
    yield Table(
        "Where the time goes, by function",
        ("function", "calls an essay", "share of time"),
        [
            (f"{_module(place[0])}: {place[2]}", f"{calls / essays:,.0f}", f"{own / total:.0%}")
            for place, (calls, own) in slowest
        ],
        "Own time. cProfile adds to the cost of each call: small functions look dearer than they are.",
    )


def _profile() -> dict[tuple[str, int, str], tuple[int, float]]:
    """Return calls and own seconds of each function, by its file, line and name."""
    scorer = KeyPointScorer(usual_prompt())
    essays = essays_of()
    for essay in essays:
        scorer.score(essay)
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(ROUNDS):
        for essay in essays:
            scorer.score(essay)
    profile.disable()
    found = pstats.Stats(profile).stats  # type: ignore[attr-defined] # public, yet not in the type stubs
    return {place: (row[1], row[2]) for place, row in found.items()}


def _largest(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda item: -item[1])[:_SHOWN]


def _module(file: str) -> str:
    path = Path(file)
    return f"grader.{path.stem}" if path.is_relative_to(_GRADER) else "outside"
