"""The blueprint of the pages for question authors."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("authors", __name__, url_prefix="/authors")
