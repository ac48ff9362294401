"""Public answer-marking data as the grader sees it: each question a key point, its references the phrasings.

The other questions of the same module stand in for the rest of a rubric, so that weights of words and
rival key points are what they would be in use. The data stay where they are: nothing is copied.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log1p
from pathlib import Path
from typing import Any

from grader.calibration import PointView, decide
from grader.calibration_fit import MarkedPoint
from grader.candidates import CandidateFinder
from grader.essay import parse_essay
from grader.point_view import MEASURES, CloseReader
from grader.report import Verdict
from grader.rubric import Card, KeyPoint, Prompt, Side
from grader.text import fold
from grader.tokens import tokenise
from grader.verdict_models import default_parameters

LABELS = {"correct": Verdict.HIT, "contradictory": Verdict.CONTRADICTED, "incorrect": Verdict.MISS}
_RIVALS = 24  # other questions of a module that stand in for the rest of a rubric
_NOTHING = (0.01, 0.01, 0.01, 0.97)  # chances of an answer without a word


@dataclass(frozen=True, slots=True)
class Answer:
    """One marked short answer to a question with model answers."""

    id: str
    question_id: str
    question: str
    references: tuple[str, ...]
    text: str
    label: Verdict

    @property
    def module(self) -> str:
        """What the question belongs to: ids begin with it."""
        return self.question_id.split("_")[0]


def read_answers(folder: Path, name: str) -> list[Answer]:
    """Read one split, such as "scientsbank-train"."""
    return [
        Answer(
            row["id"], row["question_id"], row["question"], tuple(row["references"]), row["answer"],
            LABELS[row["label"]],
        )
        for row in read_rows(folder / f"{name}.jsonl")
    ]  # fmt: skip


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def as_marked_points(splits: Mapping[str, Sequence[Answer]]) -> dict[str, list[MarkedPoint]]:
    """Return what the scorer makes of every answer, beside its mark; ids of essays are those of answers."""
    questions = {answer.question_id: answer for answers in splits.values() for answer in answers}
    modules: dict[str, list[Answer]] = defaultdict(list)
    for question in questions.values():
        modules[question.module].append(question)
    readers = {key: PairReader(_rubric(asked, modules[asked.module])) for key, asked in questions.items()}
    return {
        name: [_marked(answer, readers[answer.question_id]) for answer in answers]
        for name, answers in splits.items()
    }


def _marked(answer: Answer, reader: PairReader) -> MarkedPoint:
    view = replace(reader.views(answer.text)[0], passage=answer.text)
    return MarkedPoint(answer.id, view, decide(view.chances), answer.label)


def _rubric(asked: Answer, module: Sequence[Answer]) -> Prompt:
    """Return a rubric whose first key point is the question's, with others of its module as rivals."""
    rivals = [other for other in module if set(other.references) != set(asked.references)]
    points = [(answer.question_id, answer.references) for answer in (asked, *rivals[:_RIVALS])]
    return make_rubric(asked.question, points)


def make_rubric(question: str, points: Sequence[tuple[str, Sequence[str]]]) -> Prompt:
    """Return a rubric with a key point for each (id, phrasings)."""
    return Prompt(
        slug="public",
        unit="public",
        unit_title="public",
        question=question,
        sides=(Side("all", tuple(key for key, _ in points)),),
        key_points=tuple(
            KeyPoint(key, said[0], "?", card=1, line=1, accept=tuple(said[1:])) for key, said in points
        ),
        cards=(Card(1, "none", ("none",)),),
        marks={key: 1 for key, _ in points},
    )


class PairReader:
    """Reads short texts against a rubric; nothing is screened, since none of them is an essay."""

    def __init__(self, rubric: Prompt) -> None:
        self._rubric = rubric
        self._finder = CandidateFinder(rubric)
        self._reader = CloseReader(rubric, self._finder.index, default_parameters())
        self._new_words = [_new_words(rubric.question, point.text) for point in rubric.key_points]

    def views(self, text: str) -> list[PointView]:
        """Return the views of all key points, with the sizes of phrasing and text among their measures."""
        essay = parse_essay(text)
        length = log1p(len(_content(text))) / 3
        if essay.units:
            found = enumerate(self._finder.find(essay, essay.units))
            views = [self._reader.view(essay, number, candidate) for number, candidate in found]
        else:
            empty = dict.fromkeys(MEASURES, 0.0)
            views = [PointView(point.id, "", empty, _NOTHING) for point in self._rubric.key_points]
        return [
            replace(view, similarities={**view.similarities, "new words": size, "length": length})
            for view, size in zip(views, self._new_words, strict=True)
        ]


def _new_words(question: str, phrasing: str) -> float:
    """Return how much a phrasing says beyond the question, in tens of words."""
    return min(len(_content(phrasing) - _content(question)), 15) / 10


def _content(text: str) -> set[str]:
    return {token.term for token in tokenise(fold(text).text) if token.content}
