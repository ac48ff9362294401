"""Examples to fit the verdict models on: marked essays, the rubrics' own phrasings, attempts to cheat.

A phrasing is shown to a scorer that has not seen it: one accepted, partial and contrary phrasing of
every key point is taken out, and short texts are put together from what was taken.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.exchanges import with_other_names, with_roles_exchanged
from grader.candidates import CandidateFinder
from grader.language.essay import parse_essay
from grader.report import Verdict
from grader.rubric import KeyPoint, Prompt
from grader.verdicts.features import Features

ROUNDS = 12
_SAID = 0.45
"""Share of the key points that a text made of phrasings speaks of."""
_THIN = ((0, 0), (3, 0), (12, 0), (6, 3), (99, 99))
"""Most accepted phrasings that a thin rubric keeps of a point, and most partial and contrary ones."""
_HONEST = ("reported-then-rejected", "other-side")
_TURNED = ("negated", "wrong-facts", "swapped-roles")
"""Kinds of attempts that state the points, and that turn them round."""
_DENIED = 0.25
_FRAMED = 0.4
_FRAMES = ("It is untrue that", "It is not the case that", "It is wrong to think that", "Nobody can say that")
_AUXILIARY = re.compile(r"\b(was|were|is|are|had|has|have|could|would|did|can|will)\b")


@dataclass(frozen=True, slots=True)
class Example:
    """One key point in one text: its features, what is right, and where it comes from.

    `source` is essay, further (essay), thin or further thin (an essay beside a rubric with less in it),
    phrasing, exchange, answer, claim or attempt; the last one teaches only what is contradicted.
    """

    prompt: str
    features: Features
    verdict: Verdict
    source: str


@dataclass(frozen=True, slots=True)
class WholeText:
    """A text as all key points see it, and whether it turns the notes round."""

    prompt: str
    features: tuple[Features, ...]
    turned: bool


def from_essays(
    essays: Iterable[Mapping[str, Any]], prompts: Mapping[str, Prompt], *, source: str = "essay"
) -> list[Example]:
    """Return an example for every marked key point of every essay."""
    finders = {slug: CandidateFinder(prompt) for slug, prompt in prompts.items()}
    return [
        Example(essay["prompt"], features, Verdict(essay["labels"][point.id]), source)
        for essay in essays
        for point, features in _measure(finders[essay["prompt"]], prompts[essay["prompt"]], essay["text"])
        if point.id in essay["labels"]
    ]


def whole_texts(
    essays: Iterable[Mapping[str, Any]], cases: Iterable[Mapping[str, Any]], prompts: Mapping[str, Prompt]
) -> list[WholeText]:
    """Return the texts that say something of the points: essays, model answers, attempts of some kinds."""
    finders = {slug: CandidateFinder(prompt) for slug, prompt in prompts.items()}
    answers = [{"prompt": slug, "text": p.model_answer} for slug, p in prompts.items() if p.model_answer]
    told = [(row, False) for row in (*essays, *answers)]
    told += [(case, case["kind"] not in _HONEST) for case in cases if case["kind"] in _HONEST + _TURNED]
    texts = []
    for row, turned in told:
        measured = _measure(finders[row["prompt"]], prompts[row["prompt"]], row["text"])
        texts.append(WholeText(row["prompt"], tuple(features for _, features in measured), turned))
    return texts


def from_thin_rubrics(
    essays: Sequence[Mapping[str, Any]], prompts: Mapping[str, Prompt], *, source: str
) -> list[Example]:
    """Return the same beside rubrics that name no essentials and have fewer phrasings, or none."""
    answered = {essay["prompt"] for essay in essays}
    return [
        example
        for accept, others in _THIN
        for example in from_essays(
            essays, {slug: _thinned(prompts[slug], accept, others) for slug in answered}, source=source
        )
    ]


def _thinned(prompt: Prompt, accept: int, others: int) -> Prompt:
    return replace(
        prompt,
        key_points=tuple(
            replace(
                point,
                accept=point.accept[:accept],
                partial=point.partial[:others],
                contrary=point.contrary[:others],
                essentials=(),
            )
            for point in prompt.key_points
        ),
    )


def from_attempts(cases: Iterable[Mapping[str, Any]], prompts: Mapping[str, Prompt]) -> list[Example]:
    """Return the key points that an attempt states wrongly, and those that honest attempts do not."""
    finders = {slug: CandidateFinder(prompt) for slug, prompt in prompts.items()}
    examples = []
    for case in cases:
        wrong = set(case["expect"]["contradicted"])
        honest = case["kind"] in _HONEST
        for point, features in _measure(finders[case["prompt"]], prompts[case["prompt"]], case["text"]):
            if honest or point.id in wrong:
                verdict = Verdict.CONTRADICTED if point.id in wrong else Verdict.HIT
                examples.append(Example(case["prompt"], features, verdict, "attempt"))
    return examples


def from_phrasings(prompts: Mapping[str, Prompt], *, seed: int) -> list[Example]:
    """Return examples made of phrasings that the scorer at hand has not seen."""
    chance = random.Random(seed)
    return [e for prompt in prompts.values() for turn in range(ROUNDS) for e in _turn(prompt, turn, chance)]


def from_exchanges(prompts: Mapping[str, Prompt], *, seed: int) -> list[Example]:
    """Return what is left of phrasings when names, or words around a verb, have been exchanged.

    Statements of the points stay in the scorer's rubric: whoever exchanges words takes those of the notes.
    """
    chance = random.Random(seed)
    examples = []
    for prompt in prompts.values():
        finder = CandidateFinder(prompt)
        examples += [e for p in prompt.key_points for e in _exchanged(finder, prompt, p, p.text, chance)]
        for turn in range(ROUNDS):
            pairs = [_take_out(point, turn) for point in prompt.key_points]
            finder = CandidateFinder(replace(prompt, key_points=tuple(point for point, _ in pairs)))
            for point, taken in pairs:
                for text in (text for verdict, text in taken if verdict is Verdict.HIT):
                    examples += _exchanged(finder, prompt, point, text, chance)
    return examples


def _exchanged(
    finder: CandidateFinder, prompt: Prompt, point: KeyPoint, text: str, chance: random.Random
) -> Iterator[Example]:
    """Yield a sound sentence, and each change of it that shows: one that shows nowhere teaches nothing."""
    yield Example(prompt.slug, _measure_one(finder, prompt, point, text), Verdict.HIT, "exchange")
    for unsound in filter(
        None, [*with_other_names(text, finder.statements, chance), with_roles_exchanged(text)]
    ):
        features = _measure_one(finder, prompt, point, unsound)
        if max(
            features.exchanged, features.misplaced, features.disorder, features.stranger, features.substituted
        ):
            yield Example(prompt.slug, features, Verdict.CONTRADICTED, "exchange")


def _measure_one(finder: CandidateFinder, prompt: Prompt, point: KeyPoint, text: str) -> Features:
    return next(features for other, features in _measure(finder, prompt, text) if other.id == point.id)


def from_claims(claims: Sequence[Mapping[str, Any]], prompts: Mapping[str, Prompt]) -> list[Example]:
    """Return an example for every sentence or two about one key point."""
    finders = {slug: CandidateFinder(prompts[slug]) for slug in sorted({claim["prompt"] for claim in claims})}
    return [
        Example(claim["prompt"], features, Verdict(claim["verdict"]), "claim")
        for claim in claims
        for point, features in _measure(finders[claim["prompt"]], prompts[claim["prompt"]], claim["text"])
        if point.id == claim["point"]
    ]


def from_model_answers(prompts: Mapping[str, Prompt]) -> list[Example]:
    """Return examples of the answers that the questions come with: they make every point."""
    return [
        Example(prompt.slug, features, Verdict.HIT, "answer")
        for prompt in prompts.values()
        if prompt.model_answer
        for _, features in _measure(CandidateFinder(prompt), prompt, prompt.model_answer)
    ]


def _turn(prompt: Prompt, turn: int, chance: random.Random) -> Iterator[Example]:
    pairs = [_take_out(point, turn) for point in prompt.key_points]
    finder = CandidateFinder(replace(prompt, key_points=tuple(point for point, _ in pairs)))
    for _ in range(2):
        said = {p.id: chance.choice(taken) for p, taken in pairs if taken and chance.random() < _SAID}
        said = {key: _perhaps_denied(*choice, chance) for key, choice in said.items()}
        if said:
            texts = [text for _, text in said.values()]
            chance.shuffle(texts)
            for point, features in _measure(finder, prompt, "\n\n".join(texts)):
                yield Example(prompt.slug, features, said.get(point.id, (Verdict.MISS, ""))[0], "phrasing")


def _perhaps_denied(verdict: Verdict, text: str, chance: random.Random) -> tuple[Verdict, str]:
    """Deny one accepted phrasing in four: what it then says contradicts the point."""
    if verdict is not Verdict.HIT or chance.random() > _DENIED:
        return verdict, text
    denied, times = _AUXILIARY.subn(r"\1 not", text, count=1)
    if not times or chance.random() < _FRAMED:
        denied = f"{chance.choice(_FRAMES)} {text[0].lower()}{text[1:]}"
    return Verdict.CONTRADICTED, denied


def _take_out(point: KeyPoint, turn: int) -> tuple[KeyPoint, list[tuple[Verdict, str]]]:
    """Take one phrasing of each kind out of a key point; the point itself keeps the rest."""
    kinds = (("accept", Verdict.HIT), ("partial", Verdict.PARTIAL), ("contrary", Verdict.CONTRADICTED))
    taken: list[tuple[Verdict, str]] = []
    kept: dict[str, Any] = {}
    for name, verdict in kinds:
        phrasings: Sequence[str] = getattr(point, name)
        if turn < len(phrasings):
            taken.append((verdict, phrasings[turn]))
            kept[name] = tuple(p for place, p in enumerate(phrasings) if place != turn)
    return replace(point, **kept), taken


def _measure(finder: CandidateFinder, prompt: Prompt, text: str) -> Iterator[tuple[KeyPoint, Features]]:
    essay = parse_essay(text)
    for point, candidate in zip(prompt.key_points, finder.find(essay, essay.units), strict=True):
        yield point, candidate.features
