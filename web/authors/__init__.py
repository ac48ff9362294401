"""The pages for people who write questions: check one before it goes into a unit's folder."""

from web.authors import views
from web.authors.blueprint import blueprint

__all__ = ["blueprint", "views"]
