"""Errors in words: what each status says to a person, and which status a service's error has. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from models.trouble import Trouble
from services.errors import DraftConflict, NotFound, ServiceError


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

_LATER = "What was saved before is safe. Keep this page open and try again in a few minutes"
_TELL = f"{_LATER}; if it goes on, tell the person who runs the server."
TROUBLES: dict[Trouble, tuple[int, str, str]] = {
    Trouble.FULL: (507, "The server’s disk is full", f"Nothing can be saved just now. {_TELL}"),
    Trouble.READ_ONLY: (
        503, "The server cannot save just now", f"Its disk can be read, but not written to. {_TELL}",
    ),
    Trouble.BUSY: (503, "Busy for a moment", f"Many people are saving at once. {_LATER}."),
    Trouble.DAMAGED: (503, "The server cannot reach its data", f"Nothing works just now. {_TELL}"),
    Trouble.UNREACHABLE: (503, "The server cannot reach its data", f"Nothing works just now. {_TELL}"),
}  # fmt: skip


def explain(status: int, code: str = "", message: str = "") -> Explained:
    """Put an HTTP status into words; `message` replaces the general sentence."""
    known = status if status in EXPLAINED else (500 if status >= 500 else 400)
    title, general = EXPLAINED[known]
    return Explained(
        status, code or HTTPStatus(status).phrase.lower().replace(" ", "-"), title, message or general
    )


def explain_trouble(trouble: Trouble) -> Explained:
    """Put into words what keeps the database from working."""
    status, title, message = TROUBLES[trouble]
    return Explained(status, f"storage-{trouble}", title, message)


def status_of(error: ServiceError) -> int:
    """Return the HTTP status of a service's error."""
    if isinstance(error, NotFound):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, DraftConflict):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY
