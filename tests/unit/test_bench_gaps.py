"""Essays without one of their points: the passage is gone, the point not found, the rest as it was."""

from __future__ import annotations

from typing import Any

import pytest

from bench.corpora import ESSAYS, read_lines
from bench.gaps import with_gaps

TEXT = "Trade grew. It was a good year; wages rose, and so did pensions.\n\nGrain was bought abroad."
TRADE, WAGES, PENSIONS = "Trade grew", "wages rose", "so did pensions"


def essay(labels: dict[str, str], evidence: dict[str, str]) -> dict[str, Any]:
    return {"id": "one", "prompt": "reforms", "text": TEXT, "labels": labels, "evidence": evidence}


def test_the_whole_statement_is_gone_and_the_point_is_not_found() -> None:
    (gap,) = with_gaps([essay({"trade": "hit", "space": "miss"}, {"trade": TRADE})])
    assert gap["text"] == TEXT.removeprefix("Trade grew.")
    assert gap["labels"] == {"trade": "miss", "space": "miss"}
    assert gap["id"] != "one"


def test_what_was_made_in_the_same_statement_loses_its_mark() -> None:
    labels = {"wages": "hit", "pensions": "partial", "trade": "partial", "grain": "contradicted"}
    (gap,) = with_gaps([essay(labels, {"wages": WAGES, "pensions": PENSIONS, "trade": TRADE})])
    assert gap["labels"] == {"wages": "miss", "trade": "partial"}  # nobody says where the one on grain stands
    assert WAGES not in gap["text"]
    assert TRADE in gap["text"]


@pytest.mark.parametrize("evidence", [{}, {"trade": TRADE}])
def test_an_essay_that_makes_no_point_has_no_gap(evidence: dict[str, str]) -> None:
    assert with_gaps([essay({"trade": "partial"}, evidence)]) == []


def test_gaps_in_marked_essays_are_the_same_every_time() -> None:
    rows = read_lines(ESSAYS)
    gaps = with_gaps(rows)
    assert gaps == with_gaps(rows)
    assert len(gaps) > len(rows) / 2
