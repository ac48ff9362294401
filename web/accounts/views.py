"""Register, sign in, sign out, change name and password, become a teacher by an invitation."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
