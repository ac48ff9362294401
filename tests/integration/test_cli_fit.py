"""`markscheme fit`, and `markscheme grade --calibration` with what it wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from web.cli import cli

SLUG = "economic-reforms-impact"
KEY = "g2-working-conditions"
SAID = "For the man at the lathe the factory gate opened sooner on a Saturday, and his wallet hardly felt it."
UNSAID = "Khrushchev's reforms of the Soviet economy have been argued over ever since, and opinions differ."


def essay(number: int, **changes: Any) -> dict[str, Any]:
    """Return a synthetic essay: odd numbers make a point in words that no rubric holds."""
    text = f"{SAID if number % 2 else UNSAID} That much any historian of the Soviet Union would grant."
    labels = {KEY: "hit" if number % 2 else "miss"}
    return {"id": f"e{number}", "prompt": SLUG, "text": text, "labels": labels, **changes}


def fit(folder: Path, essays: Iterable[dict[str, Any]], slug: str = SLUG) -> tuple[Path, Result]:
    corpus, output = folder / "marked.jsonl", folder / "calibration.json"
    corpus.write_text("\n".join(map(json.dumps, essays)), encoding="utf-8")
    return output, CliRunner().invoke(cli, ["fit", slug, str(corpus), "-o", str(output)])


def verdicts(*options: str) -> list[str]:
    lines = "\n".join(json.dumps(essay(number)) for number in (0, 1))
    result = CliRunner().invoke(cli, ["grade", *options, "-"], input=lines)
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    return [point["verdict"] for report in reports for point in report["points"] if point["key"] == KEY]


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    return fit(tmp_path_factory.mktemp("fit"), map(essay, range(16)))


def test_figures_are_printed_before_and_after(fitted: tuple[Path, Result]) -> None:
    output, result = fitted
    assert result.exit_code == 0, result.output
    assert "16 essays, 16 verdicts, held out (seed 1)" in result.stdout
    assert "verdict exact      0.500     1.000" in result.stdout
    assert f"grade --calibration {output}" in result.stdout


def test_the_file_is_json_and_holds_the_figures(fitted: tuple[Path, Result]) -> None:
    values = json.loads(fitted[0].read_text(encoding="utf-8"))
    assert values["agreement"]["after"]["verdict_exact"]["value"] == 1.0
    assert not list(fitted[0].parent.glob(".*.part"))


def test_grading_with_it_sees_what_the_markers_saw(fitted: tuple[Path, Result]) -> None:
    assert verdicts() == ["miss", "miss"]
    assert verdicts("--calibration", str(fitted[0])) == ["miss", "hit"]


def test_one_that_agrees_no_better_is_refused_and_nothing_written(tmp_path: Path) -> None:
    output, result = fit(tmp_path, (essay(2 * number) for number in range(8)))
    assert result.exit_code == 1
    assert "agrees no better" in result.stderr
    assert not output.exists()


def test_every_line_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    _, result = fit(tmp_path, [essay(1, labels={}), essay(2), essay(3, labels={"zz": "hit"})])
    assert result.exit_code == 1
    assert "Line 1" in result.stderr
    assert "Line 3: not key points" in result.stderr


def test_essays_on_another_question_are_refused(tmp_path: Path) -> None:
    other = essay(1, prompt="reform-motives", labels={"m1-consumer-demand": "hit"})
    _, result = fit(tmp_path, [essay(2), other])
    assert result.exit_code == 1
    assert result.stderr


def test_few_essays_are_too_little(tmp_path: Path) -> None:
    _, result = fit(tmp_path, map(essay, range(3)))
    assert result.exit_code == 1
    assert "takes at least 5" in result.stderr


def test_an_unknown_question_is_named(tmp_path: Path) -> None:
    _, result = fit(tmp_path, [essay(1)], slug="economic-reform-impact")
    assert result.exit_code == 1
    assert f'did you mean "{SLUG}"' in result.stderr


@pytest.mark.parametrize(
    "content, sentence",
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a calibration"),
        ('{"format": 2, "structure_hash": "x"}', "another question"),
    ],
)
def test_a_file_that_is_no_calibration_is_refused_in_a_sentence(
    tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(cli, ["grade", "--calibration", str(path), "-"], input="")
    assert result.exit_code == 1
    assert sentence in result.stderr
