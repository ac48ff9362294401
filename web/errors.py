"""Errors, translated once: from services and HTTP to a page in the design, or JSON for a JSON request.

No text is ever lost to an error: a form that could not be taken (signed out, or its token no longer valid)
is shown again with what it carried, to be sent once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from services.errors import DraftConflict, NotFound, ServiceError
from web.extensions import db


@dataclass(frozen=True, slots=True)
class Explained:
    """An error as a person reads it: its status, a title, and a sentence that says what to do."""

    status: int
    code: str
    title: str
    message: str


EXPLAINED: dict[int, tuple[str, str]] = {
    400: ("This could not be read", "The address or the form is not as expected. Go back and try again."),
    401: ("Sign in to go on", "This page is for people who are signed in."),
    403: ("This page is not open to you", "It is for teachers. If you are one, sign in as such."),
    404: ("Nothing found here", "The address may be mistyped, or the page may belong to somebody else."),
    405: ("This address does something else", "It cannot be opened in this way. Go on from the questions."),
    409: ("Changed in another window", "Something newer was saved, perhaps in another tab. Load this again."),
    413: ("Too long", "What was sent is larger than Markscheme takes. Shorten it and send it again."),
    415: ("This could not be read", "Markscheme cannot read this kind of data here."),
    429: ("Please wait a minute", "That was tried many times in a short while. Wait, then try again."),
    500: ("Something went wrong on our side", "What was saved is safe. Try again in a moment."),
    503: ("Busy for a moment", "What was saved is safe. Try again in a moment."),
}  # fmt: skip

CSRF_MESSAGE = "This page was open for long, or in another browser, so that it could not be trusted any more."


class SignInNeeded(Exception):
    """Nobody is signed in, and the page needs somebody."""


def wants_json() -> bool:
    """Whether the request speaks JSON, as the autosave of the writing page does."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return request.is_json or best == "application/json"


def init_errors(app: Flask) -> None:
    """Register every translation; anything unforeseen becomes a page with status 500."""
    app.register_error_handler(ServiceError, _service_error)
    app.register_error_handler(SignInNeeded, _sign_in_needed)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def explain(status: int, code: str = "", message: str = "") -> Explained:
    """Put an HTTP status into words; `message` replaces the general sentence."""
    known = status if status in EXPLAINED else (500 if status >= 500 else 400)
    title, general = EXPLAINED[known]
    return Explained(
        status, code or HTTPStatus(status).phrase.lower().replace(" ", "-"), title, message or general
    )


def status_of(error: ServiceError) -> int:
    """Return the HTTP status of a service's error."""
    if isinstance(error, NotFound):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, DraftConflict):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _service_error(error: ServiceError) -> ResponseReturnValue:
    db.session.rollback()
    status = status_of(error)
    if status == HTTPStatus.NOT_FOUND:
        return answer(explain(status))
    if status == HTTPStatus.CONFLICT:
        return answer(explain(status, error.code, error.message))
    return answer(Explained(status, error.code, "That did not work", error.message))


def _sign_in_needed(_: SignInNeeded) -> ResponseReturnValue:
    if wants_json():
        return answer(
            explain(401, "sign-in-needed", "Sign in again to save: your text is kept on this computer.")
        )
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.login", next=_address()), HTTPStatus.SEE_OTHER)
    return _send_again(
        explain(401, message="You are signed out, so this was not taken yet. Nothing is lost.")
    )


def _csrf_error(error: CSRFError) -> ResponseReturnValue:
    if wants_json():
        return answer(
            explain(400, "token-expired", f"{CSRF_MESSAGE} Load the page again: your text is kept.")
        )
    current_app.logger.info("form refused: %s", error.description)
    return _send_again(Explained(400, "token-expired", "One more click", CSRF_MESSAGE))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    said = getattr(error, "explained", "")
    return _with_headers(answer(explain(error.code, message=said)), error)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    current_app.logger.error("unforeseen: %s at %s", type(error).__name__, request.endpoint, exc_info=error)
    return answer(explain(500))


def answer(explained: Explained) -> Response:
    """Render an explained error as JSON or as a page, whichever the request speaks."""
    if wants_json():
        body = jsonify({"error": {"code": explained.code, "message": explained.message}})
    else:
        body = current_app.make_response(render_template("errors/error.html", error=explained))
    body.status_code = explained.status
    return body


def _send_again(explained: Explained) -> Response:
    """Show what a refused form carried, with a fresh token, so that one click sends it again."""
    fields = [(name, value) for name, value in _fields() if name != "csrf_token" and "password" not in name]
    page = render_template("errors/send_again.html", error=explained, fields=fields, action=_address())
    response = current_app.make_response(page)
    response.status_code = explained.status
    return response


def _address() -> str:
    return request.script_root + request.full_path.rstrip("?")


def _fields() -> Iterable[tuple[str, str]]:
    return request.form.items(multi=True)


def _with_headers(response: Response, error: HTTPException) -> Response:
    """Keep what the status asks for: `Allow` beside 405, `Retry-After` beside 429."""
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers.add(name, value)
    return response
