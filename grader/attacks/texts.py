"""Texts made from a rubric itself: a sound answer, and what is left of one when the sense is taken out.

Pure and seeded. The order of a shuffle comes from hashes, so that it is the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from grader.attacks.unrelated_prose import WORD, content_words, unrelated_sentences
from grader.language.lexicon import stop_words
from grader.rubric import KeyPoint, Prompt, iter_phrasings

_DENIALS = ("It is not the case that", "It is simply untrue that", "It is a mistake to believe that")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W_]+")
_MOST_TERMS = 8
"""Terms of a key point that a list names; the writer of a list knows no more by heart."""


def good_answer(prompt: Prompt) -> str:
    """Return the model answer, or where there is none a phrasing of every key point, side by side."""
    if prompt.model_answer.strip():
        return prompt.model_answer.strip()
    return "\n\n".join(stated(map(prompt.key_point, side.key_points)) for side in prompt.sides)


def stated(points: Iterable[KeyPoint]) -> str:
    """Return a paragraph that makes each point once, in the words of its first phrasing."""
    return " ".join(_sentence(point.accept[0] if point.accept else point.text) for point in points)


def denied(points: Sequence[KeyPoint]) -> str:
    """Return a text that says of each point that it is not so."""
    names = frozenset(_NAME.findall(" ".join(text for point in points for text in iter_phrasings(point))))
    return " ".join(
        _sentence(f"{_DENIALS[number % len(_DENIALS)]} {_inside(point.text, names)}")
        for number, point in enumerate(points)
    )


def reversed_points(points: Iterable[KeyPoint]) -> str:
    """Return the opposites that the rubric itself names, one for each point that has any."""
    return " ".join(_sentence(point.contrary[0]) for point in points if point.contrary)


def terms(point: KeyPoint) -> list[str]:
    """Return the words that give a point away, in alphabetical order, so that they say nothing.

    One of each essentials group, then those of the point's own text.
    """
    named = [group.words[0] for group in point.essentials if group.words]
    said = [word for word in WORD.findall(point.text) if word.lower() not in stop_words()]
    each_once = {word.lower(): word for word in [*named, *said]}
    return sorted(list(each_once.values())[:_MOST_TERMS], key=str.lower)


def shuffled_sentences(text: str, seed: int) -> str:
    """Return a text whose sentences keep their words and lose their order."""
    paragraphs = ([part for part in _SENTENCE.findall(block) if part.strip()] for block in text.split("\n\n"))
    return "\n\n".join(
        " ".join(_shuffled_sentence(sentence, seed) for sentence in paragraph)
        for paragraph in paragraphs
        if paragraph
    )


def padded_list(prompt: Prompt) -> str:
    """Return unrelated sentences with a key point's terms in brackets after each."""
    lists = ["(" + ", ".join(terms(point)) + ")" for point in prompt.key_points]
    prose = unrelated_sentences(_words_of(prompt))
    return " ".join(f"{next(prose)} {listed}" for listed in lists)


def padding(prompt: Prompt, words: int) -> str:
    """Return unrelated sentences with at least so many words."""
    prose = unrelated_sentences(_words_of(prompt))
    taken = [next(prose)]
    while sum(map(counted, taken)) < words:
        taken.append(next(prose))
    return " ".join(taken)


def _words_of(prompt: Prompt) -> frozenset[str]:
    phrasings = (text for point in prompt.key_points for text in iter_phrasings(point))
    return content_words(" ".join([prompt.question, *phrasings]))


def _shuffled_sentence(sentence: str, seed: int) -> str:
    words = WORD.findall(sentence)
    order = sorted(range(len(words)), key=lambda at: _draw(seed, at, words[at]))
    if order == list(range(len(words))):
        order.reverse()
    return _sentence(" ".join(words[at] for at in order))


def _draw(seed: int, at: int, word: str) -> bytes:
    return sha256(f"{seed}:{at}:{word}".encode()).digest()


def _sentence(text: str) -> str:
    text = text.strip()
    return (text[:1].upper() + text[1:]).rstrip(".") + ("" if text.endswith(("!", "?")) else ".")


def _inside(text: str, names: frozenset[str]) -> str:
    """Begin with a small letter, unless the first word has a capital inside other sentences too."""
    first = WORD.match(text)
    return text if first and first.group() in names else text[:1].lower() + text[1:]


def counted(text: str) -> int:
    """Count words as writers do: by the spaces between them."""
    return len(text.split())


def joined(items: Sequence[str]) -> str:
    """List items as a sentence would: a, b and c."""
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)
