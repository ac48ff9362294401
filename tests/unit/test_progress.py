"""The bar shows on a terminal, now and then, and leaves nothing behind."""

from __future__ import annotations

from io import StringIO

from web.cli.progress import Progress


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that stands still until it is told otherwise."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_file_or_a_pipe_gets_no_bar() -> None:
    stream, clock = StringIO(), Clock()
    progress = Progress(stream, 100, clock)
    clock.now = 5.0
    progress.step(50)
    progress.clear()
    assert stream.getvalue() == ""


def test_a_terminal_sees_how_far_how_many_and_how_fast() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, 100, clock)
    clock.now = 2.0
    progress.step(50)
    assert stream.getvalue().endswith(f"[{'#' * 12}{'.' * 12}] 50%, 1 essay, 0 a second")


def test_without_a_known_size_it_counts() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, None, clock)
    progress.step(10)
    clock.now = 0.5
    progress.step(20)
    assert stream.getvalue().endswith("2 essays, 4 a second")


def test_it_draws_ten_times_a_second_at_most() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, None, clock)
    for step in range(1000):
        clock.now = step / 1000
        progress.step(step)
    assert stream.getvalue().count(" a second") <= 11


def test_clearing_erases_the_bar_once() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, None, clock)
    clock.now = 1.0
    progress.step(1)
    progress.clear()
    progress.clear()
    assert stream.getvalue().endswith("a second\r\x1b[K")
