"""Look for the answer key in what a person was sent.

`Secrets.of(rubric)` knows every text of a rubric that nobody may see before it is revealed: key points,
all phrasings, lines of the notes, key-point ids and the model answer. `found_in` searches a response for
them as it stands, with HTML and JSON escapes undone, whatever the case and spacing. What the student wrote
herself and what the page may show anyway (question, sides, hints, card titles) is no leak.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.rubric import KeyPoint, Prompt

MIN_LETTERS = 12
"""A shorter phrasing ("in 1956") stands in ordinary text by chance; ids are always searched for."""

_TAG = re.compile(r"<[^>]*>")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_NOT_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Secrets:
    """Texts and ids that must not show, and the texts that may."""

    texts: frozenset[str]
    ids: frozenset[str]
    allowed: frozenset[str]

    @classmethod
    def of(cls, *rubrics: Prompt) -> Secrets:
        """Return the secrets of one or more questions."""
        allowed = {_plain(text) for rubric in rubrics for text in _may_show(rubric)}
        texts = {_plain(text) for rubric in rubrics for text in _must_not_show(rubric)}
        ids = {point.id for rubric in rubrics for point in rubric.key_points}
        long_enough = {text for text in texts if len(text) >= MIN_LETTERS}
        return cls(frozenset(long_enough), frozenset(ids), frozenset(allowed))

    def found_in(self, body: str | bytes, *, written: str | Iterable[str] = ()) -> tuple[str, ...]:
        """Return the secrets that a response gives away, sorted.

        `written` is what the reader wrote (essays, drafts, plans): it may stand on the page.
        """
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
        own = [_plain(each) for each in ([written] if isinstance(written, str) else written)]
        readings = tuple(_plain(reading) for reading in _readings(text))
        shown = (secret for secret in self.texts if any(secret in reading for reading in readings))
        leaked = [s for s in shown if not self._is_known(s, own)]
        return tuple(sorted([*leaked, *self._ids_in(text, own)]))

    def _is_known(self, secret: str, own: list[str]) -> bool:
        return any(secret in text for text in self.allowed) or any(secret in text for text in own)

    def _ids_in(self, text: str, own: list[str]) -> Iterator[str]:
        for key in self.ids:
            if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", html.unescape(text)):
                yield key


def _may_show(rubric: Prompt) -> Iterator[str]:
    yield rubric.question
    yield rubric.unit_title
    yield from (side.name for side in rubric.sides)
    yield from (card.title for card in rubric.cards)
    for point in rubric.key_points:
        yield point.hint
        yield from (essential.asks for essential in point.essentials)


def _must_not_show(rubric: Prompt) -> Iterator[str]:
    for point in rubric.key_points:
        yield from _phrasings(point)
    for card in rubric.cards:
        yield from card.lines
    yield from (line for line in rubric.model_answer.split("\n") if line.strip())


def _phrasings(point: KeyPoint) -> Iterator[str]:
    yield point.text
    yield from point.accept
    yield from point.partial
    yield from point.contrary


def _readings(text: str) -> Iterator[str]:
    """The response as it is sent, as a browser shows it (tags fall away), and as a program reads its JSON."""
    yield html.unescape(text)
    yield html.unescape(_TAG.sub("", text))
    yield html.unescape(_TAG.sub(" ", text))
    yield _JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\\n", " ").replace('\\"', '"')


def _plain(text: str) -> str:
    """Letters and digits alone, in lower case, with single spaces between words."""
    return f" {_NOT_LETTER.sub(' ', text).strip().casefold()} "
