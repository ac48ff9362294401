"""The Flask extensions, each made once and bound to an app by `init_extensions`.

Only this module touches Flask-SQLAlchemy-Lite and Flask-Alembic; the rest of the web uses `db.session`.
"""

from __future__ import annotations

import logging
from inspect import iscoroutinefunction

from flask import Flask, Response, request
from flask_alembic import Alembic
from flask_bootstrap import Bootstrap5
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security.core import Security
from flask_security.datastore import FSQLALiteUserDatastore
from flask_sqlalchemy_lite import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

from models import Base, Role, User
from models.sqlite import tune
from web.config import Settings
from web.metrics import init_metrics

# A statement that fails is logged without its values: they may be an essay or a name.
db = SQLAlchemy(engine_options={"hide_parameters": True})
alembic = Alembic(run_mkdir=False, command_name="", metadatas=Base.metadata)
logging.getLogger("alembic").setLevel(logging.WARNING)  # `markscheme db` says which version the tables have
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, headers_enabled=True, strategy="fixed-window")

READING = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",  # the signs of Bootstrap's form fields stand in its style sheet
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def init_extensions(app: Flask, settings: Settings) -> None:
    """Bind every extension to the app; CSRF comes before Flask-Security, which looks for it."""
    metrics = init_metrics(app)
    db.init_app(app)
    _drop_asynchronous_endings(app)
    app.before_request(_let_readers_pass)  # before Flask-Security looks who it is, which reads
    alembic.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    Bootstrap5(app)
    Security(app, FSQLALiteUserDatastore(db, User, Role), register_blueprint=False)
    _init_headers(app, https=settings.https)
    with app.app_context():
        tune(db.engine, waited=metrics.waited)
    app.after_request(_keep_pages_private)
    app.after_request(_check_modules_again)


def _drop_asynchronous_endings(app: Flask) -> None:
    """Leave out the end of asynchronous sessions, which we have none of.

    For each request Flask would start an event loop in a new thread to find that out.
    """
    endings = app.teardown_appcontext_funcs
    app.teardown_appcontext_funcs = [ending for ending in endings if not iscoroutinefunction(ending)]


def _init_headers(app: Flask, *, https: bool) -> None:
    Talisman(
        app,
        force_https=https,
        strict_transport_security=https,
        session_cookie_secure=https,
        frame_options="DENY",
        content_security_policy=CONTENT_SECURITY_POLICY,
        referrer_policy="same-origin",
    )


def _keep_pages_private(response: Response) -> Response:
    """Keep pages out of every cache: on a shared computer the next pupil must not go back to them."""
    if "Cache-Control" not in response.headers or response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response


def _check_modules_again(response: Response) -> Response:
    """Have a browser ask again for a module that another one imports: its address carries no fingerprint."""
    if response.mimetype == "text/javascript" and "v" not in request.args:
        response.headers["Cache-Control"] = "no-cache"
    return response


def _let_readers_pass() -> None:
    """Let a request that only reads begin as a reader: it waits for no writer and holds up none."""
    if request.method in READING:
        begin_reading()


def begin_reading() -> None:
    """Give up what is not committed, and only read from here on."""
    db.session.rollback()
    db.session.bind = db.engine.execution_options(sqlite_begin="BEGIN")


def begin_writing() -> None:
    """Turn a reading request into a writing one, before it changes anything; all is read anew."""
    db.session.rollback()
    db.session.bind = db.engine
