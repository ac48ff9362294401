"""What is left of essays that were erased: how many were given which mark, and nobody's name."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class MarkCount(Base):
    """How many erased essays on one wording of a question were given one mark, in whole marks.

    Neither a class nor a moment is kept: in a small class both would lead back to a person.
    """

    __tablename__ = "mark_count"
    __table_args__ = (UniqueConstraint("prompt_version_id", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    prompt_version_id: Mapped[int] = mapped_column(ForeignKey("prompt_version.id"))
    mark: Mapped[int]
    essays: Mapped[int]
