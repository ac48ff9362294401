"""Scores: append-only rows by machine and teacher. What is shown is a fold over them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.submission import Submission
from models.user import User


class ScoreAction(StrEnum):
    """What a row records."""

    SCORED = "scored"  # the machine scored the essay
    VERDICTS = "verdicts"  # a teacher confirmed, overrode or withdrew verdicts
    MARK = "mark"  # a teacher gave the whole a mark
    MARK_WITHDRAWN = "mark-withdrawn"  # a teacher took that mark back


class PointAction(StrEnum):
    """How a verdict on one key point came about."""

    SCORED = "scored"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"
    WITHDRAWN = "withdrawn"  # back to the machine's verdict


class Score(Base):
    """One act of a rater on one submission. Never updated, never deleted while the submission stands.

    Machine rows carry the whole report as JSON and the signature of what produced it; unique
    (submission, signature) makes a retry harmless. Teacher rows have `rater` and no signature.
    """

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("submission_id", "signature"),
        CheckConstraint("(signature IS NULL) = (rater_id IS NOT NULL)", name="machine_or_teacher"),
        CheckConstraint("mark IS NULL OR (mark >= 0 AND mark <= max_score)", name="mark_in_bounds"),
        CheckConstraint("action IN ('scored', 'verdicts', 'mark', 'mark-withdrawn')", name="action_known"),
        Index("ix_score_submission_id", "submission_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(String(20))
    rater_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signature: Mapped[str | None] = mapped_column(String(120))
    mark: Mapped[float | None]
    max_score: Mapped[float]
    comment: Mapped[str] = mapped_column(Text, default="")
    report: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    submission: Mapped[Submission] = relationship()
    rater: Mapped[User | None] = relationship()
    points: Mapped[list[PointScore]] = relationship(
        back_populates="score", order_by="PointScore.id", lazy="selectin"
    )


class PointScore(Base):
    """A verdict on one key point, in one score row."""

    __tablename__ = "point_score"
    __table_args__ = (
        UniqueConstraint("score_id", "key"),
        CheckConstraint("verdict IN ('hit', 'partial', 'contradicted', 'miss')", name="verdict_known"),
        CheckConstraint("credit >= 0 AND credit <= 1", name="credit_in_bounds"),
        CheckConstraint("action IN ('scored', 'confirmed', 'overridden', 'withdrawn')", name="action_known"),
        CheckConstraint("action != 'overridden' OR length(trim(reason)) > 0", name="override_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    score_id: Mapped[int] = mapped_column(ForeignKey("score.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20))
    credit: Mapped[float]
    confidence: Mapped[float | None]
    evidence: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(Text, default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[Score] = relationship(back_populates="points")
