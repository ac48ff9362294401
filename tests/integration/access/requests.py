"""What each request of the matrix carries: forms that would succeed, were the person allowed to send them."""

from __future__ import annotations

from typing import Any

from services.second_step import code_at, step_of
from tests.integration.access.world import NAMES, PHRASE, SECOND_KEY, World, class_of, essay_of
from tests.integration.web.conftest import NOON
from tests.integration.web.practice import ESSAY, SLUG
from web.clock import now

TO_REVIEW = "/review/"

SAVED = str(int(NOON.timestamp()))
"""The revision of everybody's draft: what a page that was loaded in this world carries."""

QUERIES = {
    "/history/<slug>/compare": "?from=1&to=1",
    "/classes/<ref>/map": f"?prompt={SLUG}",
}

FORMS: dict[str, dict[str, Any]] = {
    "POST /start": {"slug": SLUG},
    "POST /login": {"username": NAMES["eve"][0], "password": PHRASE},
    "POST /register": {"username": "new.person", "display_name": "Nový Žák", "password": PHRASE},
    "POST /first-teacher/<token>": {"username": "new.person", "display_name": "Nový Žák", "password": PHRASE},
    "POST /account": {"display_name": "Another Name"},
    "POST /account/password": {"password": PHRASE, "new_password": "four entirely other words"},
    "POST /account/second-step/off": {"password": PHRASE},
    "POST /your-data/erase": {"sure": "y", "password": PHRASE},
    "POST /questions/<slug>/draft": {"essay": ESSAY, "plan": "", "revision": SAVED},
    "POST /questions/<slug>/submit": {"essay": ESSAY, "plan": "", "revision": "0", "attempt": "9"},
    "POST /classes/new": {"name": "A new class", "reveal_policy": "on-request"},
    "POST /classes/names": {"show": "1", "back": "/classes"},
    "POST /classes/<ref>/settings": {"name": "Another name", "reveal_policy": "on-release"},
    "POST /classes/<ref>/release": {"prompt": SLUG},
    "POST /review/<ref>/points/<int:number>": {"verdict": "hit", "reason": "It is there."},
    "POST /review/<ref>/mark": {"mark": "4"},
    "POST /authors/check": {"unit": "khrushchev", "text": "format = 1"},
}

JSON = {"PUT /questions/<slug>/draft": {"text": ESSAY, "plan": "", "revision": int(SAVED)}}


def address_of(world: World, rule: str, who: str, whose: str) -> str | None:
    """Fill a rule with what a cell is about, or return None where there is no such thing."""
    ref = _reference(world, rule, who, whose)
    if ref is None:
        return None
    filled = rule.replace("<slug>", SLUG).replace("<int:number>", "1").replace("<ref>", ref)
    return filled.replace("<token>", world.tokens.get(whose, "")) + QUERIES.get(rule, "")


def body_of(world: World, method: str, rule: str, whose: str) -> dict[str, Any]:
    """Return what the request carries, as arguments of the test client."""
    name = f"{method} {rule}"
    if name in JSON:
        return {"json": JSON[name]}
    if name == "POST /account/second-step":
        return {"data": {"code": code_at(SECOND_KEY, step_of(now()))}}
    if name == "POST /join":
        return {"data": {"code": world.codes["drew" if whose == "own" else "cole"]}}
    return {"data": FORMS.get(name, {})} if method == "POST" else {}


def _reference(world: World, rule: str, who: str, whose: str) -> str | None:
    if "<ref>" not in rule:
        return ""
    if rule.startswith("/classes/"):
        return class_of(world, who, whose)
    return essay_of(world, who, whose, to_review=rule.startswith(TO_REVIEW))
