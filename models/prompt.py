"""Questions and their versions. A version is never updated: a submission points at what was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base


class Prompt(Base):
    """A question by its slug; `current_version` is what new drafts are written to.

    `current_hash` names that version by its content hash, so that a wording which comes back is current
    again without a second copy. `retired_at` is set when the question has left the built-in units: it
    takes no new drafts.
    """

    __tablename__ = "prompt"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    unit: Mapped[str] = mapped_column(String(80), index=True)
    unit_title: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    current_hash: Mapped[str] = mapped_column(String(64))
    retired_at: Mapped[datetime | None]
    versions: Mapped[list[PromptVersion]] = relationship(back_populates="prompt", order_by="PromptVersion.id")

    @property
    def current_version(self) -> PromptVersion:
        """The wording that is asked now."""
        return next(version for version in self.versions if version.content_hash == self.current_hash)


class PromptVersion(Base):
    """One immutable wording of a question and its rubric, as JSON (`grader.rubric.Prompt.to_body`)."""

    __tablename__ = "prompt_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64), unique=True)
    structure_hash: Mapped[str] = mapped_column(String(64), index=True)
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    prompt: Mapped[Prompt] = relationship(back_populates="versions")
