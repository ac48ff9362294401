"""A browser for tests: keeps cookies, sends the token that our forms carry, signs people in."""

from __future__ import annotations

import secrets
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from models import User

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Browser(FlaskClient):
    """A test client that sends the token of its session with every writing request, as our pages do.

    `careless = True` leaves the token out, as a forged form would.
    """

    careless = False

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; answer as the service does, redirects not followed."""
        if kwargs.get("method", "GET").upper() not in READING and not self.careless:
            kwargs["headers"] = {"X-CSRFToken": self.token(), **dict(kwargs.get("headers") or {})}
        return super().open(*args, **kwargs)

    def token(self) -> str:
        """Return a token that belongs to this browser's session."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        signer = URLSafeTimedSerializer(self.application.config["SECRET_KEY"], salt="wtf-csrf-token")
        return str(signer.dumps(raw))

    def enter_as(self, user: User) -> Browser:
        """Be signed in as somebody, without a password; return this browser."""
        with self.session_transaction() as session:
            session["_user_id"] = user.fs_uniquifier
            session["_fresh"] = True
        return self
