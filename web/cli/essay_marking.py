"""Mark the essay that one line of input holds, or say why not: never stop the lines after it."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from grader.calibration import Calibration
from grader.errors import EssayRefused
from grader.report import ScoreReport
from grader.report_json import report_to_json
from grader.scorer import KeyPointScorer
from prompts import UnknownSlug, load_prompt, shipped_calibration
from web.cli.json_lines import Line, LineRefused, parse_object, usable_id


class EssayMarker(Protocol):
    """What marks an essay on the question with a slug; raises LineRefused where it cannot."""

    def score(self, slug: str, essay: str) -> ScoreReport:
        """Return the report on one essay."""


class BuiltInMarker:
    """Marks essays on any built-in question; a question's scorer is built when it is first needed."""

    def __init__(
        self, notes: Sequence[str] = (), calibrations: Mapping[str, Calibration] | None = None
    ) -> None:
        """Prepare to mark; `calibrations` holds by slug what replaces those that come with questions."""
        self._notes = tuple(notes)
        self._calibrations = calibrations or {}
        self._of = cache(self._build)

    def score(self, slug: str, essay: str) -> ScoreReport:
        """Mark an essay on the question `slug`.

        Raises:
            LineRefused: there is no such question, or the essay cannot be marked at all.
        """
        try:
            return self._of(slug).score(essay)
        except UnknownSlug as unknown:
            raise LineRefused("unknown-prompt", f"{unknown} `markscheme prompts list` names them.") from None
        except EssayRefused as refused:
            raise LineRefused(refused.code, refused.message) from None

    def _build(self, slug: str) -> KeyPointScorer:
        prompt = load_prompt(slug)
        calibration = self._calibrations.get(slug) or shipped_calibration(prompt)
        scorer = KeyPointScorer(prompt, notes=self._notes, calibration=calibration)
        gc.freeze()  # what is loaded stays: a long text would have it all looked through for rubbish
        return scorer


def mark_line(line: Line, marker: EssayMarker) -> dict[str, Any]:
    """Return {"id", ...report} for a line {"id", "prompt", "text"}, or {"id", "error": {...}}."""
    essay_id: str | int | None = None
    try:
        values = parse_object(line)
        essay_id = usable_id(values)
        slug, text = _request(values, line.number)
        return {"id": essay_id, **report_to_json(marker.score(slug, text))}
    except LineRefused as refused:
        return _error(
            essay_id if refused.essay_id is None else refused.essay_id, refused.code, refused.message
        )
    except Exception as fault:  # noqa: BLE001 - a fault of ours on one essay must not cost the others theirs
        kind = type(fault).__name__
        return _error(
            essay_id,
            "internal",
            f"Line {line.number} met a fault in Markscheme ({kind}), not in the essay: please report it.",
        )


def _request(values: Mapping[str, Any], number: int) -> tuple[str, str]:
    """Return the question's slug and the essay's text."""
    if usable_id(values) is None:
        raise LineRefused("no-id", f'Line {number} should have an "id", a text or a whole number.')
    slug, text = (values.get(name) for name in ("prompt", "text"))
    if not isinstance(slug, str):
        raise LineRefused("no-prompt", f'Line {number} should name its question: "prompt": "...", as a text.')
    if not isinstance(text, str):
        raise LineRefused("no-text", f'Line {number} should hold the essay: "text": "...", as a text.')
    return slug, text


def _error(essay_id: str | int | None, code: str, message: str) -> dict[str, Any]:
    return {"id": essay_id, "error": {"code": code, "message": message}}
