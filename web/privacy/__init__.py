"""Your data: what is kept about a person, to take along and to have erased."""

from web.privacy import views
from web.privacy.blueprint import blueprint

__all__ = ["blueprint", "views"]
