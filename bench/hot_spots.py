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
_SHOWN = 12
_GRADER = Path(__file__).parents[1] / "grader"
_OUTSIDE = "outside"
_Place = tuple[str, int, str]
_Row = tuple[int, int, float, float]


def tables() -> Iterator[Table]:
    """Yield the share of time by module and by function, while essays of 320 words are graded."""
    essays = essays_of()
    profile = _profile(essays)
    modules, functions, calls = _shares(profile)
    yield Table(
        "Where the time goes, by module",
        ("module", "share of time"),
        [(name, f"{taken:.0%}") for name, taken in _largest(modules)],
        "cProfile. What a module calls outside the grader (numpy, regular expressions) counts as its own.",
    )
    yield Table(
        "Where the time goes, by function",
        ("function", "calls an essay", "share of time"),
        [
            (name, f"{calls[name] / len(essays) / ROUNDS:,.0f}", f"{taken:.0%}")
            for name, taken in _largest(functions)
        ],
        "The same. cProfile adds to the cost of each call: small functions look dearer than they are.",
    )


def _profile(essays: list[str]) -> pstats.Stats:
    scorer = KeyPointScorer(usual_prompt())
    for essay in essays:
        scorer.score(essay)
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(ROUNDS):
        for essay in essays:
            scorer.score(essay)
    profile.disable()
    return pstats.Stats(profile)


def _shares(profile: pstats.Stats) -> tuple[Mapping[str, float], Mapping[str, float], Mapping[str, int]]:
    """Return shares of own time by module and by function of the grader, and each function's calls."""
    modules: defaultdict[str, float] = defaultdict(float)
    functions: defaultdict[str, float] = defaultdict(float)
    calls: defaultdict[str, int] = defaultdict(int)
    found: dict[_Place, tuple[int, int, float, float, dict[_Place, _Row]]]
    found = profile.stats  # type: ignore[attr-defined] # public, yet not in the type stubs
    total = sum(row[2] for row in found.values())
    for place, (_, called, own, _, callers) in found.items():
        calls[_name(place)] += called
        inside = _module(place) != _OUTSIDE or not callers
        for owner, taken in [(place, own)] if inside else [(by, row[2]) for by, row in callers.items()]:
            modules[_module(owner)] += taken / total
            functions[_name(owner)] += taken / total
    return modules, functions, calls


def _largest(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda item: -item[1])[:_SHOWN]


def _name(place: _Place) -> str:
    return f"{_module(place)}: {place[2]}" if _module(place) != _OUTSIDE else _OUTSIDE


def _module(place: _Place) -> str:
    path = Path(place[0])
    if not path.is_relative_to(_GRADER):
        return _OUTSIDE
    parts = path.relative_to(_GRADER.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")
