"""What is found out about a text is kept, within bounds."""

from __future__ import annotations

from grader.language import memory
from grader.language.memory import Memory


def test_a_text_is_found_out_about_once() -> None:
    asked: list[str] = []

    def length_of(text: str) -> int:
        asked.append(text)
        return len(text)

    known = Memory(length_of)
    assert [known["bees"], known["bees"], known["bee"]] == [4, 4, 3]
    assert asked == ["bees", "bee"]


def test_no_more_is_kept_than_the_bound_and_nothing_long() -> None:
    known = Memory(len)
    assert all(known[str(number)] == len(str(number)) for number in range(memory._MOST + 10))
    assert 0 < len(known) <= memory._MOST
    assert known["b" * 1000] == 1000
    assert "b" * 1000 not in known
