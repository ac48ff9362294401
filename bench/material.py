"""What is measured on: a rubric of ten key points as authors write them, and synthetic essays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import cycle, islice

from grader.rubric import KeyPoint, Prompt, Side, iter_phrasings
from prompts import load_prompt, load_unit

SLUG = "economic-reforms-impact"
UNIT = "khrushchev"
WORDS = 320
POINTS = 10
PHRASINGS = 12
"""Of each key point in the usual question: accepted, partial and contrary ones together."""
_OTHERS = 2
_LONG_WORD = re.compile(r"\b[^\W\d_]{7,}\b")


def usual_prompt() -> Prompt:
    """Return a question with ten key points and a dozen phrasings of each, all kinds together."""
    full = full_prompt()
    return replace(full, key_points=tuple(map(_with_a_dozen, full.key_points)))


def _with_a_dozen(point: KeyPoint) -> KeyPoint:
    """Keep the statement, two phrasings of half of it and two of its opposite, and accepted ones."""
    partial, contrary = point.partial[:_OTHERS], point.contrary[:_OTHERS]
    accept = point.accept[: PHRASINGS - 1 - len(partial) - len(contrary)]
    return replace(point, accept=accept, partial=partial, contrary=contrary)


def full_prompt() -> Prompt:
    """Return the same question with every phrasing that its authors wrote."""
    return prompt_of(POINTS)


def prompt_of(points: int) -> Prompt:
    """Return a question with so many key points, beginning with those of one built-in question."""
    base = load_prompt(SLUG)
    chosen = tuple(islice(_key_points(base), points))
    return replace(
        base,
        key_points=chosen,
        sides=(Side("all", tuple(point.id for point in chosen)),),
        marks={point.id: 1 for point in chosen},
    )


def _key_points(base: Prompt) -> Iterator[KeyPoint]:
    """Yield the question's key points, the others of the unit, and then more of the same in other words."""
    own = {point.id for point in base.key_points}
    unit = [point for point in load_unit(UNIT).key_points if point.id not in own]
    yield from base.key_points
    yield from unit
    yield from (_reworded(point) for point in (*base.key_points, *unit))


def _reworded(point: KeyPoint) -> KeyPoint:
    """Change the long words of a point, so that the rubric's vocabulary grows as it would with new points."""

    def change(text: str) -> str:
        return _LONG_WORD.sub(lambda found: found.group() + "ia", text)

    return replace(
        point,
        id=f"{point.id}-too",
        text=change(point.text),
        accept=tuple(map(change, point.accept)),
        partial=tuple(map(change, point.partial)),
        contrary=tuple(map(change, point.contrary)),
    )


def all_phrasings(prompt: Prompt) -> list[str]:
    """Return every phrasing of a rubric: accepted, partial and contrary."""
    return [
        text
        for point in prompt.key_points
        for text in (*iter_phrasings(point), *point.partial, *point.contrary)
    ]


def essays_of(words: int = WORDS, slug: str = SLUG) -> list[str]:
    """Return the synthetic essays on a question, repeated or cut to a number of words, line ends kept."""
    texts = [row["text"] for row in marked_essays() if row["prompt"] == slug]
    return [" ".join(islice(cycle(text.split(" ")), words)) for text in texts]


def long_text(words: int) -> str:
    """Return a text of so many words: all synthetic essays one after the other, from the start again."""
    texts = [row["text"] for row in marked_essays()]
    return " ".join(islice(cycle("\n\n".join(texts).split(" ")), words))


def marked_essays() -> list[dict[str, str]]:
    """Return the rows of the synthetic corpus that comes with the unit."""
    corpus = (files("prompts") / UNIT / "essays.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in corpus.splitlines()]
