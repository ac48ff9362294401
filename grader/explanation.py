"""Why a key point was not credited in full: the nearest passage, what it lacks, how it differs."""

from __future__ import annotations

from grader.candidates import Candidate
from grader.essay import ParsedEssay
from grader.numbers import NumberKind
from grader.report import Clash, NearMiss, Verdict
from grader.rubric import KeyPoint
from grader.verdicts import Judgement

_NEAR = 0.12
"""Least probability of speaking of the point at which a passage is worth showing."""


def near_miss_of(
    essay: ParsedEssay, point: KeyPoint, candidate: Candidate, judgement: Judgement
) -> NearMiss | None:
    """Return the passage nearest to a point that is partly made or not found, and what it lacks."""
    if judgement.verdict in (Verdict.HIT, Verdict.CONTRADICTED) or judgement.spoken_of < _NEAR:
        return None
    lacks = tuple(point.essentials[i].asks for i in candidate.groups_missing)
    return NearMiss(essay.span(candidate.first, candidate.last), lacks)


def clash_of(essay: ParsedEssay, candidate: Candidate) -> Clash:
    """Return how a passage differs from the notes."""
    stance = candidate.stance
    if stance.clash is not None:
        kind = "date" if stance.clash.number.kind in (NumberKind.YEAR, NumberKind.DECADE) else "figure"
        span = essay.folded.span(stance.clash.token.start, stance.clash.token.end)
        return Clash(kind, essay.original[span.start : span.end], stance.expected)
    if stance.turned is not None:
        span = essay.folded.span(stance.turned.start, stance.turned.end)
        return Clash(
            "contrary" if stance.turned_by == "contrary" else "polarity",
            essay.original[span.start : span.end],
            None,
        )
    span = essay.span(candidate.first, candidate.last)
    return Clash("contrary", essay.original[span.start : span.end], None)
