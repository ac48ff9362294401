"""The composition root: settings, extensions, pages and errors put together; imported only to start it."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web.accounts import blueprint as accounts
from web.admin import blueprint as admin
from web.authors import blueprint as authors
from web.backing_up import plan_of
from web.config import Settings, flask_config, load_settings
from web.errors import init_errors
from web.extensions import init_extensions
from web.health import blueprint as health
from web.logs import configure_logs, init_logs
from web.presentation import init_presentation
from web.privacy import blueprint as privacy
from web.retention import rule_of
from web.sessions import init_sessions
from web.student import blueprint as student
from web.teacher import blueprint as teacher


def create_app(settings: Settings | None = None) -> Flask:
    """Return the service, ready for a WSGI server. Raises: ConfigurationError, whose message says why."""
    settings = settings or load_settings()
    app = Flask("web", instance_path=str(settings.folder()))
    app.config.from_mapping(flask_config(settings))
    app.config["SQLALCHEMY_ENGINES"] = {"default": settings.database()}
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way to wrap the application
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    if not settings.testing:
        configure_logs(level=settings.log_level, as_json=settings.logs_as_json())
    init_logs(app, trust_given_ids=settings.proxies > 0)
    init_sessions(app, settings)
    init_extensions(app, settings)
    app.extensions["backups"] = plan_of(settings)
    app.extensions["retention"] = rule_of(settings)
    init_errors(app)
    init_presentation(app)
    _register_pages(app)
    return app


def _register_pages(app: Flask) -> None:
    for pages in (student, accounts, privacy, teacher, authors, admin, health):
        app.register_blueprint(pages)
