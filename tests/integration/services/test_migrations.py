"""The migrations make exactly the tables that the models describe, and take them away again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from models import Base
from models.sqlite import tune


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Engine]:
    engine = tune(create_engine(f"sqlite:///{tmp_path / 'blank.sqlite3'}"))
    yield engine
    engine.dispose()


def migrate(engine: Engine, *, to: str) -> None:
    """Go up to "head" or down to "base", without an env.py, as the service does."""
    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", "models:migrations")
    config.set_main_option("version_locations", "models:migrations")
    scripts = ScriptDirectory.from_config(config)

    def steps(current: tuple[str, ...], _: MigrationContext) -> list[MigrationStep]:
        # What Alembic's own commands do; it has no public name.
        found = scripts._downgrade_revs if to == "base" else scripts._upgrade_revs
        return list(found(to, current))  # type: ignore[arg-type] # it takes all heads, whatever its type says

    environment = EnvironmentContext(config, scripts, fn=steps)
    with engine.connect() as connection:
        environment.configure(connection, target_metadata=Base.metadata, fn=steps, transactional_ddl=True)
        with environment.begin_transaction():
            environment.run_migrations()


def shape(engine: Engine) -> dict[str, dict[str, object]]:
    """All that SQLite knows of the tables, in an order of our own."""
    found = inspect(engine)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            "primary key": found.get_pk_constraint(table),
            "foreign keys": sorted(found.get_foreign_keys(table), key=repr),
            "unique": sorted(found.get_unique_constraints(table), key=repr),
            "indexes": sorted(found.get_indexes(table), key=repr),
            "checks": sorted(checks(engine, table)),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def checks(engine: Engine, table: str) -> list[str]:
    with engine.connect() as connection:
        query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
        sql = str(connection.scalar(query, {"name": table}))
    return [re.sub(r"\s+", " ", line).strip(" ,") for line in sql.splitlines() if " CHECK " in line]


def test_upgrading_from_nothing_makes_what_the_models_describe(blank: Engine, engine: Engine) -> None:
    migrate(blank, to="head")
    assert shape(blank) == shape(engine)


def test_the_check_constraints_are_among_them(blank: Engine) -> None:
    migrate(blank, to="head")
    assert (
        sum(len(checks(blank, table)) for table in ("classroom", "submission", "score", "point_score")) == 9
    )


def test_there_is_nothing_left_to_generate(blank: Engine) -> None:
    migrate(blank, to="head")
    with blank.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_downgrading_leaves_nothing_behind(blank: Engine) -> None:
    migrate(blank, to="head")
    migrate(blank, to="base")
    assert inspect(blank).get_table_names() == ["alembic_version"]


def test_up_down_and_up_again_is_up(blank: Engine, engine: Engine) -> None:
    for revision in ("head", "base", "head"):
        migrate(blank, to=revision)
    assert shape(blank) == shape(engine)
