"""The blueprint that the student's views register on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("student", __name__)
