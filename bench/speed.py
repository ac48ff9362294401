"""How fast essays are graded, beside a bare scikit-learn TF-IDF transform of the same sentences.

Essays of 320 words, made from the synthetic ones of the built-in unit, against their question's
rubric. The peer is `TfidfVectorizer(ngram_range=(1, 2))`, fitted on the rubric's phrasings, which
does nothing but the transform: no spans, no verdicts, no screening. Times are medians of rounds on
one core; single figures vary by a tenth or two between runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import files
from itertools import cycle, islice
from statistics import median
from time import perf_counter

from sklearn.feature_extraction.text import TfidfVectorizer

from grader.essay import parse_essay
from grader.rubric import Prompt, iter_phrasings
from grader.scorer import KeyPointScorer
from prompts import load_prompt

SLUG = "economic-reforms-impact"
WORDS = 320
ESSAYS = 40
ROUNDS = 5
GROWTH = (1, 10, 100)


def main() -> None:
    """Print the figures."""
    prompt = load_prompt(SLUG)
    essays = list(islice(cycle(_essays(WORDS)), ESSAYS))
    scorer = KeyPointScorer(prompt)
    phrasings = sum(1 for point in prompt.key_points for _ in iter_phrasings(point))
    print(f"{len(essays)} synthetic essays of {WORDS} words, {len(prompt.key_points)} key points, ", end="")
    print(f"{phrasings} phrasings of them; milliseconds an essay, one core.\n")
    single, batch = _compare(scorer, prompt, essays)
    print(f"{'':24}{'grading':>9}{'TF-IDF alone':>14}{'ratio':>8}{'essays/s':>10}")
    _row("one essay at a time", *single)
    _row("in one batch", *batch)
    build = _median_seconds(partial(KeyPointScorer, prompt))
    print(
        f"\nBuilding a scorer: {build * 1000:.1f} ms. First report of the command: {_first_report():.2f} s."
    )
    print("Growth with length:", ", ".join(_growth(scorer, essays[0])))


def _essays(words: int) -> list[str]:
    """Return essays of the built-in unit, repeated or cut to a number of words, line ends kept."""
    corpus = (files("prompts") / "khrushchev" / "essays.jsonl").read_text(encoding="utf-8")
    texts = [row["text"] for row in map(json.loads, corpus.splitlines()) if row["prompt"] == SLUG]
    return [" ".join(islice(cycle(text.split(" ")), words)) for text in texts]


def _compare(
    scorer: KeyPointScorer, prompt: Prompt, essays: Sequence[str]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return seconds an essay of grading and of the transform, singly and in one batch."""
    phrasings = [text for point in prompt.key_points for text in iter_phrasings(point)]
    transform = TfidfVectorizer(ngram_range=(1, 2)).fit(phrasings).transform
    sentences = [_sentences(essay) for essay in essays]
    together = [sentence for essay in sentences for sentence in essay]

    def grade_singly() -> None:
        for essay in essays:
            scorer.score(essay)

    def transform_singly() -> None:
        for essay in sentences:
            transform(essay)

    n = len(essays)
    single = _median_seconds(grade_singly) / n, _median_seconds(transform_singly) / n
    batch = (
        _median_seconds(lambda: list(scorer.score_many(essays))) / n,
        _median_seconds(lambda: transform(together)) / n,
    )
    return single, batch


def _sentences(essay: str) -> list[str]:
    parsed = parse_essay(essay)
    return [essay[span.start : span.end] for span in (parsed.span(unit, unit) for unit in parsed.units)]


def _growth(scorer: KeyPointScorer, essay: str) -> list[str]:
    """Say how long 1, 10 and 100 times the text take, for each repetition."""
    told = []
    for times in GROWTH:
        text = "\n\n".join([essay] * times)
        seconds = _median_seconds(partial(scorer.score, text), rounds=3)
        told.append(f"{times}x {seconds * 1000 / times:.2f} ms for each")
    return told


def _median_seconds(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    action()
    taken = []
    for _ in range(rounds):
        started = perf_counter()
        action()
        taken.append(perf_counter() - started)
    return median(taken)


def _first_report() -> float:
    """Return seconds from starting `markscheme grade` to its first report."""
    line = json.dumps({"id": 1, "prompt": SLUG, "text": _essays(WORDS)[0]})
    command = [sys.executable, "-m", "web.cli", "grade", "-"]

    def grade_one() -> None:
        subprocess.run(command, input=line, text=True, check=True, stdout=subprocess.DEVNULL, env=os.environ)

    return _median_seconds(grade_one, rounds=3)


def _row(name: str, grading: float, peer: float) -> None:
    print(f"{name:24}{grading * 1000:9.2f}{peer * 1000:14.2f}{grading / peer:8.2f}{1 / grading:10,.0f}")


if __name__ == "__main__":
    main()
