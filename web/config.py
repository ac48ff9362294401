"""Settings: read from `MARKSCHEME_*` variables, checked before anything starts.

Everything has a default, so that `create_app()` works on a fresh machine: data under `var/`, keys made once
and kept there. Whatever is wrong is said in one sentence by a `ConfigurationError`; nothing else is raised.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from models.sqlite import keep_references
from web.keys import KeysUnavailable, kept_key

MEGABYTE = 1024 * 1024

# An essay has 100,000 characters at most, nine bytes each in a form at worst: far above it, so that a text
# over the limit reaches the page that says so and shows it again, and far below what would fill the memory.
MAX_REQUEST_BYTES = 12 * MEGABYTE


LogFormat = Literal["json", "text", ""]


class ConfigurationError(Exception):
    """The service cannot start; the message is a sentence that says why and what to do."""


class Settings(BaseSettings):
    """What an administrator may set; see docs for each."""

    model_config = SettingsConfigDict(env_prefix="MARKSCHEME_", extra="ignore", frozen=True)

    data_folder: Path = Path("var")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    password_salt: SecretStr = SecretStr("")
    https: bool = False
    proxies: int = 0
    rate_limits: bool = True
    testing: bool = False
    idle_minutes: int = Field(default=120, ge=5)
    session_hours: float = Field(default=12, gt=0)
    guest_days: int = Field(default=180, ge=1)
    keep_days: int = Field(default=0, ge=0)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: LogFormat = ""
    backup_folder: Path | None = None
    backup_hours: float = Field(default=24, ge=0)
    backups_kept: int = Field(default=14, ge=1)

    def folder(self) -> Path:
        """Return the data folder as an absolute path, made and writable."""
        folder = self.data_folder.absolute()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it will hold what minors wrote
            probe = folder / ".writable"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise ConfigurationError(
                f"The folder {folder} cannot be written to ({error.strerror}). Make it writable for this "
                "user, or set MARKSCHEME_DATA_FOLDER to another folder."
            ) from error
        return folder

    def database(self) -> URL:
        """Return the address of the database: SQLite in the data folder unless it is set otherwise."""
        if not self.database_url:
            return URL.create("sqlite", database=str(self.folder() / "markscheme.sqlite3"))
        try:
            url = make_url(self.database_url)
        except ArgumentError as error:
            raise ConfigurationError(
                "MARKSCHEME_DATABASE_URL is not a database address. Examples: "
                "sqlite:////srv/markscheme.sqlite3, postgresql://user:password@localhost/markscheme."
            ) from error
        return _supported(url)

    def logs_as_json(self) -> bool:
        """Whether logs are for programs; on a terminal they are for people unless it is set otherwise."""
        return self.log_format == "json" or (not self.log_format and not sys.stderr.isatty())

    def backups(self) -> Path:
        """Return the folder of the backups; it need not exist yet."""
        return (self.backup_folder or self.folder() / "backups").absolute()


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment; `overrides` win. Raises: ConfigurationError."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"MARKSCHEME_{'_'.join(map(str, first['loc'])).upper()}"
        raise ConfigurationError(f"{name} cannot be read: {first['msg']}.") from error


def flask_config(settings: Settings) -> dict[str, Any]:
    """Translate the settings into what Flask and its extensions read."""
    return {
        "TESTING": settings.testing,
        "SECRET_KEY": _key(settings, settings.secret_key, "secret-key"),
        "SECURITY_PASSWORD_SALT": _key(settings, settings.password_salt, "password-salt"),
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_REQUEST_BYTES,
        "MAX_FORM_PARTS": 1000,
        # A guest's work can be reached through the cookie alone: both last equally long.
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.guest_days),
        # Behind TLS the prefix has browsers refuse a cookie that another host of the domain tries to plant.
        "SESSION_COOKIE_NAME": "__Host-markscheme" if settings.https else "markscheme",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),  # addresses of files carry a fingerprint
        "BOOTSTRAP_SERVE_LOCAL": True,
        "RATELIMIT_ENABLED": settings.rate_limits,
        "RATELIMIT_STORAGE_URI": "memory://",
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session: a slow writer loses nothing
        "WTF_CSRF_SSL_STRICT": settings.https,
        "ALEMBIC": {"script_location": "models:migrations", "path_separator": "newline"},
        "ALEMBIC_CONTEXT": {
            "render_as_batch": True,
            "compare_type": True,
            "transactional_ddl": True,
            "on_version_apply": keep_references,
        },
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": QUICK_HASHING if settings.testing else {},
        **SECURITY,
    }


QUICK_HASHING = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
"""For tests alone: hashing is slow on purpose, and tests hash by the hundred."""


def _identity(value: str) -> str:
    return value.strip()


SECURITY: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": _identity, "case_insensitive": True}}],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SESSION_PROTECTION": "basic",
}


def _supported(url: URL) -> URL:
    backend = url.get_backend_name()
    if backend == "sqlite":
        return _absolute(url)
    if backend not in {"postgresql", "postgres"}:
        raise ConfigurationError(f"Markscheme keeps its data in SQLite or PostgreSQL, not in {backend}.")
    if find_spec("psycopg") is None:
        raise ConfigurationError(
            "PostgreSQL needs the package psycopg, which is not installed: pip install 'psycopg[binary]'."
        )
    return url.set(drivername="postgresql+psycopg")


def _absolute(url: URL) -> URL:
    if url.database in {None, "", ":memory:"}:
        raise ConfigurationError(
            "A database in memory forgets every essay: name a file in MARKSCHEME_DATABASE_URL."
        )
    file = Path(str(url.database)).absolute()
    if not file.parent.is_dir():
        raise ConfigurationError(
            f"The folder {file.parent} of the database does not exist. Make it, then start again."
        )
    return url.set(database=str(file))


def _key(settings: Settings, given: SecretStr, name: str) -> str:
    if given.get_secret_value():
        return given.get_secret_value()
    try:
        return kept_key(settings.folder(), name)
    except KeysUnavailable as error:
        raise ConfigurationError(str(error)) from error
