"""The sentences of feedback: plain, present tense, no blame; to a student in the second person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.feedback import MACHINE, Audience
from grader.report import Clash, PointReport, Verdict

MAX_QUOTE = 400
"""Characters of the essay quoted in one row; a longer passage is cut at a word."""
SHORT_QUOTE = 80
"""Characters that are enough to find a passage by."""
NOT_MARKED = "These words are not marked."


def quote(text: str, longest: int = MAX_QUOTE) -> str:
    """Return a passage of the essay on one line, cut at a word where it is longer than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def typeset(text: str) -> str:
    """Return an author's words with the quotation marks and dashes of print; never used on an essay."""
    return _YEARS.sub("–", _CLOSING.sub(_closed, _OPENING.sub(_opened, text)))


_OPENING = re.compile(r"(?<![^\s(\[–—‘“'\"])['\"](?=['\"]?[^\W\d_])")
_CLOSING = re.compile(r"['\"]")
_YEARS = re.compile(r"(?<=\b\d{4})-(?=(?:\d{4}|\d\d)\b)")


def _opened(mark: re.Match[str]) -> str:
    return "‘" if mark[0] == "'" else "“"


def _closed(mark: re.Match[str]) -> str:
    return "’" if mark[0] == "'" else "”"


def explain(point: PointReport, decided_by: str, audience: Audience = Audience.STUDENT) -> str:
    """Say in one or two sentences why a verdict earns what it earns."""
    if decided_by != MACHINE and not point.evidence and point.near_miss is None:
        return f"{decided_by} decided this."
    match point.verdict:
        case Verdict.HIT:
            together = "These sentences make the point together."
            return together if len(point.evidence) > 1 else "This makes the point."
        case Verdict.PARTIAL:
            return f"This makes part of the point. {_lacking(point)}"
        case Verdict.CONTRADICTED:
            return say_clash(point.clash, audience)
        case Verdict.MISS:
            return f"Close, but not yet the point. {_lacking(point)}" if point.near_miss else "Not found."


def say_clash(clash: Clash | None, audience: Audience = Audience.STUDENT) -> str:
    """Say how a passage differs from the notes."""
    if clash is None:
        return "This differs from the notes."
    wrote = clash.wrote if clash.kind in {"figure", "date"} else f"“{quote(clash.wrote).rstrip('.;:,')}”"
    if clash.notes:
        return f"{_SAYS[audience]} {wrote}; the notes say {clash.notes}."
    return f"{_SAYS[audience]} {wrote}; the notes say {_REVERSED.get(clash.kind, 'otherwise')}."


_SAYS = {Audience.STUDENT: "You wrote", Audience.TEACHER: "The essay says"}
_REVERSED = {
    "polarity": "the opposite",
    "direction": "that it went the other way",
    "actor": "that it was somebody or something else",
}


def join_words(parts: Sequence[str]) -> str:
    """Join parts as English does: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _lacking(point: PointReport) -> str:
    if point.near_miss and point.near_miss.lacks:
        return f"It lacks: {join_words([typeset(each) for each in point.near_miss.lacks])}."
    return "Say it in full, with its specifics."
