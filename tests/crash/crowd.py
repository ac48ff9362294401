"""Many writers at once, who can be told to wait while the server is down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from threading import Event, Lock, Thread
from time import monotonic

from tests.crash.writer import Writer


class Crowd:
    """Writers in threads; each works while the crowd is at work, and is silent while it is not."""

    def __init__(self, writers: list[Writer], *, chance: Random, pause: float = 0.05) -> None:
        self.writers = writers
        self._go, self._end = Event(), Event()
        self._pauses = [chance.uniform(0.5, 1.5) * pause for _ in writers]
        self._acting = 0
        self._lock = Lock()
        self._quiet = Event()
        self._quiet.set()
        self._threads = [
            Thread(target=self._work, args=each) for each in zip(writers, self._pauses, strict=True)
        ]

    @contextmanager
    def gathered(self) -> Iterator[Crowd]:
        """Have the threads for as long as the block lasts."""
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._end.set()
            self._go.set()
            for thread in self._threads:
                thread.join(90)
            for writer in self.writers:
                writer.leave()

    def write_for(self, seconds: float) -> None:
        """Let everybody write for a while; nobody is interrupted at its end."""
        self.begin()
        self._end.wait(seconds)

    def write_until(self, answers: int, *, seconds: float = 30) -> None:
        """Let everybody write until so many more answers have come, or the time is up."""
        wanted, deadline = self.answers().total() + answers, monotonic() + seconds
        self.begin()
        while self.answers().total() < wanted and monotonic() < deadline:
            self._end.wait(0.02)

    def begin(self) -> None:
        """Let everybody write."""
        self._go.set()

    def fall_silent(self) -> None:
        """Let everybody finish the present act, and wait until they have."""
        self._go.clear()
        assert self._quiet.wait(90), "somebody still waits for an answer"

    def finish(self, seconds: float = 60) -> None:
        """Let everybody write until nobody waits for the answer to an essay."""
        deadline = monotonic() + seconds
        self.write_for(1.0)
        self.fall_silent()
        while any(writer.is_waiting for writer in self.writers):
            assert monotonic() < deadline, "somebody cannot hand in"
            self.write_for(0.2)
            self.fall_silent()

    def answers(self) -> Counter[int]:
        """Count all answers by their status."""
        # Copied first, at one stroke: the writers may be counting meanwhile.
        return sum((Counter(dict(writer.ledger.answers)) for writer in self.writers), Counter[int]())

    def surprises(self) -> list[str]:
        """Return whatever should not have been answered."""
        return [sentence for writer in self.writers for sentence in writer.ledger.surprises]

    def _work(self, writer: Writer, pause: float) -> None:
        while not self._end.is_set():
            self._go.wait()
            if self._end.is_set():
                return
            self._act(writer)
            self._end.wait(pause)

    def _act(self, writer: Writer) -> None:
        with self._lock:
            if not self._go.is_set():
                return
            self._acting += 1
            self._quiet.clear()
        try:
            writer.step()
        finally:
            with self._lock:
                self._acting -= 1
                if not self._acting:
                    self._quiet.set()
