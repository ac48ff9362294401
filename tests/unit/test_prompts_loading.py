"""Units and questions load from the package and from any folder."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import prompts
from grader.errors import RubricError
from prompts import loading

UNIT = """
format = 1
slug = "{slug}"
title = "Ébauche d’une unité"
subject = "日本史"
[[cards]]
number = 1
title = "One card"
lines = ["One line."]
[[key_points]]
id = "k1"
card = 1
line = 1
text = "One point"
hint = "Which one?"
"""

QUESTION = """
format = 1
slug = "{slug}"
question = "What is the point?"
marks = 1
[[sides]]
name = "the point"
key_points = ["k1"]
"""


def write_unit(root: Path, slug: str, *questions: str) -> Path:
    folder = root / slug
    folder.mkdir()
    (folder / "unit.toml").write_text(UNIT.format(slug=slug), encoding="utf-8")
    for question in questions:
        (folder / f"{question}.toml").write_text(QUESTION.format(slug=question), encoding="utf-8")
    return folder


def test_the_built_in_units_and_questions_are_found_by_slug() -> None:
    assert prompts.unit_slugs() == ("khrushchev",)
    assert prompts.load_unit("khrushchev").subject == "History"
    assert prompts.load_prompt("reform-motives").unit == "khrushchev"
    assert len(prompts.list_prompts()) == 7


def test_units_are_read_as_they_stand_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "built_in_root", lambda: tmp_path)
    write_unit(tmp_path, "first")
    assert [unit.slug for unit in prompts.units_as_they_stand()] == ["first"]
    written = write_unit(tmp_path, "second") / "unit.toml"
    assert [unit.slug for unit in prompts.units_as_they_stand()] == ["first", "second"]
    for broken in (b"title =", b"\xff", b"format = 1"):
        written.write_bytes(broken)
        assert [unit.slug for unit in prompts.units_as_they_stand()] == ["first"]


def test_an_unknown_slug_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(
        prompts.UnknownSlug, match='no question "reform-motive"; did you mean "reform-motives"'
    ):
        prompts.load_prompt("reform-motive")
    with pytest.raises(prompts.UnknownSlug, match='no unit "zzz"; there are khrushchev'):
        prompts.load_unit("zzz")


def test_a_new_unit_works_without_touching_code(tmp_path: Path) -> None:
    folder = write_unit(tmp_path, "new-unit", "q-b", "q-a")
    for path in (tmp_path, folder, str(folder)):
        (loaded,) = prompts.load_folder(path)
        assert loaded.unit.title == "Ébauche d’une unité"
        assert [prompt.slug for prompt in loaded.prompts] == ["q-a", "q-b"]
        assert loaded.prompts[0].max_score == 1


def test_a_unit_without_a_question_loads(tmp_path: Path) -> None:
    (loaded,) = prompts.load_folder(write_unit(tmp_path, "young"))
    assert loaded.prompts == ()


def test_a_folder_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    write_unit(tmp_path, "sound", "q-a")
    broken = write_unit(tmp_path, "broken", "q-b")
    (broken / "q-b.toml").write_text("format = 1\nformat = 1\n", encoding="utf-8")
    (broken / "q-c.toml").write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(RubricError) as refused:
        prompts.load_folder(tmp_path)
    assert {Path(fault.file).name for fault in refused.value.faults} == {"q-b.toml", "q-c.toml"}
    assert len(refused.value.faults) > 3


def test_two_units_cannot_have_a_question_of_the_same_slug(tmp_path: Path) -> None:
    write_unit(tmp_path, "one", "same")
    write_unit(tmp_path, "two", "same")
    with pytest.raises(RubricError, match='"same" is a question of the unit "one" too: rename the file'):
        prompts.load_folder(tmp_path)


def test_a_file_saved_by_a_windows_editor_loads(tmp_path: Path) -> None:
    folder = write_unit(tmp_path, "windows", "q-a")
    text = (folder / "q-a.toml").read_text(encoding="utf-8")
    (folder / "q-a.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert prompts.load_folder(folder)[0].prompts[0].slug == "q-a"


def test_a_pasted_question_is_set_on_a_unit() -> None:
    text = QUESTION.format(slug="a-new-one").replace('"k1"', '"a2-zhukov"')
    unit = prompts.load_unit("khrushchev")
    assert prompts.parse_prompt_text(text, unit).key_points[0].id == "a2-zhukov"
    with pytest.raises(RubricError, match="is not TOML"):
        prompts.parse_prompt_text("a =", unit)


def test_loading_everything_takes_less_than_a_tenth_of_a_second() -> None:
    def seconds() -> float:
        start = time.process_time()
        prompts.load_all.__wrapped__()
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.1
