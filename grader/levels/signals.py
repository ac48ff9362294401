"""Signs of argument in an essay, found or not, with a sentence for the writer.

Surface signs only: they say that a judgement is there, never that it convinces. Cue lists are
general English; the question's own words tell whether a paragraph touches it.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.language.cue_search import cue_spans
from grader.language.essay import ParsedEssay, Unit
from grader.language.tokens import tokenise
from grader.report import ArgumentSignal, SideReport, Span
from grader.rubric import Prompt
from grader.text import fold

_LINKS_NEEDED = 4
"""Different linking words in an essay that argues; the flattest of the marked essays have fewer."""
_LINKS = ("causal", "contrast")
_SHORT_PARAGRAPH = 12


class SignalReader:
    """Reads the signs of argument in answers to one question."""

    def __init__(self, prompt: Prompt) -> None:
        self._balanced = prompt.balanced and len(prompt.sides) > 1
        self._asked = {token.term for token in tokenise(fold(prompt.question).text) if token.content}

    def read(
        self, essay: ParsedEssay, sides: Sequence[SideReport], credited: Sequence[Span]
    ) -> tuple[ArgumentSignal, ...]:
        """Return every signal, in a fixed order; `credited` are the passages that earned something."""
        paragraphs = _paragraphs(essay)
        found = [self._opening(essay, paragraphs)]
        if self._balanced:
            found.append(_both_sides(sides))
        found += [
            _judgement(essay, paragraphs),
            _connectives(essay),
            self._on_question(essay, paragraphs, credited),
        ]
        return tuple(found)

    def _opening(self, essay: ParsedEssay, paragraphs: Sequence[Sequence[Unit]]) -> ArgumentSignal:
        opening = paragraphs[0] if paragraphs else ()
        said = _terms(essay, opening)
        present = len(said & self._asked) >= min(2, len(self._asked))
        message = (
            "Your opening takes up the question."
            if present
            else "Take up the question in your opening: say where your answer will go."
        )
        return ArgumentSignal("opening", present, message, _span(essay, opening))

    def _on_question(
        self, essay: ParsedEssay, paragraphs: Sequence[Sequence[Unit]], credited: Sequence[Span]
    ) -> ArgumentSignal:
        adrift = [
            units
            for units in paragraphs
            if _length(units) >= _SHORT_PARAGRAPH and not self._touches(essay, units, credited)
        ]
        spans = tuple(span for units in adrift for span in _span(essay, units))
        if not adrift:
            return ArgumentSignal("paragraphs", True, "Every paragraph touches the question.")
        many = f"{len(adrift)} paragraphs do" if len(adrift) > 1 else "One paragraph does"
        return ArgumentSignal(
            "paragraphs", False, f"{many} not come back to the question. Link it, or leave it out.", spans
        )

    def _touches(self, essay: ParsedEssay, units: Sequence[Unit], credited: Sequence[Span]) -> bool:
        if not self._asked.isdisjoint(essay.terms[units[0].first : units[-1].last]):
            return True
        (span,) = _span(essay, units)
        return any(c.start < span.end and span.start < c.end for c in credited)


def _both_sides(sides: Sequence[SideReport]) -> ArgumentSignal:
    bare = [side.name for side in sides if side.points > 1 and not side.hits and not side.partials]
    if not bare:
        return ArgumentSignal("both-sides", True, "You bring points from every side of the argument.")
    where = "this side" if len(bare) == 1 else "these sides"
    return ArgumentSignal("both-sides", False, f"Nothing was found yet on {where}: {', '.join(bare)}.")


def _judgement(essay: ParsedEssay, paragraphs: Sequence[Sequence[Unit]]) -> ArgumentSignal:
    closing = paragraphs[-1] if paragraphs else ()
    if len(paragraphs) == 1:
        closing = closing[-2:]
    text = essay.folded.text
    present = bool(closing) and bool(
        cue_spans("judgement", text[closing[0].start : closing[-1].end], essay.vocabulary)
    )
    message = (
        "You end with a judgement."
        if present
        else "End with a judgement: say which side weighs more, and why."
    )
    return ArgumentSignal("judgement", present, message, _span(essay, closing) if present else ())


def _connectives(essay: ParsedEssay) -> ArgumentSignal:
    text = essay.folded.text
    used = {text[a:b] for name in _LINKS for a, b in cue_spans(name, text, essay.vocabulary)}
    present = len(used) >= _LINKS_NEEDED
    message = (
        "Your sentences explain and weigh."
        if present
        else "Link your points: say why each one matters and what speaks against it."
    )
    return ArgumentSignal("connectives", present, message)


def _paragraphs(essay: ParsedEssay) -> list[list[Unit]]:
    found: dict[int, list[Unit]] = {}
    for unit in essay.units:
        found.setdefault(unit.paragraph, []).append(unit)
    return list(found.values())


def _terms(essay: ParsedEssay, units: Sequence[Unit]) -> frozenset[str]:
    """Return the terms of neighbouring units."""
    return frozenset(essay.terms[units[0].first : units[-1].last]) if units else frozenset()


def _length(units: Sequence[Unit]) -> int:
    return sum(unit.last - unit.first for unit in units)


def _span(essay: ParsedEssay, units: Sequence[Unit]) -> tuple[Span, ...]:
    return (essay.span(units[0], units[-1]),) if units else ()
