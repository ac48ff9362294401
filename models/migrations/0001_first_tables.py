"""The first tables: people, questions, classes, essays and scores.

Revision ID: 0001
Revises: nothing
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_people()
    _create_records_about_people()
    _create_questions()
    _create_classes()
    _create_essays()
    _create_reveals()
    _create_scores()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


TABLES = (
    "point_score", "score", "reveal", "submission", "draft", "release", "membership", "classroom",
    "calibration", "prompt_version", "prompt", "audit_event", "invitation", "role_of_user", "user", "role",
)  # fmt: skip
"""What refers to other tables comes first: so they can be dropped one after the other."""


def _create_people() -> None:
    _create(
        "role",
        _column("name", sa.String(40)),
        _optional("description", sa.String(200)),
        _unique("role", "name"),
    )
    _create(
        "user",
        _column("username", sa.String(80)),
        _optional("email", sa.String(254)),
        _column("display_name", sa.String(120)),
        _optional("password", sa.String(255)),
        _column("active", sa.Boolean()),
        _column("guest", sa.Boolean()),
        _column("fs_uniquifier", sa.String(64)),
        _column("created_at", MOMENT),
        _unique("user", "email"),
        _unique("user", "fs_uniquifier"),
        _unique("user", "username"),
    )
    op.create_table(
        "role_of_user",
        _column("user_id", sa.Integer()),
        _column("role_id", sa.Integer()),
        _refers("role_of_user", "role_id", "role", ondelete="CASCADE"),
        _refers("role_of_user", "user_id", "user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_role_of_user")),
    )


def _create_records_about_people() -> None:
    _create(
        "invitation",
        _column("token_digest", sa.String(64)),
        _column("created_at", MOMENT),
        _optional("used_at", MOMENT),
        _optional("used_by_id", sa.Integer()),
        _refers("invitation", "used_by_id", "user", ondelete="SET NULL"),
        _unique("invitation", "token_digest"),
    )
    _create(
        "audit_event",
        _column("at", MOMENT),
        _optional("actor_id", sa.Integer()),
        _column("action", sa.String(40)),
        _column("subject", sa.String(120)),
        _refers("audit_event", "actor_id", "user", ondelete="SET NULL"),
    )
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at"])


def _create_questions() -> None:
    _create(
        "prompt",
        _column("slug", sa.String(80)),
        _column("unit", sa.String(80)),
        _column("unit_title", sa.String(200)),
        _column("subject", sa.String(120)),
        _column("question", sa.Text()),
        _column("position", sa.Integer()),
        _column("current_hash", sa.String(64)),
        _optional("retired_at", MOMENT),
        _unique("prompt", "slug"),
    )
    op.create_index(op.f("ix_prompt_unit"), "prompt", ["unit"])
    _create(
        "prompt_version",
        _column("prompt_id", sa.Integer()),
        _column("content_hash", sa.String(64)),
        _column("structure_hash", sa.String(64)),
        _column("body", sa.JSON()),
        _column("created_at", MOMENT),
        _refers("prompt_version", "prompt_id", "prompt"),
        _unique("prompt_version", "content_hash"),
    )
    op.create_index(op.f("ix_prompt_version_prompt_id"), "prompt_version", ["prompt_id"])
    op.create_index(op.f("ix_prompt_version_structure_hash"), "prompt_version", ["structure_hash"])
    _create(
        "calibration",
        _column("structure_hash", sa.String(64)),
        _column("parameters", sa.JSON()),
        _column("agreement", sa.JSON()),
        _column("created_at", MOMENT),
        _optional("created_by_id", sa.Integer()),
        _optional("activated_at", MOMENT),
        _optional("retired_at", MOMENT),
        _refers("calibration", "created_by_id", "user", ondelete="SET NULL"),
    )
    op.create_index(op.f("ix_calibration_structure_hash"), "calibration", ["structure_hash"])


def _create_classes() -> None:
    _create(
        "classroom",
        _column("ref", sa.String(24)),
        _column("name", sa.String(120)),
        _column("teacher_id", sa.Integer()),
        _column("join_code", sa.String(12)),
        _column("reveal_policy", sa.String(20)),
        _column("created_at", MOMENT),
        _optional("closed_at", MOMENT),
        _check("classroom", "reveal_policy_known", "reveal_policy IN ('on-request', 'on-release')"),
        _refers("classroom", "teacher_id", "user"),
        _unique("classroom", "join_code"),
        _unique("classroom", "ref"),
    )
    op.create_index(op.f("ix_classroom_teacher_id"), "classroom", ["teacher_id"])
    _create(
        "membership",
        _column("classroom_id", sa.Integer()),
        _column("student_id", sa.Integer()),
        _column("joined_at", MOMENT),
        _optional("left_at", MOMENT),
        _refers("membership", "classroom_id", "classroom", ondelete="CASCADE"),
        _refers("membership", "student_id", "user", ondelete="CASCADE"),
        _unique("membership", "classroom_id", "student_id"),
    )
    op.create_index(op.f("ix_membership_student_id"), "membership", ["student_id"])
    _create(
        "release",
        _column("classroom_id", sa.Integer()),
        _column("prompt_id", sa.Integer()),
        _column("released_at", MOMENT),
        _column("released_by_id", sa.Integer()),
        _refers("release", "classroom_id", "classroom", ondelete="CASCADE"),
        _refers("release", "prompt_id", "prompt"),
        _refers("release", "released_by_id", "user"),
        _unique("release", "classroom_id", "prompt_id"),
    )


def _create_essays() -> None:
    _create(
        "draft",
        _column("student_id", sa.Integer()),
        _column("prompt_id", sa.Integer()),
        _column("text", sa.Text()),
        _column("plan", sa.Text()),
        _column("revision", sa.BigInteger()),
        _column("started_at", MOMENT),
        _column("updated_at", MOMENT),
        _refers("draft", "prompt_id", "prompt"),
        _refers("draft", "student_id", "user", ondelete="CASCADE"),
        _unique("draft", "student_id", "prompt_id"),
    )
    _create(
        "submission",
        _column("ref", sa.String(24)),
        _column("student_id", sa.Integer()),
        _column("prompt_id", sa.Integer()),
        _column("prompt_version_id", sa.Integer()),
        _optional("classroom_id", sa.Integer()),
        _column("number", sa.Integer()),
        _column("essay", sa.Text()),
        _column("words", sa.Integer()),
        _column("submit_key", sa.String(64)),
        _column("submitted_at", MOMENT),
        _check("submission", "number_from_one", "number >= 1"),
        _refers("submission", "classroom_id", "classroom", ondelete="SET NULL"),
        _refers("submission", "prompt_id", "prompt"),
        _refers("submission", "prompt_version_id", "prompt_version"),
        _refers("submission", "student_id", "user", ondelete="CASCADE"),
        _unique("submission", "ref"),
        _unique("submission", "student_id", "prompt_id", "number"),
        _unique("submission", "student_id", "submit_key"),
    )
    op.create_index(op.f("ix_submission_classroom_prompt"), "submission", ["classroom_id", "prompt_id"])
    op.create_index(op.f("ix_submission_student_id"), "submission", ["student_id"])


def _create_reveals() -> None:
    _create(
        "reveal",
        _column("student_id", sa.Integer()),
        _column("prompt_id", sa.Integer()),
        _column("revealed_at", MOMENT),
        _refers("reveal", "prompt_id", "prompt"),
        _refers("reveal", "student_id", "user", ondelete="CASCADE"),
        _unique("reveal", "student_id", "prompt_id"),
    )


def _create_scores() -> None:
    _create(
        "score",
        _column("submission_id", sa.Integer()),
        _column("action", sa.String(20)),
        _optional("rater_id", sa.Integer()),
        _optional("signature", sa.String(120)),
        _optional("mark", sa.Double()),
        _column("max_score", sa.Double()),
        _column("comment", sa.Text()),
        _optional("report", sa.JSON()),
        _column("created_at", MOMENT),
        _check("score", "action_known", "action IN ('scored', 'verdicts', 'mark', 'mark-withdrawn')"),
        _check("score", "machine_or_teacher", "(signature IS NULL) = (rater_id IS NOT NULL)"),
        _check("score", "mark_in_bounds", "mark IS NULL OR (mark >= 0 AND mark <= max_score)"),
        _refers("score", "rater_id", "user"),
        _refers("score", "submission_id", "submission", ondelete="CASCADE"),
        _unique("score", "submission_id", "signature"),
    )
    op.create_index(op.f("ix_score_submission_id"), "score", ["submission_id"])
    _create(
        "point_score",
        _column("score_id", sa.Integer()),
        _column("key", sa.String(80)),
        _column("action", sa.String(20)),
        _column("verdict", sa.String(20)),
        _column("credit", sa.Double()),
        _optional("confidence", sa.Double()),
        _column("evidence", sa.JSON()),
        _column("reason", sa.Text()),
        _column("comment", sa.Text()),
        _check("point_score", "override_has_reason", "action != 'overridden' OR length(trim(reason)) > 0"),
        _check("point_score", "action_known", "action IN ('scored', 'confirmed', 'overridden', 'withdrawn')"),
        _check("point_score", "verdict_known", "verdict IN ('hit', 'partial', 'contradicted', 'miss')"),
        _check("point_score", "credit_in_bounds", "credit >= 0 AND credit <= 1"),
        _refers("point_score", "score_id", "score", ondelete="CASCADE"),
        _unique("point_score", "score_id", "key"),
    )


# Every constraint is named, so that a later revision can alter it: SQLite names none by itself.


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    identity = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(table, identity, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")), *parts)


def _column(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _optional(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )
