"""`markscheme evaluate`: agreement with marked essays, as a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from web.cli import cli

TEXT = "His foreign trade grew considerably, and two thirds of it was with the communist states of Europe."
FEW = ("--resamples", "20")


def marked(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"e{number}",
        "prompt": "economic-reforms-impact",
        "text": TEXT,
        "labels": {"g1-foreign-trade": "hit", "g2-working-conditions": "miss"},
        "evidence": {"g1-foreign-trade": "foreign trade grew"},
        "level": 1,
        **changes,
    }


def evaluate(tmp_path: Path, *essays: dict[str, Any], options: tuple[str, ...] = FEW) -> Result:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(map(json.dumps, essays)), encoding="utf-8")
    return CliRunner().invoke(cli, ["evaluate", *options, str(corpus)])


def test_the_table_names_every_figure_with_its_n_and_interval(tmp_path: Path) -> None:
    result = evaluate(tmp_path, marked(1), marked(2))
    assert result.exit_code == 0
    assert result.stdout.startswith("2 essays, 4 judgements, 0 not graded\n")
    for name in ("credit F1", "verdict kappa", "mark QWK", "mark exact", "mark adjacent", "mark SMD"):
        assert name in result.stdout
    assert "g1-foreign-trade" in result.stdout
    assert "20 bootstrap samples of whole essays, seed 1." in result.stdout


def test_json_holds_the_same_and_says_how_the_intervals_were_made(tmp_path: Path) -> None:
    result = evaluate(tmp_path, marked(1), marked(2), options=("--json", "--seed", "7", *FEW))
    figures = json.loads(result.stdout)
    assert (figures["essays"], figures["judgements"]) == (2, 4)
    assert figures["bootstrap"] == {"resampled": "essays", "samples": 20, "seed": 7, "interval": 0.95}
    assert set(figures["figures"]["mark_qwk"]) == {"value", "n", "low", "high"}
    assert [point["key"] for point in figures["points"]] == ["g1-foreign-trade", "g2-working-conditions"]


def test_the_same_seed_prints_the_same_table(tmp_path: Path) -> None:
    first, again = (evaluate(tmp_path, marked(1), marked(2)).stdout for _ in range(2))
    assert first == again


def test_an_essay_that_cannot_be_graded_counts_against_the_machine(tmp_path: Path) -> None:
    result = evaluate(tmp_path, marked(1), marked(2, text=" \n"), options=("--json", *FEW))
    figures = json.loads(result.stdout)
    assert figures["ungraded"] == 1
    assert figures["points"][0]["overlooked"] >= 1


def test_essays_that_the_scorer_was_fitted_on_are_announced(tmp_path: Path) -> None:
    built_in = Path("prompts/khrushchev/essays.jsonl").read_text(encoding="utf-8").splitlines()
    result = evaluate(tmp_path, json.loads(built_in[0]), marked(2))
    assert "1 of these essays come with Markscheme" in result.stdout
    assert "come with Markscheme" not in evaluate(tmp_path, marked(1)).stdout


@pytest.mark.parametrize(
    "changes,sentence",
    [
        ({"labels": {"g9": "hit"}}, "Line 2: not key points of economic-reforms-impact: g9."),
        ({"labels": {"g1-foreign-trade": "great"}}, 'Line 2: A verdict in "labels" is not one of'),
        ({"prompt": "economic-reform-impact"}, "Line 2: There is no question"),
        ({"text": None}, 'Line 2: "text" should be a text in quotes.'),
    ],
)
def test_a_faulty_corpus_is_refused_line_by_line(
    tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    result = evaluate(tmp_path, marked(1), marked(2, **changes), marked(3, text=7))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert sentence in result.stderr
    assert "Line 3: " in result.stderr


def test_an_empty_corpus_is_no_measurement(tmp_path: Path) -> None:
    result = evaluate(tmp_path)
    assert result.exit_code == 1
    assert "The corpus holds no essays." in result.stderr


def test_by_point_lists_what_was_credited_and_missed_with_the_sentences(tmp_path: Path) -> None:
    silent = marked(
        2, text="Zoë’s essay is about something else altogether.", evidence={"g1-foreign-trade": "x"}
    )
    result = evaluate(tmp_path, marked(1), silent, options=("--by-point", *FEW))
    assert result.exit_code == 0
    first, counts = result.stdout.splitlines()[:2]
    assert first.startswith("g1-foreign-trade: Foreign trade grew considerably")
    assert counts.startswith("  1 rightly credited, 0 wrongly credited, 1 missed, 0 wrongly contradicted")
    assert "    e1: people hit, machine hit\n      people:  “foreign trade grew”\n" in result.stdout
    assert f"      machine: “{TEXT}”" in result.stdout
    assert "  missed\n    e2: people hit, machine miss\n" in result.stdout
    assert "2 essays, 4 judgements" in result.stdout


def test_by_point_in_json_quotes_in_full(tmp_path: Path) -> None:
    result = evaluate(tmp_path, marked(1, text=TEXT * 3), options=("--by-point", "--json", *FEW))
    trade, conditions = json.loads(result.stdout)["by_point"]
    assert trade["counts"]["rightly_credited"] == 1
    (case,) = trade["rightly_credited"]
    assert (case["essay"], case["human"], case["marked"]) == ("e1", "hit", "foreign trade grew")
    assert case["read"] in TEXT * 3
    assert sum(conditions["counts"].values()) == 0
    assert "by_point" not in json.loads(evaluate(tmp_path, marked(1), options=("--json", *FEW)).stdout)
