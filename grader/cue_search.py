"""Where the set phrases of the lexicon stand in a text: plain searches, which beat one long pattern."""

from __future__ import annotations

from grader.lexicon import cues


def cue_spans(name: str, text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every whole-word use of a closed list's phrases in folded text, in order."""
    found = []
    for cue in cues(name):
        start = text.find(cue)
        while start >= 0:
            end = start + len(cue)
            if _is_edge(text, start - 1) and _is_edge(text, end):
                found.append((start, end))
            start = text.find(cue, end)
    return sorted(found)


def _is_edge(text: str, place: int) -> bool:
    return not (0 <= place < len(text) and text[place].isalnum())
