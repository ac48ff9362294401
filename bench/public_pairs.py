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

from bench.likeness import Likeness, character_ngrams, nearest
from grader.calibration import PointView
from grader.calibration.chances import log_chances
from grader.calibration.fitting import MarkedPoint, Spread
from grader.calibration.ngrams import word_ngrams
from grader.calibration.point_view import MEASURES, view_of
from grader.candidates import Candidate, CandidateFinder
from grader.language.essay import ParsedEssay, parse_essay
from grader.language.tokens import Token, tokenise
from grader.matching import ACCEPT
from grader.report import Verdict
from grader.rubric import Card, KeyPoint, Prompt, Side
from grader.text import fold
from grader.verdicts.company import ALONE
from grader.verdicts.verdict_models import default_parameters

LABELS = {"correct": Verdict.HIT, "contradictory": Verdict.CONTRADICTED, "incorrect": Verdict.MISS}
_RIVALS = 24  # other questions of a module that stand in for the rest of a rubric
IN_ANSWERS = Spread(shared=1.4, own=0.4, shared_grams=0.4, own_grams=1.4)
"""Prior spread of weights for answers of a sentence (docs/learning.md)."""
_CLOSELY = tuple(f"close {name}" for name in Likeness._fields)
_UNKNOWN_WEIGHT = 2.0  # of a word that the rubric does not know: about that of one which one phrasing has
_PHRASINGS = 3  # references that are looked at closely: those which share most with the answer
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
    said = tokenise(fold(answer.text).text)
    letters = frozenset(f"c:{run}" for run in character_ngrams(said))
    grams = (word_ngrams(tuple(said.terms)), letters)
    view = replace(reader.views(answer.text)[0], grams=grams)
    return MarkedPoint(answer.id, view, view.own, answer.label)


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
    """Reads short texts against a rubric, closely; nothing is screened, since none of them is an essay."""

    def __init__(self, rubric: Prompt) -> None:
        self._rubric = rubric
        self._finder = CandidateFinder(rubric)
        self._new_words = [_new_words(rubric.question, point.text) for point in rubric.key_points]
        self._accepted: dict[int, list[tuple[Token, ...]]] = defaultdict(list)
        for phrasing in self._finder.index.phrasings:
            if phrasing.kind == ACCEPT:
                self._accepted[phrasing.point].append(phrasing.tokens)

    def views(self, text: str) -> list[PointView]:
        """Return the views of all key points, with closer measures and the sizes of phrasing and text."""
        essay = parse_essay(text)
        length = log1p(len(_content(text))) / 3
        if essay.units:
            found = enumerate(self._finder.find(essay, essay.units))
            views = [self._view(essay, number, candidate) for number, candidate in found]
        else:
            empty = dict.fromkeys((*MEASURES, *_CLOSELY), 0.0)
            views = [
                PointView(point.id, (), empty, _NOTHING, Verdict.MISS) for point in self._rubric.key_points
            ]
        return [
            replace(
                view, similarities={**view.similarities, **_said(view), "new words": size, "length": length}
            )
            for view, size in zip(views, self._new_words, strict=True)
        ]

    def _view(self, essay: ParsedEssay, number: int, candidate: Candidate) -> PointView:
        key = self._rubric.key_points[number].id
        view = view_of(key, essay, candidate, default_parameters(), ALONE)
        tokens = essay.tokens[candidate.first.first : candidate.last.last]
        likeness = nearest(tokens, self._closest(number, tokens), self._weigh)
        closely = dict(zip(_CLOSELY, likeness, strict=True))
        return replace(view, similarities={**view.similarities, **closely})

    def _closest(self, number: int, tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
        said = {token.term for token in tokens}
        return sorted(self._accepted[number], key=lambda phrasing: -self._shared(phrasing, said))[:_PHRASINGS]

    def _shared(self, phrasing: Sequence[Token], said: set[str]) -> float:
        return sum(self._weigh(token.term) for token in phrasing if token.content and token.term in said)

    def _weigh(self, term: str) -> float:
        return self._finder.index.term_weights.get(term, _UNKNOWN_WEIGHT)


def _said(view: PointView) -> dict[str, float]:
    """Return what the scorer thinks of each verdict as measures: how far to believe it can be learnt too."""
    logs = log_chances(view.chances)
    return {f"chance {verdict}": 1.0 + log / 4.0 for verdict, log in zip(Verdict, logs, strict=True)}


def _new_words(question: str, phrasing: str) -> float:
    """Return how much a phrasing says beyond the question, in tens of words."""
    return min(len(_content(phrasing) - _content(question)), 15) / 10


def _content(text: str) -> set[str]:
    return {token.term for token in tokenise(fold(text).text) if token.content}
