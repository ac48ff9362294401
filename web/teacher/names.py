"""Whose essay it is stays hidden while a teacher marks, until she shows the names for this session."""

from __future__ import annotations

from flask import session

NAMES_SHOWN = "names-shown"


def names_shown() -> bool:
    """Whether this session shows students' names on the teacher's pages."""
    return bool(session.get(NAMES_SHOWN, False))


def show_names(shown: bool) -> None:
    """Show or hide students' names from now on in this session."""
    session[NAMES_SHOWN] = shown


def shown_name(name: str, stand_in: str) -> str:
    """Return the name of a student, or what stands in for it while names are hidden."""
    return name if names_shown() else stand_in
