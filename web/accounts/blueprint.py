"""The blueprint that the views of accounts register on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
