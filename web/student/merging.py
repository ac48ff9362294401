"""Two versions of one essay, written in two places: shown side by side, nothing chosen for the writer."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from models import Draft, Prompt
from services.essay_text import count_words
from web.access import current_student
from web.extensions import db
from web.student.comparing import Paragraph, mark_differences
from web.student.sheet import Sent, next_attempt


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two versions, with the paragraphs marked that the other has not."""

    essay: str
    plan: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def words(self) -> int:
        """The number of words of the essay."""
        return count_words(self.essay)


def show_versions(prompt: Prompt, sent: Sent, stored: Draft) -> str:
    """Render the page on which the writer keeps one version or joins the two."""
    ours, theirs = mark_differences(sent.essay, stored.text)
    return render_template(
        "student/merge.html",
        prompt=prompt,
        attempt=next_attempt(db.session, student=current_student(), prompt=prompt),
        stored=stored,
        mine=Version(sent.essay, sent.plan, ours),
        theirs=Version(stored.text, stored.plan, theirs),
        joined_essay=_join(sent.essay, stored.text),
        joined_plan=_join(sent.plan, stored.plan),
    )


def _join(one: str, other: str) -> str:
    return one if one == other else f"{one}\n\n{other}".strip()
