"""What a text denies: negated words, and claims that it reports to refute or takes back."""

from __future__ import annotations

from grader.language.essay import parse_essay
from grader.language.negation import denials
from grader.language.refutation import refuted_ranges


def denied(text: str) -> set[str]:
    """Return the content words that a text denies."""
    essay = parse_essay(text)
    flags, _ = denials(essay, refuted_ranges(essay))
    return {token.word for token, no in zip(essay.tokens, flags, strict=True) if no and token.content}
