"""Migrations: backed up first, undone as a whole where one fails; a table made anew takes no essay along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from models.backup import backups_in
from tests.integration.web.browsing import Browser
from tests.integration.web.practice import handed_in
from web import upkeep
from web.extensions import alembic, db

Migrate = Callable[[str], None]

HEAD = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{newest}"
branch_labels = depends_on = None


def upgrade():
"""

TABLE_ANEW = """
    with op.batch_alter_table("user", recreate="always") as table:
        table.add_column(sa.Column("shoe_size", sa.Integer()))
"""

FAILS_HALFWAY = """
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM submission")
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""

LEAVES_ORPHANS = """
    op.execute("DELETE FROM user")
"""


@pytest.fixture
def migrate(app: Flask, tmp_path: Path) -> Migrate:
    """Bring the tables up to a version of the test's own, which does what it is told."""

    def upgrade(body: str) -> None:
        newest = newest_revision()
        folder = tmp_path / "versions"
        folder.mkdir()
        (folder / "9000_own.py").write_text(HEAD.format(newest=newest) + body)
        app.config["ALEMBIC"]["version_locations"] = [str(folder)]
        with app.app_context():
            alembic.stamp(newest)
            upkeep.upgrade_tables()

    return upgrade


def newest_revision() -> str:
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    config.set_main_option("version_locations", "models:migrations")
    config.set_main_option("path_separator", "newline")
    return str(ScriptDirectory.from_config(config).get_current_head())


def essays(app: Flask) -> int:
    with app.app_context():
        return int(db.session.scalar(text("SELECT count(*) FROM submission")) or 0)


def backups(app: Flask) -> list[str]:
    return [backup.occasion for backup in backups_in(app.extensions["backups"].folder)]


def test_making_the_table_of_people_anew_keeps_their_essays(
    app: Flask, ada: Browser, migrate: Migrate
) -> None:
    handed_in(ada)
    migrate(TABLE_ANEW)
    assert essays(app) == 1
    with app.app_context():
        assert "shoe_size" in {column["name"] for column in inspect(db.engine).get_columns("user")}
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_backup_is_made_first(app: Flask, ada: Browser, migrate: Migrate) -> None:
    migrate(TABLE_ANEW)
    assert backups(app) == ["before-9000"]


def test_a_migration_that_fails_leaves_everything_as_it_was(
    app: Flask, ada: Browser, migrate: Migrate
) -> None:
    handed_in(ada)
    with pytest.raises(upkeep.UpkeepFailed):
        migrate(FAILS_HALFWAY)
    assert essays(app) == 1
    with app.app_context():
        assert not inspect(db.engine).has_table("half_done")
    assert backups(app) == ["before-9000"]


def test_a_migration_that_leaves_orphans_is_undone(app: Flask, ada: Browser, migrate: Migrate) -> None:
    handed_in(ada)
    with pytest.raises(upkeep.UpkeepFailed, match="would refer to rows that are not there"):
        migrate(LEAVES_ORPHANS)
    assert essays(app) == 1
    assert ada.get("/history").status_code == 200


def test_tables_that_are_up_to_date_need_no_backup(app: Flask) -> None:
    with app.app_context():
        alembic.stamp()
        upkeep.upgrade_tables()
    assert backups(app) == []
