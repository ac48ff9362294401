"""`markscheme run`: everything that a fresh machine needs, then the service, served by waitress."""

from __future__ import annotations

import errno
import secrets
import signal
import socket

import click
from flask import Flask
from waitress import create_server

import prompts
from web import upkeep
from web.accounts.passwords import hashed
from web.caretaker import Caretaker
from web.cli.service import opened
from web.clock import now
from web.config import MAX_REQUEST_BYTES
from web.extensions import db
from web.health import metrics_token

THREADS = 4
"""Python runs one of them at a time, SQLite lets one write: more would stand in each other's way."""

CONNECTIONS = 2000
SPARE_FILES = 200
"""For the database, logs, templates and uploads."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, envvar="PORT")
@click.option("--demo", is_flag=True, envvar="DEMO", help="Add a demonstration class with synthetic essays.")
def run(host: str, port: int, demo: bool) -> None:
    """Start the service: tables brought up to date, questions synced, waiting essays marked."""
    with _taken(host, port) as listening:
        with opened(logs="text" if demo else "") as (app, settings):  # whoever demonstrates looks on
            upkeep.upgrade_tables()
            upkeep.sync_questions()
            metrics_token()  # there for a collector's settings before anybody asks
            if demo:
                _demonstrate()
            _announce(f"http://{_named(host)}:{listening.getsockname()[1]}")
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # what a service manager sends: as Ctrl+C
        caretaker = Caretaker(app)
        caretaker.start()
        _serve(app, listening, behind_proxy=settings.proxies > 0)
        caretaker.stop()
    click.echo("\nStopped. Everything is saved.")


def _taken(host: str, port: int) -> socket.socket:
    """Take the port before anything else, so that a second start changes nothing."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise click.ClickException(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken. Choose another one: make run PORT={port + 1 if port < 65535 else 8000}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs an administrator’s rights. Choose one above 1023: make run PORT=8000."
    return f"Markscheme cannot listen on {host}, port {port}: {error.strerror}."


def _named(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else f"[{host}]" if ":" in host else host  # noqa: S104


def _announce(base: str) -> None:
    click.echo(f"Markscheme runs on {base} (stop it with Ctrl+C).")
    link = upkeep.teacher_link(base)
    if link:
        click.echo(f"There is no teacher yet. This link makes the first one; it works once:\n  {link}")


def _demonstrate() -> None:
    """Make the demonstration class, or give its people a new password; no password is kept anywhere."""
    from services import demonstration

    click.echo("Preparing the demonstration class (the first time takes a moment) ...")
    password = secrets.token_urlsafe(9)
    made = demonstration.create_demonstration(
        db.session, units=prompts.load_all(), now=now(), password_hash=hashed(password)
    )
    db.session.commit()
    click.echo(f"Demonstration: sign in as {made.teacher} (teacher) or {made.students[0]} (student).")
    click.echo(f"  The password of both, made just now: {password}")


def _serve(app: Flask, listening: socket.socket, *, behind_proxy: bool) -> None:
    """Answer until Ctrl+C. A browser keeps its connection for a while: there is room for a whole school's."""
    create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        connection_limit=_raise_limit_of_files(CONNECTIONS + SPARE_FILES) - SPARE_FILES,
        asyncore_use_poll=True,
        max_request_body_size=2 * MAX_REQUEST_BYTES,
        clear_untrusted_proxy_headers=not behind_proxy,
    ).run()


def _raise_limit_of_files(wanted: int) -> int:
    """Let this process open `wanted` files, as far as the system allows; return how many it may."""
    try:
        import resource  # not on Windows, which has no such limit
    except ImportError:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY in {soft, hard}:
        hard = max(soft, hard, wanted)
    allowed = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return allowed
