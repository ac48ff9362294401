"""The anti-gaming pack: attempts to earn marks without making points, built from the rubric itself.

What a writer who knows the rubric by heart could hand in, each with the most that a fair marker
would give and why. Pure and seeded; `grader.attacks.trial` grades the pack. Published on purpose: a
question that pays for any of these needs better phrasings, not secrecy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from grader.attacks.texts import (
    counted,
    denied,
    good_answer,
    joined,
    padded_list,
    padding,
    reversed_points,
    shuffled_sentences,
    stated,
    terms,
)
from grader.rubric import Prompt, Side

ONE_SIDED_LEVEL = 3
"""Highest level of an answer that argues one side where several are asked for."""
_USUAL_LEVELS = 5
_PADDING_SHARE = 0.25


class AttackKind(StrEnum):
    """How marks are sought without making points."""

    WORD_LIST = "word-list"
    SHUFFLED = "shuffled"
    PASTED_NOTES = "pasted-notes"
    ECHO = "echo"
    NEGATED = "negated"
    ONE_SIDED = "one-sided"
    DOUBLED = "doubled"
    PADDED = "padded"


@dataclass(frozen=True, slots=True)
class Attack:
    """One attempt: its text and what a fair marker would give.

    `fair` is the largest fair share (0 to 1) of the marks and `why` the reason, as half a sentence.
    Where `same_as` holds a text, what that text earns is the most instead, and the only right amount
    if `exactly` is set. `top_level` is the highest fair level, None where no cap applies.
    """

    kind: AttackKind
    name: str
    text: str
    fair: float
    why: str
    same_as: str = ""
    exactly: bool = False
    top_level: int | None = None


def build_attacks(prompt: Prompt, *, seed: int = 1) -> tuple[Attack, ...]:
    """Return the pack for one question, every kind in order; the same seed gives the same texts.

    A kind is left out only where the rubric has nothing to build it from: a question with a single
    side cannot be answered one-sidedly.
    """
    builders: tuple[Callable[[], Iterator[Attack]], ...] = (
        lambda: _word_lists(prompt),
        lambda: _shuffled(prompt, seed),
        lambda: _pasted_notes(prompt),
        lambda: _echo(prompt),
        lambda: _negated(prompt),
        lambda: _one_sided(prompt),
        lambda: _answer_and_more(prompt),
    )
    return tuple(attack for build in builders for attack in build())


def _word_lists(prompt: Prompt) -> Iterator[Attack]:
    listed = [terms(point) for point in prompt.key_points]
    yield Attack(
        AttackKind.WORD_LIST,
        "the terms of every key point",
        ", ".join(word for words in listed for word in words),
        0.0,
        "words in a list say nothing about each other",
    )
    yield Attack(
        AttackKind.WORD_LIST,
        "the terms, stuffed into sentences",
        " ".join(f"Important here were {joined(words)}." for words in listed),
        0.0,
        "the sentences name terms and say nothing of them",
    )


def _shuffled(prompt: Prompt, seed: int) -> Iterator[Attack]:
    text = shuffled_sentences(good_answer(prompt), seed)
    yield Attack(
        AttackKind.SHUFFLED,
        "a good answer, the words of each sentence in random order",
        text,
        0.0,
        "no sentence says anything",
    )


def _pasted_notes(prompt: Prompt) -> Iterator[Attack]:
    text = "\n\n".join("\n".join(card.lines) for card in prompt.cards)
    if text:
        why = "the words are those of the notes, not the writer’s own"
        yield Attack(AttackKind.PASTED_NOTES, "the cards of the notes, word for word", text, 0.0, why)


def _echo(prompt: Prompt) -> Iterator[Attack]:
    asked = prompt.question.strip()
    text = (
        f"The question is this: {asked} It is an interesting question, and writers of every age have asked "
        f"it. This essay will ask the same. {asked} There is much to be said on every side of it. In "
        f"conclusion, the answer depends on how we understand the words: {asked}"
    )
    yield Attack(
        AttackKind.ECHO, "the question, said again", text, 0.0, "the question is repeated and not answered"
    )


def _negated(prompt: Prompt) -> Iterator[Attack]:
    yield Attack(
        AttackKind.NEGATED,
        "every key point denied",
        denied(prompt.key_points),
        0.0,
        "every point is said to be untrue",
    )
    opposites = reversed_points(prompt.key_points)
    if opposites:
        why = "every sentence is one that the rubric itself calls the opposite of the point"
        yield Attack(AttackKind.NEGATED, "the opposites that the rubric names", opposites, 0.0, why)


def _one_sided(prompt: Prompt) -> Iterator[Attack]:
    if len(prompt.sides) > 1:
        yield from (_only(prompt, side) for side in prompt.sides)


def _only(prompt: Prompt, side: Side) -> Attack:
    close = f"In conclusion, only this matters: {side.name}."
    capped = prompt.balanced and len(prompt.levels) in (0, _USUAL_LEVELS)
    return Attack(
        AttackKind.ONE_SIDED,
        f"one side alone: {side.name}",
        f"{stated(map(prompt.key_point, side.key_points))}\n\n{close}",
        _share_of(prompt, side),
        "the points of this side are made, and at most half of one more in passing",
        top_level=ONE_SIDED_LEVEL if capped else None,
    )


def _share_of(prompt: Prompt, side: Side) -> float:
    """What a side is worth, and half of the largest point beside it: a phrasing may touch on a neighbour."""
    others = [marks for key, marks in prompt.marks.items() if key not in side.key_points]
    earned = prompt.total(dict.fromkeys(side.key_points, 1.0)) + 0.5 * max(others, default=0)
    return min(1.0, earned / prompt.max_score)


def _answer_and_more(prompt: Prompt) -> Iterator[Attack]:
    answer = good_answer(prompt)
    yield Attack(
        AttackKind.DOUBLED,
        "a good answer, handed in twice over",
        f"{answer}\n\n{answer}",
        1.0,
        "saying a point again makes no further point",
        same_as=answer,
        exactly=True,
    )
    yield Attack(
        AttackKind.PADDED,
        "lists of terms among unrelated sentences",
        padded_list(prompt),
        0.0,
        "the sentences are about something else and the terms are lists",
    )
    extra = padding(prompt, round(_PADDING_SHARE * counted(answer)))
    yield Attack(
        AttackKind.PADDED,
        "a good answer with a quarter of unrelated text",
        f"{extra}\n\n{answer}",
        1.0,
        "the unrelated part adds nothing to the answer",
        same_as=answer,
    )
