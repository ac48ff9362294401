"""Why a key point was not credited in full: the nearest passage, what it lacks, how it differs."""

from __future__ import annotations

from grader.candidates import Candidate
from grader.language.essay import ParsedEssay
from grader.language.numbers import NumberKind
from grader.language.tokens import Token
from grader.report import Clash, NearMiss, Verdict
from grader.rubric import KeyPoint
from grader.stance.leanings import DENIED, REVERSED, SAID_OF_OPPOSITE
from grader.verdicts import Judgement

_NEAR = 0.35
"""Least probability of speaking of a point at which a passage is worth showing. From here on, every second
point that is not found is made in part after all; below, one in six."""
_TURNED = {SAID_OF_OPPOSITE: "contrary", DENIED: "polarity", REVERSED: "direction"}


def near_miss_of(
    essay: ParsedEssay, point: KeyPoint, candidate: Candidate, judgement: Judgement
) -> NearMiss | None:
    """Return the passage nearest to a point that is partly made or not found, and what it lacks."""
    if judgement.verdict in (Verdict.HIT, Verdict.CONTRADICTED) or judgement.spoken_of < _NEAR:
        return None
    lacks = tuple(point.essentials[i].asks for i in candidate.groups_missing)
    return NearMiss(essay.span(candidate.first, candidate.last), lacks)


def clash_of(essay: ParsedEssay, candidate: Candidate) -> Clash:
    """Return how a passage differs from the notes: by a figure, in who does it, or by a turned word."""
    stance = candidate.stance
    if stance.clash is not None:
        kind = "date" if stance.clash.number.kind in (NumberKind.YEAR, NumberKind.DECADE) else "figure"
        return Clash(kind, _as_written(essay, stance.clash.token), stance.expected)
    exchange, stranger = candidate.moved.places.exchange, candidate.moved.stranger
    if exchange is not None and exchange.should:
        return Clash("actor", _as_written(essay, exchange.does), exchange.should)
    if exchange is not None:
        return Clash("direction", _statement_with(essay, exchange.does), None)
    if stranger.token is not None:
        return Clash("actor", _as_written(essay, stranger.token), stranger.should)
    if stance.turned is not None:
        return Clash(_TURNED[stance.turned_by], _statement_with(essay, stance.turned), None)
    span = essay.span(candidate.first, candidate.last)
    return Clash("contrary", essay.original[span.start : span.end], None)


def _statement_with(essay: ParsedEssay, token: Token) -> str:
    """Quote the statement that a turned word stands in: the word alone would tell a writer nothing."""
    for unit in essay.units:
        if unit.start <= token.start < unit.end:
            span = essay.span(unit, unit)
            return essay.original[span.start : span.end]
    return _as_written(essay, token)


def _as_written(essay: ParsedEssay, token: Token) -> str:
    span = essay.folded.span(token.start, token.end)
    return essay.original[span.start : span.end]
