"""The page of the person who looks after the service: how it stands, and its backups. Nobody's work."""

from web.admin import views
from web.admin.blueprint import blueprint

__all__ = ["blueprint", "views"]
