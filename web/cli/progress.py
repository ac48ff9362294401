"""A progress bar on standard error, for a terminal only: how many essays, how fast, how far."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TextIO

WIDTH = 24
"""Characters of the bar."""
INTERVAL = 0.1
"""Seconds between two drawings."""
_ERASE = "\r\x1b[K"


class Progress:
    """Draws "[####....] 1,234 essays, 310 a second"; says nothing where the stream is no terminal.

    `total` is the size of the work in any unit (bytes of the file), or None where it is unknown.
    """

    def __init__(self, stream: TextIO, total: int | None, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._total = total
        self._clock = clock
        self._start = clock()
        self._drawn = self._start - INTERVAL
        self._count = 0
        self._visible = False
        self.active = stream.isatty()

    def step(self, done: int) -> None:
        """Count one essay; `done` is how much of the total is behind us."""
        self._count += 1
        now = self._clock()
        if self.active and now - self._drawn >= INTERVAL:
            self._drawn = now
            self._visible = True
            self._stream.write(_ERASE + self._picture(done, now - self._start))
            self._stream.flush()

    def clear(self) -> None:
        """Take the bar away, as before a line of output or at the end."""
        if self._visible:
            self._visible = False
            self._stream.write(_ERASE)
            self._stream.flush()

    def _picture(self, done: int, seconds: float) -> str:
        rate = self._count / max(seconds, INTERVAL)
        told = f"{self._count:,} {'essay' if self._count == 1 else 'essays'}, {rate:,.0f} a second"
        if not self._total:
            return told
        share = min(1.0, done / self._total)
        filled = round(share * WIDTH)
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:.0%}, {told}"
