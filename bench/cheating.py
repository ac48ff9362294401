"""How many attempts to cheat are held: marked cases of our own, and the packs built from the rubrics."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bench.tables import Table
from grader.attacks import build_attacks
from grader.attacks.rehearsal import for_rehearsal
from grader.attacks.trial import TOLERANCE, try_attacks
from grader.errors import EssayRefused
from grader.report import ScoreReport, Verdict
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from prompts import list_prompts, load_prompt, shipped_calibration

CASES = Path(__file__).parents[1] / "tests" / "data" / "gaming.jsonl"


def tables(notes: Sequence[str] = ()) -> Iterator[Table]:
    """Yield cases held by kind, and attempts held by question; `notes` are texts that count as copied."""
    yield Table(
        "Marked attempts to cheat",
        ("kind", "held", "of"),
        list(_by_kind(tuple(notes))),
        "Synthetic cases. Held: no more than a fair marker's share of the marks (and a twentieth), half "
        "of the reversed claims told, pasted notes flagged, refuted claims not held against the writer."
        + ("" if notes else " Without the notes that some of them paste."),
    )
    yield Table(
        "Packs built from the rubrics",
        ("question", "held", "of", "paid for"),
        list(_by_question()),
        "`markscheme prompts attack` shows each attempt.",
    )


def _by_kind(notes: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    scorer_of = cache(lambda slug: _scorer(load_prompt(slug), notes))
    held: dict[str, list[bool]] = defaultdict(list)
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        held[case["kind"]].append(is_held(case, _graded(scorer_of(case["prompt"]), case["text"])))
    for kind, each in sorted(held.items()):
        yield kind, str(sum(each)), str(len(each))
    yield "all", str(sum(map(sum, held.values()))), str(sum(map(len, held.values())))


def _scorer(prompt: Prompt, notes: Sequence[str] = ()) -> KeyPointScorer:
    return KeyPointScorer(prompt, notes=notes, calibration=shipped_calibration(prompt))


def is_held(case: dict[str, Any], report: ScoreReport | None) -> bool:
    """Tell whether a case earns no more than it should and is told what it gets wrong."""
    if report is None:
        return False
    expect, verdicts = case["expect"], {point.key: point.verdict for point in report.points}
    told = sum(verdicts.get(key) is Verdict.CONTRADICTED for key in expect["contradicted"])
    fair = expect["max_share"]
    return (
        (fair is None or report.score / report.max_score <= fair + TOLERANCE)
        and 2 * told >= len(expect["contradicted"])
        and (case["kind"] != "notes-paste" or any("copied" in a.code for a in report.advisories))
        and (case["kind"] != "reported-then-rejected" or Verdict.CONTRADICTED not in verdicts.values())
    )


def _graded(scorer: KeyPointScorer, text: str) -> ScoreReport | None:
    try:
        return scorer.score(text)
    except EssayRefused:
        return None


def _by_question() -> Iterator[tuple[str, ...]]:
    for prompt in list_prompts():
        scorer = _scorer(for_rehearsal(prompt))
        outcomes = try_attacks(build_attacks(prompt), scorer, prompt.max_score)
        paid = sorted({outcome.attack.kind.value for outcome in outcomes if not outcome.held})
        held = sum(outcome.held for outcome in outcomes)
        yield prompt.slug, str(held), str(len(outcomes)), ", ".join(paid) or "none"
