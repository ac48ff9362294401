"""Privacy: an audit log that cannot be changed, counts of what was erased, a second step at the sign-in.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TRIGGERS = (
    """
CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
""",
    """
CREATE TRIGGER audit_event_stands BEFORE UPDATE ON audit_event
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at
  OR NEW.action IS NOT OLD.action OR NEW.subject IS NOT OLD.subject
  OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id
      AND NOT EXISTS (SELECT 1 FROM user WHERE user.id = OLD.actor_id AND user.guest))
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
""",
)


def upgrade() -> None:
    op.add_column("user", sa.Column("second_key", sa.String(64), nullable=True))
    op.add_column("user", sa.Column("second_step", sa.BigInteger(), nullable=True))
    op.create_table(
        "mark_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prompt_version_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("essays", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_count")),
        sa.ForeignKeyConstraint(
            ["prompt_version_id"], ["prompt_version.id"], name=op.f("fk_mark_count_prompt_version_id")
        ),
        sa.UniqueConstraint("prompt_version_id", "mark", name=op.f("uq_mark_count_prompt_version_id_mark")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(trigger)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_event_stands")
        op.execute("DROP TRIGGER audit_event_stays")
    op.drop_table("mark_count")
    op.drop_column("user", "second_step")
    op.drop_column("user", "second_key")
