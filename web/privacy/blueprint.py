"""The blueprint of the pages on a person's own data."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("privacy", __name__, url_prefix="/your-data")
