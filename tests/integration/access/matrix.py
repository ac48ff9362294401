"""The access matrix, matrix.txt: every route, every kind of person and of object, and what has to happen.

Columns: nobody signed in, a guest, a student (ada), her classmate (ben), her teacher (Ms Cole), another
teacher (Mr Drew), the admin (the head, who also has a class of her own).

Objects: `own` is the person's own essay or class (for reviewing: an essay in the teacher's own class);
`class's` is ada's essay in Ms Cole's class, or that class; `stranger's` belongs to eve, or to Ms Frost,
with whom nobody here has to do. A link is `live` or `spent`. `-` stands for no object.

Cells: a status; a `k` behind it allows the answer key to stand in the answer, which is searched for in every
other one; `>name` is a redirect (303) to the place of that name; `login` leads to the sign-in page and back;
`.` means that there is no such object.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.integration.access.world import PEOPLE

PLACES = {
    "home": "/",
    "account": "/account",
    "code": "/login/code",
    "classes": "/classes",
    "class": "/classes/<ref>",
    "one": "/classes/*",
    "register": "/register",
    "join": "/join",
    "write": "/questions/<slug>/write",
    "essay": "/submissions/<ref>",
    "essay+": "/submissions/*",
    "review": "/review/<ref>*",
    "next": "/review/*",
    "admin": "/admin",
    "login": "/login",
}

MATRIX = Path(__file__).with_name("matrix.txt")


@dataclass(frozen=True)
class Row:
    """One route on one kind of object: what each person gets."""

    method: str
    rule: str
    whose: str
    cells: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """How a test is named after it."""
        return f"{self.method} {self.rule} {self.whose}"


def read_matrix() -> tuple[Row, ...]:
    """Read the table."""
    text = MATRIX.read_text(encoding="utf-8")
    return tuple(
        _row(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#")
    )


def _row(words: list[str]) -> Row:
    method, rule, whose, *cells = words
    assert len(cells) == len(PEOPLE), words
    return Row(method, rule, whose, tuple(zip(PEOPLE, cells, strict=True)))
