"""Small modules, small functions, honest names: what a linter does not hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("grader", "prompts", "models", "services", "web", "bench", "tests")
MODULES = [
    ROOT / "app.py",
    *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))),
]
CODE = [path for path in MODULES if "tests" not in path.parts and "migrations" not in path.parts]
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 45
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "core",
}


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_a_module_fits_into_a_readers_head() -> None:
    sizes = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > MAX_MODULE_LINES} == {}


def test_a_function_fits_on_a_screen() -> None:
    sizes = {
        f"{shown(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in CODE
        for node in functions(path)
    }
    assert {name: size for name, size in sizes.items() if size > MAX_FUNCTION_LINES} == {}


def test_a_module_is_named_after_what_it_does() -> None:
    assert [shown(path) for path in MODULES if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_the_root_is_no_package() -> None:
    assert not (ROOT / "__init__.py").exists()


def test_no_module_makes_the_application_when_it_is_imported() -> None:
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    assert not any(isinstance(node, ast.Assign) and "create_app" in ast.dump(node) for node in tree.body)
