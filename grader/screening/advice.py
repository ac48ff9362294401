"""What a writer is told about a text that cannot be fully trusted, in plain words and without blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from grader.language.essay import ParsedEssay
from grader.report import Advisory, SetAside

Ranges: TypeAlias = Sequence[tuple[int, int]]
"""Token ranges, the ends exclusive."""

SHORT_WORDS = 50
_REPEATED_SHARE = 0.2
_ECHO_SHARE = 0.5
_ASKED_SHARE = 0.5
_MIXED_SHARE = 0.12

_MESSAGES = {
    "not-english": "This text does not seem to be in English, so it was not marked. "
    "A teacher can look at it.",
    "too-short": "This is a very short text: too little to judge as an essay. "
    "A teacher is needed for a level.",
    "copied": "These passages stand word for word in the notes, so they were set aside. "
    "Say them in your own words.",
    "copied-model-answer": "These passages stand word for word in a model answer to this question, so they "
    "were set aside. Say it in your own words.",
    "word-list": "These words are a list, not sentences, so they were set aside. Say what is true of them.",
    "word-order": "The words of these sentences stand in no order that English has, so they were set aside. "
    "Put each thought into a sentence.",
    "no-claims": "The words of the subject are here, but no claim about it could be read from these "
    "sentences, so they were set aside. A teacher can look at them.",
    "repetition": "These sentences repeat earlier ones; saying a point again earns nothing more.",
    "question": "Most of this text asks. A question earns nothing until it is answered: say what is so.",
    "echo": "Most of this text says the question again. Answer it with points from the notes.",
    "spelling": "Many words mix letters and digits, so their spelling was not recognised.",
    "encoding": "Some characters were damaged on the way here and were read as quotes, dashes or accents.",
    "markup": "Tags, comments and link targets are not part of the essay and were not marked.",
}


_REASONS = {
    "not-english": "This text does not seem to be in English.",
    "copied": "These words stand in the notes.",
    "copied-model-answer": "These words stand in a model answer to this question.",
    "word-list": "These words are a list, not sentences.",
    "word-order": "These words stand in no order that English has.",
    "no-claims": "No claim could be read from these words.",
    "repetition": "These words repeat an earlier sentence.",
    "question": "A question states nothing until it is answered.",
    "echo": "These words only repeat the question.",
    "markup": "This is not part of the essay.",
}
"""Why a passage was set aside, said of that passage alone."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What screening found: ranges of tokens, and whether the text is in another language.

    `copied` stands in the notes or on the cards, `modelled` in the model answer; `asked` are questions that
    nobody answers.
    """

    copied: Ranges
    modelled: Ranges
    listed: Ranges
    jumbled: Ranges
    hollow: Ranges
    repeated: Ranges
    asked: Ranges
    echoed: Ranges
    foreign: bool


def nothing_claimed(essay: ParsedEssay) -> tuple[Advisory, SetAside]:
    """Return what is said of a whole text that claims nothing, and of its passages."""
    span = essay.span_of(0, len(essay.tokens))
    aside = SetAside(span.start, span.end, "no-claims", _REASONS["no-claims"])
    return Advisory("no-claims", _MESSAGES["no-claims"], (span,)), aside


def advise(essay: ParsedEssay, findings: Findings) -> tuple[Advisory, ...]:
    """Return the advisories that the findings give cause for, in a fixed order."""
    return tuple(
        Advisory(code, _MESSAGES[code], tuple(essay.span_of(first, last) for first, last in ranges))
        for code, ranges in _causes(essay, findings)
    )


def passages_set_aside(essay: ParsedEssay, found: Findings) -> tuple[SetAside, ...]:
    """Return what is not marked and why, in the order of the essay; of two reasons the graver one."""
    everything: Ranges = [(0, len(essay.tokens))] if found.foreign else ()
    reasons = dict.fromkeys(essay.folded.masked, "markup")
    for code, ranges in (
        ("question", found.asked),
        ("echo", found.echoed),
        ("repetition", found.repeated),
        ("no-claims", found.hollow),
        ("word-order", found.jumbled),
        ("word-list", found.listed),
        ("copied-model-answer", found.modelled),
        ("copied", found.copied),
        ("not-english", everything),
    ):
        reasons.update((essay.span_of(first, last), code) for first, last in ranges)
    passages = (SetAside(span.start, span.end, code, _REASONS[code]) for span, code in reasons.items())
    return tuple(sorted(passages, key=lambda passage: (passage.start, passage.end)))


def _causes(essay: ParsedEssay, found: Findings) -> Iterator[tuple[str, Ranges]]:
    total = max(1, len(essay.tokens))
    if found.foreign:
        yield "not-english", ()
    elif total < SHORT_WORDS:
        yield "too-short", ()
    if found.copied:
        yield "copied", found.copied
    if found.modelled:
        yield "copied-model-answer", found.modelled
    if found.listed and not found.foreign:
        yield "word-list", found.listed
    if found.jumbled:
        yield "word-order", found.jumbled
    if found.hollow:
        yield "no-claims", found.hollow
    for code, ranges, share in (
        ("repetition", found.repeated, _REPEATED_SHARE),
        ("question", found.asked, _ASKED_SHARE),
        ("echo", found.echoed, _ECHO_SHARE),
    ):
        if _size(ranges) > share * total:
            yield code, ranges
    yield from _causes_in_characters(essay, total)


def _causes_in_characters(essay: ParsedEssay, total: int) -> Iterator[tuple[str, Ranges]]:
    odd = [word for word in essay.words if not word.isalpha()]
    if sum(map(_is_mixed, odd)) > _MIXED_SHARE * total:
        yield "spelling", ()
    if essay.folded.repaired:
        yield "encoding", ()
    if essay.folded.masked:
        yield "markup", ()


def _size(ranges: Ranges) -> int:
    return sum(last - first for first, last in ranges)


def _is_mixed(word: str) -> bool:
    letters = sum(char.isalpha() for char in word)
    return 2 < letters < len(word.replace("'", ""))
