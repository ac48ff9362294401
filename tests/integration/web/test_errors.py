"""Errors are pages in the design, or JSON for JSON; a refused form shows its text again; never a bare 500."""

from __future__ import annotations

import logging
from http import HTTPStatus

import pytest
from flask import Flask, abort, request
from sqlalchemy import text

from services.errors import DraftConflict, NotFound, Refused, ServiceError
from tests.integration.web.browsing import Browser
from web.access import current_student
from web.errors import SignInNeeded
from web.explanations import EXPLAINED, explain, status_of
from web.extensions import db

ESSAY = "Хрущёв wrote <script>alert('x')</script> & “more”.\n\nSecond paragraph of the essay, long enough."


@pytest.fixture
def app(app: Flask) -> Flask:
    """The service with pages that fail in every way."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.route("/fails/<int:status>", methods=["GET", "POST"])
    def fails(status: int) -> str:
        abort(status)

    @app.route("/crashes", methods=["GET", "POST"])
    def crashes() -> str:
        raise RuntimeError(request.args.get("secret", "boom"))

    @app.route("/refuses", methods=["GET", "POST"])
    def refuses() -> str:
        raise Refused("Shorten it, then try again.")

    @app.route("/hidden")
    def hidden() -> str:
        raise NotFound

    @app.route("/members", methods=["GET", "POST", "PUT"])
    def members() -> str:
        raise SignInNeeded

    @app.post("/mine")
    def mine() -> str:
        return current_student().display_name

    return app


def test_an_unknown_address_is_a_page_with_a_way_back(anybody: Browser) -> None:
    answer = anybody.get("/no-such-page")
    assert answer.status_code == 404
    assert "Nothing found here" in answer.text
    assert 'href="/"' in answer.text


def test_json_requests_get_json_errors(anybody: Browser) -> None:
    answer = anybody.get("/no-such-page", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json == {"error": {"code": "not-found", "message": EXPLAINED[404][1]}}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 418, 429, 500, 503])
def test_every_status_has_words(anybody: Browser, status: int) -> None:
    answer = anybody.get(f"/fails/{status}")
    assert answer.status_code == status
    assert explain(status).title in answer.text
    assert "Traceback" not in answer.text


def test_a_crash_tells_nothing_to_strangers(anybody: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = anybody.get("/crashes?secret=hunter2")
    assert answer.status_code == 500
    assert "what was saved is safe" in answer.text.lower()
    assert "hunter2" not in answer.text
    assert "RuntimeError" in caplog.text


def test_a_form_that_meets_a_crash_is_shown_again_with_its_text(anybody: Browser) -> None:
    answer = anybody.post("/crashes", data={"essay": ESSAY, "attempt": "k1"})
    assert answer.status_code == 500
    _shows_again(answer.text)


def test_a_form_that_meets_a_broken_database_is_shown_again_with_its_text(ada: Browser, app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("ALTER TABLE user RENAME TO elsewhere"))
        db.session.commit()
    answer = ada.post("/mine", data={"essay": ESSAY, "attempt": "k1"})
    assert answer.status_code == 503
    _shows_again(answer.text)


def test_a_refusal_says_what_to_do(anybody: Browser) -> None:
    answer = anybody.get("/refuses")
    assert answer.status_code == 422
    assert "Shorten it, then try again." in answer.text


def test_what_was_written_for_nothing_is_shown_to_be_put_elsewhere(ada: Browser) -> None:
    answer = ada.post("/questions/no-such-question/submit", data={"essay": ESSAY, "attempt": "1"})
    assert answer.status_code == 404
    assert "Second paragraph of the essay" in answer.text
    assert "copy it" in answer.text
    assert "Send it again" not in answer.text


def test_a_form_without_a_text_that_meets_nothing_has_nothing_to_show(ada: Browser) -> None:
    answer = ada.post("/questions/no-such-question/submit", data={"essay": " ", "attempt": "1"})
    assert answer.status_code == 404
    assert "<textarea" not in answer.text


def test_what_belongs_to_others_looks_like_nothing(anybody: Browser) -> None:
    ours = anybody.get("/hidden")
    assert ours.status_code == 404
    assert "Nothing found here" in ours.text


@pytest.mark.parametrize(
    "error, status",
    [
        (NotFound(), HTTPStatus.NOT_FOUND),
        (Refused("x"), HTTPStatus.UNPROCESSABLE_ENTITY),
        (ServiceError("x"), HTTPStatus.UNPROCESSABLE_ENTITY),
        (DraftConflict.__new__(DraftConflict), HTTPStatus.CONFLICT),
    ],
)
def test_each_error_of_a_service_has_one_status(error: ServiceError, status: int) -> None:
    assert status_of(error) == status


def test_pages_for_members_lead_to_the_sign_in_page(anybody: Browser) -> None:
    assert anybody.get("/members?sort=date").location == "/login?next=/members?sort%3Ddate"


def test_an_autosave_of_somebody_signed_out_hears_it(anybody: Browser) -> None:
    answer = anybody.put("/members", json={"text": ESSAY})
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["error"]["code"] == "sign-in-needed"
    assert "your text is kept" in answer.json["error"]["message"]


def test_a_form_sent_signed_out_is_shown_again_with_its_text(anybody: Browser) -> None:
    answer = anybody.post("/members", data={"essay": ESSAY, "attempt": "k1", "password": "secret words"})
    assert answer.status_code == 401
    _shows_again(answer.text)
    assert "secret words" not in answer.text


def test_a_form_without_its_token_is_shown_again_with_its_text(ada: Browser) -> None:
    ada.careless = True
    answer = ada.post("/refuses", data={"essay": ESSAY, "attempt": "k1", "csrf_token": "stale"})
    assert answer.status_code == 400
    _shows_again(answer.text)
    assert 'value="stale"' not in answer.text


def test_json_without_its_token_is_told_to_load_again(ada: Browser) -> None:
    ada.careless = True
    answer = ada.post("/refuses", json={"text": ESSAY})
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["code"] == "token-expired"


def test_a_session_that_ended_takes_its_token_along_and_leaves_the_text(anybody: Browser) -> None:
    anybody.careless = True
    answer = anybody.post("/refuses", data={"essay": ESSAY, "attempt": "k1"})
    assert answer.status_code == 401
    assert "You are signed out" in answer.text
    _shows_again(answer.text)


def test_a_writer_whose_session_ended_goes_on_as_a_guest_and_sends_it_again(anybody: Browser) -> None:
    address = "/questions/economic-reforms-impact/submit"
    refused = anybody.post(address, data={"essay": ESSAY * 10, "attempt": "1"})
    assert refused.status_code == 401
    assert "Go on as a guest" in refused.text
    anybody.post("/start", data={"slug": "economic-reforms-impact"})
    sent = anybody.post(address, data={"essay": ESSAY * 10, "attempt": "1"})
    assert sent.status_code == 303
    assert "/submissions/" in sent.location


@pytest.mark.parametrize("token", ["", "stale", "é\u0000", "x" * 5000])
def test_no_token_is_strange_enough_to_break_the_page(ada: Browser, token: str) -> None:
    ada.careless = True
    assert ada.post("/refuses", data={"csrf_token": token}).status_code == 400


def test_more_than_can_be_taken_is_refused_in_words(anybody: Browser) -> None:
    answer = anybody.post("/refuses", data=b"essay=" + b"x" * (13 * 1024 * 1024))
    assert answer.status_code == 413
    assert "Shorten it and send it again" in answer.text


def test_the_wrong_verb_names_the_right_ones(anybody: Browser) -> None:
    answer = anybody.delete("/members")
    assert answer.status_code == 405
    assert {"GET", "POST", "PUT"} <= set(answer.headers["Allow"].split(", "))


def _shows_again(page: str) -> None:
    assert "&lt;script&gt;alert(" in page
    assert "Second paragraph of the essay" in page
    assert '<input type="hidden" name="attempt" value="k1">' in page
    assert "Send it again" in page
    assert 'name="csrf_token"' in page
