"""The student's pages: questions, writing, feedback, history, joining a class."""

from web.student import feedback, handing_in, history, home, joining, writing
from web.student.blueprint import blueprint

__all__ = ["blueprint", "feedback", "handing_in", "history", "home", "joining", "writing"]
