"""The teacher's pages: classes, the review of essays, the class map, spreadsheets."""

from web.teacher import class_views, map_views, review_views
from web.teacher.blueprint import blueprint

__all__ = ["blueprint", "class_views", "map_views", "review_views"]
