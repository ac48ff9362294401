"""The service as the commands see it: opened once, failing with one sentence and exit status 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app import create_app
from web.config import ConfigurationError, LogFormat, Settings, load_settings
from web.extensions import db
from web.upkeep import UpkeepFailed, in_words


@contextmanager
def opened(*, logs: LogFormat = "") -> Iterator[tuple[Flask, Settings]]:
    """Give the app, inside its context, and its settings; say in one sentence what stops it.

    `logs` is the form of the logs where the settings do not name one.
    """
    try:
        settings = load_settings()
        if logs and not settings.log_format:
            settings = settings.model_copy(update={"log_format": logs})
        app = create_app(settings)
        with app.app_context():
            try:
                yield app, settings
            finally:
                db.engine.dispose()
    except (ConfigurationError, UpkeepFailed) as error:
        raise click.ClickException(str(error)) from error
    except DatabaseError as error:
        raise click.ClickException(in_words(error)) from error
