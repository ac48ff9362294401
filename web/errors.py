"""Errors, translated once: from services and HTTP to a page in the design, or JSON for a JSON request.

No text is ever lost to an error: a form that could not be taken (signed out, or its token no longer valid)
is shown again with what it carried, to be sent once more.
"""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from models.trouble import Trouble, trouble_of
from services.errors import ServiceError
from web.explanations import Explained, explain, explain_trouble, status_of
from web.extensions import begin_reading, db
from web.metrics import metrics_of_app

CSRF_MESSAGE = "This page was open for long, or in another browser, so that it could not be trusted any more."

NOWHERE_MESSAGE = (
    "Nothing at this address takes what you sent, so it was not stored. Your text stands below: copy it, "
    "and put it where it belongs."
)

WRITTEN = {
    "essay": "Your essay",
    "plan": "Your plan",
    "reason": "Your reason",
    "comment": "Your comment",
    "text": "Your text",
}
"""The fields that hold what somebody has written, and what a page calls them."""

RETRY_AFTER = 30
"""Seconds after which a program may ask again where the database cannot be used."""


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


def _service_error(error: ServiceError) -> ResponseReturnValue:
    db.session.rollback()
    status = status_of(error)
    if status == HTTPStatus.NOT_FOUND:
        return _not_found()
    if status == HTTPStatus.CONFLICT:
        return answer(explain(status, error.code, error.message))
    return answer(Explained(status, error.code, "That did not work", error.message))


def _not_found() -> Response:
    """Say that there is nothing here; what was written for it is shown, so that it can be put elsewhere."""
    wrote = [value for name, value in _carried() if name in WRITTEN and value.strip()]
    if wrote and not wants_json():
        return _send_again(explain(HTTPStatus.NOT_FOUND, message=NOWHERE_MESSAGE))
    return answer(explain(HTTPStatus.NOT_FOUND))


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
    """Tell apart somebody signed out, whose token went with the session, and a page that is too old."""
    if not current_user.is_authenticated and request.blueprint != "accounts":
        return _sign_in_needed(SignInNeeded())
    if wants_json():
        return answer(
            explain(400, "token-expired", f"{CSRF_MESSAGE} Load the page again: your text is kept.")
        )
    current_app.logger.info("form refused: %s", error.description)
    again = f"{CSRF_MESSAGE} Nothing is lost: send it again."
    return _send_again(Explained(400, "token-expired", "One more click", again))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    said = getattr(error, "explained", "")
    return _with_headers(answer(explain(error.code, message=said)), error)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    """Say that it is our doing: the database cannot be used just now, or the program is mistaken."""
    with suppress(SQLAlchemyError):
        begin_reading()  # what is shown now has nothing to write, and the disk may be full or read-only
    trouble = trouble_of(error)
    if trouble is None:
        metrics_of_app().unforeseen.inc()
        current_app.logger.error("unforeseen error at %s", request.endpoint, exc_info=error)
        return _with_what_was_sent(explain(500))
    return _storage_trouble(trouble, error)


def _storage_trouble(trouble: Trouble, error: Exception) -> ResponseReturnValue:
    metrics_of_app().refused(trouble)
    current_app.logger.error("storage %s at %s", trouble, request.endpoint, exc_info=error)
    response = _with_what_was_sent(explain_trouble(trouble))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _with_what_was_sent(explained: Explained) -> Response:
    if request.method == "POST" and _carried() and not wants_json():
        return _send_again(explained)
    return answer(explained)


def answer(explained: Explained) -> Response:
    """Render an explained error as JSON or as a page, whichever the request speaks."""
    if wants_json():
        body = jsonify({"error": {"code": explained.code, "message": explained.message}})
    else:
        body = current_app.make_response(_page("errors/error.html", error=explained))
    body.status_code = explained.status
    return body


def _send_again(explained: Explained) -> Response:
    """Show what a refused form carried, with a fresh token, so that one click sends it again."""
    page = _page(
        "errors/send_again.html", error=explained, fields=_carried(), shown=WRITTEN, action=_address()
    )
    response = current_app.make_response(page)
    response.status_code = explained.status
    return response


def _page(template: str, **values: Any) -> str:
    """Render a page; one that says that the database fails is built without asking it who is signed in."""
    try:
        return render_template(template, **values)
    except SQLAlchemyError:
        return current_app.jinja_env.get_template(template).render(person=None, **values)


def _address() -> str:
    return request.script_root + request.full_path.rstrip("?")


def _carried() -> list[tuple[str, str]]:
    """Return what the form carried, without its token and without passwords."""
    sent = request.form.items(multi=True)
    return [(name, value) for name, value in sent if name != "csrf_token" and "password" not in name]


def _with_headers(response: Response, error: HTTPException) -> Response:
    """Keep what the status asks for: `Allow` beside 405, `Retry-After` beside 429."""
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers.add(name, value)
    return response
