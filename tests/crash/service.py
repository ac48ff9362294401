"""The real server as a process of its own: started, killed, started again on the same port and folder."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0


class Service:
    """A server on a free port of the loopback address; what it logs is in `log`."""

    def __init__(self, folder: Path, log: Path, *, through: tuple[str, ...] = (), **settings: str) -> None:
        self.folder, self.log = folder, log
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._through = through  # a command that starts the server with fewer rights
        self._env = os.environ | _settings(folder, settings)

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.folder / "markscheme.sqlite3"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.process is not None
        return self.process.pid

    def begin(self) -> None:
        """Start the process, and do not wait for it."""
        command = [*self._through, sys.executable, "-m", "web.cli", "run", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._env, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def start(self) -> None:
        """Start the process, and wait until it answers."""
        self.begin()
        deadline = monotonic() + START_SECONDS
        while not self.is_alive():
            assert self.process is not None
            assert self.process.poll() is None, f"the server ended: {self.log.read_text()[-2000:]}"
            assert monotonic() < deadline, f"the server does not answer: {self.log.read_text()[-2000:]}"
            Event().wait(0.05)

    def kill(self) -> None:
        """End the process at once, as a power cut or the kernel would: kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        """Stop the process as a service manager does; it must not have ended by itself before."""
        if self.process is None:
            return
        ended = self.process.poll()
        assert ended is None, f"the server ended by itself ({ended}): {self.log.read_text()[-2000:]}"
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.wait(30) == 0, self.log.read_text()[-2000:]
        finally:
            self.process.kill()

    def last_words(self) -> str:
        """Start it where it cannot start; return what it says, up to the reason in brackets."""
        self.begin()
        assert self.process is not None
        assert self.process.wait(START_SECONDS) == 1
        self.process = None
        return self.log.read_text().splitlines()[-1].partition(" (")[0]

    def is_alive(self) -> bool:
        """Whether it answers at all."""
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False

    def readiness(self) -> tuple[int, dict[str, Any]]:
        """Return what `/readyz` says."""
        status, body = self.ask("/readyz")
        return status, json.loads(body)

    def ask(self, path: str) -> tuple[int, str]:
        """Get one page as nobody in particular."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _settings(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    ours = {"data_folder": str(folder), "rate_limits": "false", "log_format": "json", **more}
    named = {f"MARKSCHEME_{name.upper()}": value for name, value in ours.items()}
    return {
        "PYTHONUNBUFFERED": "1",
        "PYTHONFAULTHANDLER": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MARKSCHEME_DATABASE_URL": "",
        **named,
    }
