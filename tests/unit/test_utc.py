"""Times are aware and in UTC, or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from models import UtcDateTime

SQLITE = SQLiteDialect_pysqlite()
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(NOON.replace(tzinfo=None), SQLITE)


def test_a_time_of_another_zone_is_the_same_moment_in_utc() -> None:
    in_warsaw = NOON.astimezone(timezone(timedelta(hours=1)))
    assert UtcDateTime().process_bind_param(in_warsaw, SQLITE) == NOON


@pytest.mark.parametrize(
    "stored", [NOON, NOON.replace(tzinfo=None), NOON.astimezone(timezone(timedelta(hours=1)))]
)
def test_whatever_the_database_gives_back_is_utc(stored: datetime) -> None:
    read = UtcDateTime().process_result_value(stored, SQLITE)
    assert read == NOON
    assert read is not None
    assert read.tzinfo is UTC


def test_no_time_stays_no_time() -> None:
    assert UtcDateTime().process_bind_param(None, SQLITE) is None
    assert UtcDateTime().process_result_value(None, SQLITE) is None
