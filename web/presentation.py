"""What every template may use: who is signed in, words for verdicts and times, files with fingerprints."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for

from grader.feedback.wording import typeset
from grader.report import Verdict
from web.access import current_person

VERDICT_WORDS = {
    Verdict.HIT: "made",
    Verdict.PARTIAL: "partly made",
    Verdict.CONTRADICTED: "differs from the notes",
    Verdict.MISS: "not found",
}

LEGEND = (Verdict.HIT, Verdict.PARTIAL, Verdict.CONTRADICTED, Verdict.MISS)


def init_presentation(app: Flask) -> None:
    """Register the filters, globals and context that templates and macros rely on."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(VERDICTS=LEGEND, static_file=static_file)
    app.add_template_filter(verdict_word)
    app.add_template_filter(plural)
    app.add_template_filter(number)
    app.add_template_filter(percent)
    app.add_template_filter(when)
    app.add_template_filter(machine_time)
    app.add_template_filter(typeset)
    app.context_processor(_context)


def verdict_word(verdict: str) -> str:
    """Say a verdict in the words of the pages: made, partly made, differs from the notes, not found."""
    return VERDICT_WORDS[Verdict(verdict)]


def plural(count: float, one: str, many: str = "") -> str:
    """Write a count with its noun: `1 | plural("draft")` gives "1 draft", 2 gives "2 drafts"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def number(value: float) -> str:
    """Write marks and counts as people do: 7, 7½, 0.25; thousands with a comma."""
    whole, rest = divmod(abs(value), 1)
    sign = "−" if value < 0 else ""
    if rest == 0:
        return f"{sign}{int(whole):,}"
    if rest == 0.5:
        return f"{sign}{int(whole):,}½" if whole else f"{sign}½"
    return f"{sign}{abs(value):,.2f}".rstrip("0")


def percent(share: float) -> str:
    """Write a share (0 to 1) as a whole percentage."""
    return f"{round(100 * share)} %"


def when(moment: datetime) -> str:
    """Write a moment for people, in UTC; a script on the page turns it into the reader's own time."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def machine_time(moment: datetime) -> str:
    """Write a moment for the `datetime` attribute of a time element."""
    return moment.isoformat(timespec="seconds")


def static_file(name: str) -> str:
    """Return the address of a file under static/, with a fingerprint of it, so that browsers may keep it."""
    file = Path(__file__).parent / "static" / name
    return url_for("static", filename=name, v=_fingerprint(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=256)
def _fingerprint(file: Path, changed: int) -> str:  # noqa: ARG001 - `changed` is there to renew the cache
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _context() -> dict[str, Any]:
    return {"person": current_person()}
