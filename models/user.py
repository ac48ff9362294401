"""People: guests, students and teachers.

The mixins come from Flask-Security, whose contract for a user is a class to inherit from: this is the one
module of `models` that imports anything besides SQLAlchemy (docs/decisions).
"""

from __future__ import annotations

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import BigInteger, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base

STUDENT = "student"
TEACHER = "teacher"
ADMIN = "admin"

role_of_user = Table(
    "role_of_user",
    Base.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What a person may do: student, teacher, admin."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    description: Mapped[str | None] = mapped_column(String(200))


class User(Base, UserMixin):
    """A person. A guest is a student without a password whose work lives with this browser's session.

    `username` is what a person signs in with; `email` is optional, since pupils often have none.
    `display_name` is what teachers see. `fs_uniquifier` changes on log-out-everywhere. With a `second_key`
    (base32), signing in asks for a code from the person's telephone as well; `second_step` is the last step
    of time whose code was used, so that none is used twice.
    """

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    # Flask-Security's type says that everybody has an address; its code copes with people who have none.
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # type: ignore[assignment]
    display_name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    guest: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    second_key: Mapped[str | None] = mapped_column(String(64))
    second_step: Mapped[int | None] = mapped_column(BigInteger)
    # The stub asks for an invariant list[RoleMixin]; Role is one.
    roles: Mapped[list[Role]] = relationship(secondary=role_of_user, lazy="selectin")  # type: ignore[assignment]

    @property
    def is_teacher(self) -> bool:
        """Whether this person may have classes."""
        return any(role.name == TEACHER for role in self.roles)

    @property
    def is_admin(self) -> bool:
        """Whether this person looks after the service: sees how it stands, never anybody's work by it."""
        return any(role.name == ADMIN for role in self.roles)


class Invitation(Base):
    """A one-time link that creates a teacher; only the digest of its token is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
