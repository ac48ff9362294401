"""Apostrophes and quotation marks that people read are curly: in pages, their scripts and messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "web" / "static" / "js").rglob("*.js"))
READ_BY_PROGRAMS = {
    "grader/language/claim_words.py": "patterns",
    "grader/language/negation.py": "patterns",
    "grader/language/refutation.py": "patterns",
    "grader/language/word_forms.py": "patterns",
    "grader/language/word_classes.py": "patterns",
    "services/exports.py": "names of columns, which formulas name",
    "services/privacy.py": "names of fields",
}
MODULES = [
    path
    for package in ("grader", "models", "prompts", "services", "web")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts and path.relative_to(ROOT).as_posix() not in READ_BY_PROGRAMS
]
STRAIGHT = re.compile(r"[^\W\d_]'[^\W\d_]|[^\W\d_]s' ")
MARKUP = re.compile(r"<[^>]*>?")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read_in(template: str) -> Iterator[str]:
    """What a template says: its text without tags, what tags name for reading aloud, strings it prints."""
    tokens = list(jinja2.Environment(autoescape=True).lex(template))
    page = "".join(value if kind == "data" else "\0" for _, kind, value in tokens)
    yield MARKUP.sub(" ", page)
    yield from re.findall(r'\b(?:aria-label|title|placeholder|alt|content)="([^"]*)"', page)
    yield from (value[1:-1] for _, kind, value in tokens if kind == "string")


def messages(module: str) -> Iterator[str]:
    """The strings of a module that are not its documentation."""
    tree = ast.parse(module)
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_a_page_has_no_straight_apostrophe_and_no_straight_quotation_mark(path: Path) -> None:
    text, *others = read_in(path.read_text(encoding="utf-8"))
    assert not re.search(r".{0,40}['\"].{0,40}", text)
    assert [each for each in others if STRAIGHT.search(each)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=shown)
def test_a_script_says_nothing_with_a_straight_apostrophe(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?m:(?<!:)//.*$)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert STRAIGHT.findall(code) == []


def test_no_message_has_a_straight_apostrophe() -> None:
    found = {
        shown(path): said
        for path in MODULES
        if (said := [each for each in messages(path.read_text(encoding="utf-8")) if STRAIGHT.search(each)])
    }
    assert found == {}


@pytest.mark.parametrize(
    "template", ["<p>It's</p>", '{{ x or "a teacher\'s" }}', '<a title="don\'t">', '<p>"{{ x }}"</p>']
)
def test_what_should_be_found_is_found(template: str) -> None:
    text, *others = read_in(template)
    assert re.search("['\"]", text) or any(map(STRAIGHT.search, others))
