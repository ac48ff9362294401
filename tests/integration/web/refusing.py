"""A database that refuses to be written to, as one on a disk that has become read-only does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection

from flask import Flask
from sqlalchemy import event

from web.extensions import db


@contextmanager
def refusing_writes(app: Flask) -> Iterator[None]:
    """Refuse writes on every connection that is opened inside; those opened before are closed."""

    def refuse(connection: Connection, _: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", refuse)
    try:
        yield
    finally:
        event.remove(engine, "connect", refuse)
