"""Structured logs: one line an event, as JSON with the id of its request, or short for people who look on.

No essay, no name, no address is in them. What leads to a person's work is kept out at the root. A request
is logged by its endpoint, not by its address, which may carry a one-time token. An exception is logged by its
type and the places it passed, never by its message: messages quote what could not be read, and that may be a
sentence of an essay or a name.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import traceback
from datetime import datetime
from time import perf_counter
from typing import TextIO

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, Processor, WrappedLogger

HEADER = "X-Request-ID"
LEVELS = ("debug", "info", "warning", "error")
_FRAMES = 12
_GIVEN_ID = re.compile(r"[\w.\-]{8,64}", re.ASCII)

log = structlog.get_logger(__name__)


def configure_logs(*, level: str, as_json: bool, stream: TextIO | None = None) -> None:
    """Send every log of the process, other libraries' included, to one stream (standard error)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(as_json=as_json))
    handler.addFilter(_without_message_of_exceptions)
    root = logging.getLogger()
    for old in list(root.handlers):
        if getattr(old, "of_markscheme", False):
            root.removeHandler(old)
    handler.of_markscheme = True  # type: ignore[attr-defined]  # so that a second call replaces this one
    root.addHandler(handler)
    root.setLevel(level.upper())
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for each request that queues
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        cache_logger_on_first_use=False,
    )


def init_logs(app: Flask, *, trust_given_ids: bool) -> None:
    """Give each request an id, bound to all that it logs, and log how it ended.

    An id that a proxy in front gave is kept where there is such a proxy (`trust_given_ids`).
    """

    def begin() -> None:
        g.request_id = _new_id(request.headers.get(HEADER, "") if trust_given_ids else "")
        g.arrived_at = perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    app.before_request(begin)
    app.after_request(_end)
    app.teardown_request(lambda _: structlog.contextvars.clear_contextvars())
    app.context_processor(lambda: {"request_id": g.get("request_id", "")})


def where(error: BaseException) -> str:
    """Return the places that an exception passed, the innermost last; nothing of what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)


def kinds(error: BaseException) -> str:
    """Return the type of an exception and of those that led to it."""
    chain: list[str] = []
    current: BaseException | None = error
    while current is not None and len(chain) < 5:
        chain.append(type(current).__name__)
        current = current.__cause__ or current.__context__
    return " < ".join(chain)


def _new_id(given: str) -> str:
    return given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(6)


def _end(response: Response) -> Response:
    request_id = g.get("request_id")
    if request_id is None:
        return response
    response.headers[HEADER] = request_id
    write = log.debug if request.endpoint in {"static", "bootstrap.static"} else log.info
    write(
        "request",
        method=request.method,
        endpoint=request.endpoint or "none",
        status=response.status_code,
        ms=round(1000 * (perf_counter() - g.arrived_at), 1),
    )
    return response


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exception_without_message,
    ]


def _formatter(*, as_json: bool) -> logging.Formatter:
    for_programs: list[Processor] = [structlog.processors.JSONRenderer(ensure_ascii=False)]
    for_people: list[Processor] = [_shortened, structlog.dev.ConsoleRenderer(columns=_COLUMNS)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *(for_programs if as_json else for_people),
        ],
    )


def _shortened(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Say a line in few words: a local time, a request as one phrase, the level where it matters."""
    event.pop("logger", None)
    event["timestamp"] = datetime.fromisoformat(event["timestamp"]).astimezone().strftime("%H:%M:%S")
    if event.get("level") in {"debug", "info"}:
        del event["level"]
        event.pop("request_id", None)
    if event["event"] == "request" and event.keys() >= _REQUEST:
        event["event"] = "{method} {endpoint} {status} in {ms} ms".format_map(event)
        for key in _REQUEST:
            del event[key]
    return event


_REQUEST = {"method", "endpoint", "status", "ms"}


def _column(name: str, *, named: bool = False) -> structlog.dev.Column:
    plain = structlog.dev.KeyValueColumnFormatter(
        key_style="" if named else None, value_style="", reset_style="", value_repr=str
    )
    return structlog.dev.Column(name, plain)


_COLUMNS = [*map(_column, ("timestamp", "level", "event")), _column("", named=True)]
"""Time, level and event as they are; whatever else there is as name=value."""


def _exception_without_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event["error"], event["where"] = kinds(error), where(error)
    return event


def _without_message_of_exceptions(record: logging.LogRecord) -> bool:
    """Keep a library's own log line, but not the exception's message within it."""
    if record.args and any(isinstance(value, BaseException) for value in _values(record.args)):
        record.msg, record.args = "an error in %s", (record.name,)
    return True


def _values(args: object) -> tuple[object, ...]:
    return tuple(args.values()) if isinstance(args, dict) else args if isinstance(args, tuple) else (args,)


def _short(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").rsplit("/", 2)[-2:])
