"""Checking names file, place and remedy of every fault, over a file, a folder or a collection."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import prompts
from grader.errors import Fault

ROOT = Path(__file__).parents[2] / "prompts"
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the built-in unit, free to be broken."""
    return Path(shutil.copytree(ROOT / "khrushchev", tmp_path / "khrushchev"))


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The unit that the authors' guide prints in full."""
    for name, toml in re.findall(
        r"^`(photosynthesis/[\w.-]+)`\n\n```toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(toml, encoding="utf-8")
    return tmp_path / "photosynthesis"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def lines(faults: tuple[Fault, ...]) -> list[str]:
    return [f"{fault.key}: {fault.reason}" for fault in faults]


def test_the_built_in_units_have_no_fault() -> None:
    assert prompts.check() == ()
    assert prompts.check(ROOT) == ()
    assert prompts.check(ROOT / "khrushchev") == ()
    assert prompts.check(ROOT / "khrushchev" / "unit.toml") == ()
    assert prompts.check(str(ROOT / "khrushchev" / "reform-motives.toml")) == ()


def test_a_folder_can_be_checked_from_inside(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied)
    assert prompts.check(".") == ()
    assert prompts.check("unit.toml") == ()
    assert prompts.check("..") == ()


def test_a_broken_question_is_told_everything_at_once(copied: Path) -> None:
    question = copied / "reform-motives.toml"
    change(question, "marks = 10", "marks = 12\nminuts = 40")
    change(question, "e1-growth-but-weak", "e1-growth-but-weka")
    change(question, '"e3-military-drain"', '"e2-consumer-goods"')
    change(question, '"p1-popular-consent"', '"e5-farm-investment"')
    unknown = 'there is no key point "e1-growth-but-weka" in the unit "khrushchev"'
    assert lines(prompts.check(question)) == [
        f'sides[1].key_points[1]: {unknown}: did you mean "e1-growth-but-weak"?',
        'sides[1].key_points[3]: "e2-consumer-goods" stands twice on this side: take one out',
        'sides[2].key_points[1]: "e5-farm-investment" stands on side 1 too: keep it on one side',
        'minuts: is not a field of a question: did you mean "minutes"?',
        "marks: is 12, but the parts add up to 8: make the two agree",
    ]


def test_faults_of_unit_and_questions_come_together(copied: Path) -> None:
    change(copied / "unit.toml", 'id = "a2-zhukov"\ncard = 10', 'id = "a2-zhukov"\ncard = 11')
    change(copied / "reform-motives.toml", "format = 1", "format = 2")
    change(copied / "anti-party-conspiracy.toml", 'slug = "', 'slug = "old-')
    found = [(Path(fault.file).name, fault.key) for fault in prompts.check(copied.parent)]
    assert found == [
        ("unit.toml", "key_points.a2-zhukov.card"),
        ("anti-party-conspiracy.toml", "slug"),
        ("reform-motives.toml", "format"),
    ]


def test_a_fault_names_the_file_as_it_was_given(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(copied / "reform-motives.toml", "format = 1", "format = 2")
    monkeypatch.chdir(copied.parent)
    for given_path in (".", "khrushchev", "khrushchev/", "khrushchev/reform-motives.toml"):
        (fault,) = prompts.check(given_path)
        assert fault.file == "khrushchev/reform-motives.toml"


@pytest.mark.parametrize(
    "content,key,reason",
    [
        (b'format = 1\nslug = "x\n', "line 2, column 10", "is not TOML ("),
        (
            b"format = 1\nformat = 2\n",
            "line 2, column 11",
            "is not TOML (",
        ),
        (b"format = [1,\n", "line 2, column 1", "is not TOML ("),
        (b'format = 1\ntitle = "caf\xe9"\n', "line 2", "is not UTF-8: save the file with the encoding UTF-8"),
        (b"format = " + b"[" * 5000, "file", "has brackets within brackets too deep to read"),
        (b"format = " + b"9" * 5000, "file", "cannot be read as TOML (Exceeds the limit"),
        (b" " * 2_000_001, "file", "is larger than 2,000,000 bytes: split the unit into several"),
    ],
    ids=["quote", "twice", "bracket", "latin", "deep", "figures", "large"],
)
def test_what_cannot_be_read_is_a_fault_with_its_place(
    copied: Path, content: bytes, key: str, reason: str
) -> None:
    (copied / "reform-motives.toml").write_bytes(content)
    (fault,) = prompts.check(copied)
    assert fault.key == key
    assert fault.reason.startswith(reason)


def test_questions_are_checked_though_the_unit_cannot_be_read(copied: Path) -> None:
    (copied / "unit.toml").write_text("slug =", encoding="utf-8")
    change(copied / "reform-motives.toml", "marks = 10", "marks = 11")
    assert [fault.key for fault in prompts.check(copied)] == ["line 1, column 7", "marks"]


def test_a_place_without_a_unit_is_told_what_belongs_there(tmp_path: Path, copied: Path) -> None:
    (copied / "unit.toml").unlink()
    assert prompts.check(copied)[0].reason.startswith("not found: a folder of questions needs one")
    assert prompts.check(tmp_path / "nowhere")[0].reason.startswith("not found: give a question’s file")
    (tmp_path / "empty").mkdir()
    assert prompts.check(tmp_path / "empty")[0].reason.startswith("holds no unit: add a folder")


def test_the_example_of_the_authors_guide_is_sound(example: Path) -> None:
    assert prompts.check(example, strict=True) == ()
    (loaded,) = prompts.load_folder(example)
    assert len(loaded.unit.key_points) == 3
    assert loaded.prompts[0].question == "How well do plants make use of light?"


def test_the_guide_prints_faults_as_they_are(example: Path) -> None:
    change(example / "leaf-and-light.toml", "p2-oxygen", "p2-oxigen")
    change(example / "leaf-and-light.toml", "marks = 3", "marks = 4")
    for fault in prompts.check(example):
        assert f"photosynthesis/leaf-and-light.toml: {fault.key}: {fault.reason}" in README


def test_the_options_that_the_guide_shows_are_sound(example: Path) -> None:
    options = re.findall(r"^  ```\n(.*?)^  ```", README, re.DOTALL | re.MULTILINE)
    assert len(options) == 3
    question = example / "leaf-and-light.toml"
    base = question.read_text(encoding="utf-8")
    for option, marks in zip(options, (4, 2, 3), strict=True):
        question.write_text(base.replace("marks = 3", f"marks = {marks}") + option, encoding="utf-8")
        assert prompts.check(example) == ()


def test_the_guide_explains_every_field() -> None:
    fields = (
        "format slug title subject number lines id card line text hint accept partial contrary asks words"
    )
    more = "question marks minutes balanced model_answer name key_points key_point_marks count from_share"
    assert [field for field in f"{fields} {more}".split() if not re.search(rf"\b{field}\b", README)] == []


def test_a_pasted_question_is_checked_against_its_unit() -> None:
    text = (ROOT / "khrushchev" / "reform-motives.toml").read_text(encoding="utf-8")
    assert prompts.check_prompt_text(text, "khrushchev") == ()
    (fault,) = prompts.check_prompt_text(text.replace("p1-popular-consent", "p1-popular"), "khrushchev")
    assert str(fault).startswith('question: sides[2].key_points[1]: there is no key point "p1-popular"')
    (fault,) = prompts.check_prompt_text(text, "krushchev")
    assert fault.reason == 'There is no unit "krushchev"; did you mean "khrushchev"?'


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_is_pasted_gets_faults_and_no_exception(text: str) -> None:
    assert prompts.check_prompt_text(text, "khrushchev")
