"""The one next step that feedback names: the first rule that applies, from most to least urgent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.feedback import FeedbackRow
from grader.feedback.wording import MAX_QUOTE
from grader.report import ScoreReport, SideReport, Verdict
from grader.rubric import Prompt

THIN = 0.25
"""A side this much less covered than the best one (as a share of 1) is the thinner side."""

_FLAGGED = (
    ("not-english", "Write your essay in English, so that it can be marked."),
    (
        "model-answer",
        "Write in your own words: passages of this essay stand in a model answer to the question.",
    ),
    ("copied", "Say it in your own words: passages copied from the notes are not marked."),
    ("echo", "Answer in your own words: sentences that repeat the question are not marked."),
    ("question", "Answer the questions that you ask: say what is so, and why."),
    ("word-list", "Turn the list into sentences that say what happened and why it matters."),
    ("word-order", "Write each thought as a sentence, in the order in which you would say it."),
    ("no-claims", "Say in plain words what happened, who did it and why it matters."),
    ("repetition", "Make each point once, then go on to the next one."),
    ("spelling", "Type the words with ordinary letters, so that they can be read."),
    ("off-topic", "Read the question again, and answer it directly in your first sentence."),
    ("too-short", "Write more: a paragraph for each part of your argument, then hand it in again."),
)
"""What to do about an advisory whose code contains the word; the first that applies."""

_ASK_A_TEACHER = "Ask your teacher to look at this essay: it could not be marked with confidence."
_JUDGE = "End with a judgement: say which side of the argument weighs more, and why."
_ALL_MADE = "You make every key point: now sharpen the argument, so that each paragraph answers the question."


def next_step(prompt: Prompt, report: ScoreReport, rows: Sequence[FeedbackRow]) -> str:
    """Return one sentence that says what to do next."""
    rules: tuple[Callable[[], str], ...] = (
        lambda: _mend_flagged(report),
        lambda: _correct_clash(rows),
        lambda: _complete_half(rows),
        lambda: _strengthen_side(prompt, report.sides, rows),
        lambda: _add_judgement(report),
        lambda: _turn_near_miss(rows),
        lambda: _open_point(rows),
    )
    return next((sentence for rule in rules if (sentence := rule())), _ALL_MADE)


def _mend_flagged(report: ScoreReport) -> str:
    """A flag that takes the level away comes before everything else."""
    if report.level is not None:
        return ""
    codes = [advisory.code for advisory in report.advisories]
    return next((advice for word, advice in _FLAGGED if any(word in code for code in codes)), _ASK_A_TEACHER)


def _correct_clash(rows: Sequence[FeedbackRow]) -> str:
    row = _first(rows, Verdict.CONTRADICTED)
    return f"Put point {row.number} right first: {_lower_first(row.clash or row.explanation)}" if row else ""


def _complete_half(rows: Sequence[FeedbackRow]) -> str:
    row = next((r for r in rows if r.verdict is Verdict.PARTIAL and r.lacks), None)
    return f"Complete point {row.number}: it lacks {row.lacks[0]}." if row else ""


def _strengthen_side(prompt: Prompt, sides: Sequence[SideReport], rows: Sequence[FeedbackRow]) -> str:
    if not prompt.balanced or len(sides) < 2:
        return ""
    thin = min(sides, key=lambda side: side.coverage)
    if max(side.coverage for side in sides) - thin.coverage < THIN:
        return ""
    row = next((r for r in rows if r.side == thin.name and r.verdict is not Verdict.HIT), None)
    card = f": revise card {row.card_number}, “{row.card_title}”" if row else ""
    return f"Strengthen the side “{thin.name}”{card}."


def _add_judgement(report: ScoreReport) -> str:
    lacking = any(signal.code == "judgement" and not signal.present for signal in report.signals)
    return _JUDGE if lacking else ""


def _turn_near_miss(rows: Sequence[FeedbackRow]) -> str:
    row = next((r for r in rows if r.verdict is Verdict.MISS and r.near_miss), None)
    if row is None:
        return ""
    lacks = f": it lacks {row.lacks[0]}" if row.lacks else ""
    return f"You nearly make point {row.number} with “{_short(row.near_miss)}”{lacks}."


def _open_point(rows: Sequence[FeedbackRow]) -> str:
    row = next((r for r in rows if r.verdict is not Verdict.HIT), None)
    if row is None:
        return ""
    state, act = ("made in part", "complete") if row.verdict is Verdict.PARTIAL else ("still open", "add")
    return f"Point {row.number} is {state}: revise card {row.card_number}, “{row.card_title}”, and {act} it."


def _first(rows: Sequence[FeedbackRow], verdict: Verdict) -> FeedbackRow | None:
    return next((row for row in rows if row.verdict is verdict), None)


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _short(passage: str, limit: int = MAX_QUOTE // 4) -> str:
    return passage if len(passage) <= limit else passage[:limit].rsplit(" ", 1)[0] + " …"
