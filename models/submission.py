"""What students write: the draft that is still moving, and the submission that never changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.classroom import Classroom
from models.prompt import Prompt, PromptVersion
from models.user import User


class Draft(Base):
    """An essay being written: one a student and question.

    `revision` grows with every save (optimistic lock). It starts at the second in which the draft was
    opened, so that a page which still holds an earlier draft's revision never matches a later draft.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("student_id", "prompt_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    prompt: Mapped[Prompt] = relationship()


class Submission(Base):
    """One immutable attempt of one student at one version of a question.

    `number` counts this student's attempts at the question from 1; `submit_key` makes a double click
    one submission; `classroom` is the class it was handed in to, None for practice on one's own.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("student_id", "prompt_id", "number"),
        UniqueConstraint("student_id", "submit_key"),
        CheckConstraint("number >= 1", name="number_from_one"),
        Index("ix_submission_classroom_prompt", "classroom_id", "prompt_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(24), unique=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"))
    prompt_version_id: Mapped[int] = mapped_column(ForeignKey("prompt_version.id"))
    classroom_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id", ondelete="SET NULL"))
    number: Mapped[int]
    essay: Mapped[str] = mapped_column(Text)
    words: Mapped[int]
    submit_key: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime]
    student: Mapped[User] = relationship()
    prompt: Mapped[Prompt] = relationship()
    prompt_version: Mapped[PromptVersion] = relationship()
    classroom: Mapped[Classroom | None] = relationship()


class Reveal(Base):
    """A student's request to see the full key points of a question: from then on they are shown."""

    __tablename__ = "reveal"
    __table_args__ = (UniqueConstraint("student_id", "prompt_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"))
    revealed_at: Mapped[datetime]
