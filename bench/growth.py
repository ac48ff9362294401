"""How cost grows with text and with key points; both should double when the work doubles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

from bench.material import WORDS, essays_of, long_text, prompt_of, usual_prompt
from bench.tables import Table
from bench.timing import seconds
from grader.scorer import KeyPointScorer

TEXTS = (1, 3, 10, 30, 100)
POINTS = (10, 20, 40, 80)


def tables() -> Iterator[Table]:
    """Yield cost by length of text and by number of key points."""
    yield Table(
        "Growth with the text",
        ("times 320 words", "ms", "ms for each 320 words"),
        list(_by_text()),
        "Synthetic essays one after the other, ten key points.",
    )
    yield Table(
        "Growth with the key points",
        ("key points", "ms an essay", "ms for each ten points", "building, ms"),
        list(_by_points()),
        "An essay of 320 words, with all phrasings that the authors wrote; beyond the unit's own 53 key "
        "points, the same with other long words.",
    )


def _by_text() -> Iterator[tuple[str, ...]]:
    scorer = KeyPointScorer(usual_prompt())
    gc.freeze()  # as `markscheme grade` does
    for times in TEXTS:
        taken = 1000 * seconds(partial(scorer.score, long_text(times * WORDS)), rounds=5)
        yield f"{times}", f"{taken:,.1f}", f"{taken / times:.2f}"


def _by_points() -> Iterator[tuple[str, ...]]:
    essays = essays_of()
    for points in POINTS:
        prompt = prompt_of(points)
        scorer = KeyPointScorer(prompt)
        taken = 1000 * seconds(partial(_score_all, scorer, essays), rounds=5) / len(essays)
        built = 1000 * seconds(partial(KeyPointScorer, prompt), rounds=3)
        yield f"{points}", f"{taken:.2f}", f"{10 * taken / points:.2f}", f"{built:.0f}"


def _score_all(scorer: KeyPointScorer, essays: list[str]) -> None:
    for essay in essays:
        scorer.score(essay)
