"""Classes: who teaches them, who has joined, and what has been released to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.user import User


class RevealPolicy(StrEnum):
    """When students of a class may see the full key points of a question they have answered."""

    ON_REQUEST = "on-request"
    ON_RELEASE = "on-release"


class Classroom(Base):
    """A class of one teacher. A closed class takes no new submissions; its work stays readable."""

    __tablename__ = "classroom"
    __table_args__ = (
        CheckConstraint("reveal_policy IN ('on-request', 'on-release')", name="reveal_policy_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(24), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    teacher_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    join_code: Mapped[str] = mapped_column(String(12), unique=True)
    reveal_policy: Mapped[str] = mapped_column(String(20), default=RevealPolicy.ON_REQUEST)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    teacher: Mapped[User] = relationship()
    memberships: Mapped[list[Membership]] = relationship(back_populates="classroom")


class Membership(Base):
    """A student in a class; `left_at` is set, never the row deleted, so that work stays explained."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("classroom_id", "student_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    student_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    classroom: Mapped[Classroom] = relationship(back_populates="memberships")
    student: Mapped[User] = relationship()


class Release(Base):
    """A teacher's release of a question's key points to one class."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("classroom_id", "prompt_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"))
    released_at: Mapped[datetime]
    released_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
