"""Headers and sources: nothing but our own files, nothing inline, nothing cached, nothing framed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

import web
from app import create_app
from tests.integration.web.browsing import Browser
from web.config import Settings

WEB = Path(web.__file__).parent

PAGES = [
    "/",
    "/login",
    "/register",
    "/history",
    "/join",
    "/account",
    "/classes",
    "/classes/new",
    "/no-such-page",
]

INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"(?:src|href|action|url)\s*[=(]\s*[\"']?\s*(?:https?:)?//(?!www\.w3\.org)", re.IGNORECASE
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["", "ada", "ms_cole"])
def test_every_page_is_ours_alone(
    anybody: Browser, browser_of: Callable[[str], Browser], who: str, path: str
) -> None:
    answer = (browser_of(who) if who else anybody).get(path, follow_redirects=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not INLINE.search(answer.text)
    assert not ELSEWHERE.search(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_can_be_read_aloud(ms_cole: Browser, path: str) -> None:
    page = ms_cole.get(path, follow_redirects=True).text
    assert '<html lang="en-GB">' in page
    assert re.search(r"<title>[^<]+ · Markscheme</title>", page)
    assert 'href="#content"' in page
    assert page.count("<main ") == 1
    assert page.count("<h1") == 1


@pytest.mark.parametrize("file", sorted(WEB.glob("templates/**/*.html")), ids=lambda file: file.name)
def test_no_template_has_anything_inline_or_from_elsewhere(file: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", file.read_text(), flags=re.DOTALL)
    assert not INLINE.search(source)
    assert not ELSEWHERE.search(source)


@pytest.mark.parametrize("file", sorted(WEB.glob("static/**/*.css")), ids=lambda file: file.name)
def test_no_stylesheet_fetches_from_elsewhere(file: Path) -> None:
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:|//|data:)", file.read_text())


def test_files_may_be_kept_since_their_addresses_change(anybody: Browser) -> None:
    address = re.search(r'href="(/static/css/markscheme\.css\?v=[0-9a-f]{12})"', anybody.get("/login").text)
    assert address
    answer = anybody.get(address[1], buffered=True)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_modules_that_others_import_are_asked_for_again(anybody: Browser) -> None:
    answer = anybody.get("/static/js/write/autosave.js", buffered=True)
    assert answer.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert anybody.get("/static/js/write/autosave.js", headers=known, buffered=True).status_code == 304


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(anybody: Browser) -> None:
    cookie = anybody.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


@pytest.fixture
def behind_tls(settings: Settings) -> Flask:
    return create_app(settings.model_copy(update={"https": True}))


def test_with_https_everything_is_led_there(behind_tls: Flask) -> None:
    answer = behind_tls.test_client().get("/login", base_url="http://marks.example")
    assert answer.location == "https://marks.example/login"


def test_with_https_cookies_are_secure_and_browsers_told_to_stay(behind_tls: Flask) -> None:
    answer = behind_tls.test_client().get("/login", base_url="https://marks.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


def test_forms_of_other_sites_are_refused(ada: Browser) -> None:
    ada.careless = True
    assert ada.post("/account", data={"display_name": "Mallory"}).status_code == 400
    assert "Mallory" not in ada.get("/account").text
