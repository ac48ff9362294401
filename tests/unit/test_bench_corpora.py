"""Which files the verdict models are fitted on."""

from __future__ import annotations

import json
from pathlib import Path

from bench.corpora import read_corpora

OTHER = Path(__file__).parents[1] / "accuracy" / "data" / "other-subjects"


def written(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return path


def test_the_first_file_leads_attempts_are_known_by_what_they_expect(tmp_path: Path) -> None:
    first = written(tmp_path / "first.jsonl", {"id": "one"})
    mixed = written(
        tmp_path / "mixed.jsonl", {"id": "two"}, {"id": "three", "expect": {}}, {"id": "four", "point": "a1"}
    )
    found = read_corpora([first, mixed])
    kinds = (found.essays, found.further, found.attempts, found.claims)
    assert [[row["id"] for row in rows] for rows in kinds] == [["one"], ["two"], ["three"], ["four"]]


def test_a_folder_brings_its_questions_with_its_essays(tmp_path: Path) -> None:
    found = read_corpora([written(tmp_path / "first.jsonl"), OTHER])
    assert {"antibiotics-balance", "aswan-dam-balance"} <= found.prompts.keys()
    for row in found.further:
        points = {point.id for point in found.prompts[row["prompt"]].key_points}
        assert set(row["labels"]) <= points
        assert all(quote in row["text"] for quote in row["evidence"].values())
