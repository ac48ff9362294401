"""Disks that fill up: a small one in memory where this machine lets us mount it, else a limit on file sizes.

A disk is used as `disk.fill(service)`, `disk.make_room(service)`.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crash.service import Service

SMALL = "24m"
_NOBODY_ELSE = 4096


class Disk(ABC):
    """Somewhere to keep the data folder that can be full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def fill(self, service: Service) -> None:
        """Leave no room, from now on."""

    @abstractmethod
    def make_room(self, service: Service) -> None:
        """Give the room back."""


class SmallDisk(Disk):
    """A file system of its own, with a file in it that takes all the room there is left."""

    def fill(self, service: Service) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            for size in (1024 * 1024, _NOBODY_ELSE):
                try:
                    while True:
                        ballast.write(os.urandom(size))
                except OSError:
                    continue

    def make_room(self, service: Service) -> None:
        (self.folder / "ballast").unlink()


class Quota(Disk):
    """A limit on the size of any file that the server's process writes, set from outside while it runs."""

    def fill(self, service: Service) -> None:
        files = [path for path in service.folder.iterdir() if path.is_file()]
        largest = max(path.stat().st_size for path in files)
        _, hard = resource.prlimit(service.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, (largest, hard))

    def make_room(self, service: Service) -> None:
        _, hard = resource.prlimit(service.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Mount a small disk for as long as the block lasts."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=0700", "tmpfs", folder], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", folder], check=True)


def may_mount(folder: Path) -> bool:
    """Whether this user may mount a disk here."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    probe = folder / "probe"
    probe.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe], check=False, capture_output=True
        )
        if done.returncode == 0:
            subprocess.run(["umount", probe], check=True)
        return done.returncode == 0
    finally:
        probe.rmdir()
