"""The blueprint that every module of the teacher's pages hangs its views on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("teacher", __name__)
