"""Calibrations: fitted parameters for one rubric structure, with the agreement they reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Calibration(Base):
    """Immutable parameters; active from `activated_at`, and no longer once `retired_at` is set."""

    __tablename__ = "calibration"

    id: Mapped[int] = mapped_column(primary_key=True)
    structure_hash: Mapped[str] = mapped_column(String(64), index=True)
    parameters: Mapped[dict[str, Any]]
    agreement: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    activated_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
