"""Checking grades the model answer, and strictly also tries to cheat; attacking prints what was earned."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import prompts
from grader.attacks import AttackKind
from web.cli import cli

WriteUnit = Callable[..., Path]

CARDS = """
format = 1
slug = "tides"
title = "Tides and the moon"
subject = "Physics"

[[cards]]
number = 1
title = "Tides"
lines = ["The moon draws up the water of the oceans.", "Spring tides come when sun and moon pull together."]
"""
POINTS = """
[[key_points]]
id = "t1-moon"
card = 1
line = 1
text = "{moon}"
hint = "What moves the sea?"
accept = [{accept}]

[[key_points]]
id = "t2-spring"
card = 1
line = 2
text = "{spring}"
hint = "When is the range largest?"
accept = [{accept_too}]
"""
QUESTION = """
format = 1
slug = "why-tides"
question = "Why does the sea rise and fall?"
balanced = true
marks = 2
model_answer = '''
{answer}
'''

[[sides]]
name = "the moon"
key_points = ["t1-moon"]

[[sides]]
name = "the sun"
key_points = ["t2-spring"]
"""
MOON = "The gravity of the moon raises the water of the oceans into tides"
SPRING = "Spring tides are highest because the sun and the moon pull in one line"
SOUND = {
    "moon": MOON,
    "spring": SPRING,
    "accept": '"Sea water bulges towards the moon, which attracts it."',
    "accept_too": '"The tidal range is largest when moon and sun are lined up and their pulls add."',
}
SINGLE_WORDS = {"moon": "moon", "spring": "sun", "accept": '"lunar"', "accept_too": '"solar"'}
ANSWER = f"""
Anyone who has built a castle on a beach knows that the sea comes and goes, and sailors plan by it.
{MOON}. That is the first and the larger cause, and it works twice a day. There is a second one, which
changes from week to week. {SPRING}. In conclusion, both bodies matter, but the nearer one matters more,
since its pull is the stronger.
"""


@pytest.fixture
def write(tmp_path: Path) -> WriteUnit:
    def unit(answer: str = ANSWER, points: dict[str, str] = SOUND) -> Path:
        folder = tmp_path / "tides"
        folder.mkdir(exist_ok=True)
        (folder / "unit.toml").write_text(CARDS + POINTS.format(**points), encoding="utf-8")
        question = folder / "why-tides.toml"
        question.write_text(QUESTION.format(answer=answer), encoding="utf-8")
        return question

    return unit


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["prompts", *map(str, arguments)])


def test_a_model_answer_that_makes_every_point_passes(write: WriteUnit) -> None:
    question = write()
    assert prompts.check(question) == ()
    assert prompts.check(question.parent) == ()


def test_a_model_answer_that_leaves_a_point_out_is_a_fault_that_names_it(write: WriteUnit) -> None:
    question = write(answer=ANSWER.replace(SPRING + ".", "It is another body in the sky."))
    for path in (question, question.parent, question.parent.parent):
        (fault,) = prompts.check(path)
        assert fault.file.endswith("why-tides.toml")
        assert fault.key == "model_answer"
        assert fault.reason.startswith('"t2-spring" (When is the range largest?) is ')


def test_a_pasted_questions_model_answer_is_graded_too() -> None:
    toml = (
        Path(prompts.__file__).parent.joinpath("khrushchev", "secret-speech-impact.toml").read_text("utf-8")
    )
    sentence = "Intellectuals supported Khrushchev, as did people who hoped for more freedom in the arts."
    assert sentence in toml
    assert prompts.check_prompt_text(toml, "khrushchev") == ()
    (fault,) = prompts.check_prompt_text(toml.replace(sentence, ""), "khrushchev")
    assert (fault.file, fault.key) == ("question", "model_answer")
    assert '"r8-intellectuals"' in fault.reason


def test_answers_are_graded_only_where_the_form_is_sound(write: WriteUnit) -> None:
    question = write(answer="Nothing of the kind.")
    question.write_text(question.read_text("utf-8").replace("marks = 2", "marks = 3"), encoding="utf-8")
    assert [fault.key for fault in prompts.check(question)] == ["marks"]
    assert [fault.key for fault in prompts.check(question.parent)] == ["marks"]


def test_a_rigged_question_fails_the_strict_check(write: WriteUnit) -> None:
    question = write(points=SINGLE_WORDS)
    assert run("check", question).exit_code == 0
    result = run("check", "--strict", question)
    assert result.exit_code == 1
    assert f"{question}: attack." in result.stdout
    assert "a fair marker gives at most 0" in result.stdout
    assert "found." in result.stderr


def test_an_attack_prints_what_each_attempt_earned(write: WriteUnit) -> None:
    result = run("attack", write())
    assert result.exit_code == 0
    for kind in AttackKind:
        assert f"\n{kind}: " in result.stdout
    assert "attempts held" in result.stdout
    assert result.stdout.startswith("Why does the sea rise and fall?\n")


def test_an_attack_in_json_holds_the_texts_and_is_the_same_every_time() -> None:
    first, again, other = (
        run("attack", "reform-motives", "--json", "--seed", seed).stdout for seed in (1, 1, 2)
    )
    assert first == again != other
    report = json.loads(first)
    assert (report["prompt"], report["max_score"], report["seed"]) == ("reform-motives", 10, 1)
    assert {attempt["kind"] for attempt in report["attacks"]} == set(AttackKind)
    doubled = next(attempt for attempt in report["attacks"] if attempt["kind"] == "doubled")
    assert doubled["earned"] == doubled["fair"]
    assert all(attempt["text"] and attempt["why"] for attempt in report["attacks"])
    assert report["held"] == sum(attempt["held"] for attempt in report["attacks"])


@pytest.mark.parametrize(
    "question,sentence",
    [
        ("reform-motive", 'did you mean "reform-motives"?'),
        ("no/such/file.toml", "There is no file no/such/file.toml."),
        ("prompts/khrushchev/unit.toml", "is not a question: give a question’s file"),
    ],
)
def test_an_unknown_question_is_refused_in_words(question: str, sentence: str) -> None:
    result = run("attack", question)
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_questions_load_without_the_scorer() -> None:
    program = "import sys, prompts; prompts.load_all(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert not {"grader.scorer", "numpy", "sklearn", "prompts.trial"} & set(loaded.stdout.split())
