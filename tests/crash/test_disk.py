"""A disk that is full, or may only be read: said in a sentence, nothing lost, and well again by itself."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic

import pytest

from tests.crash.checking import faults_of, wait_for_scores
from tests.crash.crowd import Crowd
from tests.crash.disks import Disk, Quota, may_mount, small_disk
from tests.crash.service import Service
from tests.crash.writer import Writer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts as Linux has them"),
]

WRITERS = 12
PADDING = 400
"""Paragraphs more in each essay: about twelve thousand characters, so that a disk fills up soon."""


@pytest.fixture(params=["small disk", "quota"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    if request.param == "quota":
        yield Quota(tmp_path / "data")
    elif may_mount(tmp_path):
        with small_disk(tmp_path / "data") as mounted:
            yield mounted
    else:
        pytest.skip("this user may not mount a disk; the quota is tried in its place")


def start(folder: Path, *, through: tuple[str, ...] = ()) -> Service:
    service = Service(folder, folder.with_suffix(".log"), through=through, backup_hours="0")
    service.start()
    return service


def crowd_at(service: Service) -> Crowd:
    writers = [Writer(f"writer {n}", service.port, Random(n), padding=PADDING) for n in range(WRITERS)]
    return Crowd(writers, chance=Random(7))


def wait_until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    deadline = monotonic() + seconds
    while not true():
        assert monotonic() < deadline
        Event().wait(0.1)


def refused(crowd: Crowd) -> int:
    """Count the answers that said that nothing can be saved just now; there must be no 500 among them."""
    answers = crowd.answers()
    assert set(answers) <= {200, 303, 409, 503, 507}, answers
    return answers[503] + answers[507]


def everything_is_well_again(service: Service, crowd: Crowd) -> None:
    wait_until(lambda: service.readiness()[0] == 200)
    before = refused(crowd)
    crowd.finish()
    assert refused(crowd) == before
    assert crowd.surprises() == []
    wait_for_scores(service.database, seconds=60)
    assert faults_of(service.database, crowd.writers) == []


def test_a_full_disk_loses_nothing_and_needs_no_hand(disk: Disk) -> None:
    service = start(disk.folder)
    try:
        with crowd_at(service).gathered() as crowd:
            crowd.write_for(2)
            disk.fill(service)
            wait_until(lambda: refused(crowd) > WRITERS)
            status, said = service.readiness()
            assert (status, bool(said["faults"])) == (503, True)
            crowd.fall_silent()
            assert faults_of(service.database, crowd.writers) == []
            disk.make_room(service)
            everything_is_well_again(service, crowd)
    finally:
        service.stop()
    assert '"event": "storage full at student.autosave"' in service.log.read_text()


@pytest.fixture
def held_to_rights(tmp_path: Path) -> Iterator[Service]:
    """A server that file rights apply to, also where an administrator runs the tests."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("an administrator may write to anything, and setpriv is not there")
    held = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    folder = tmp_path / "data"
    service = start(folder, through=held)
    yield service
    service.stop()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o700)


def test_a_database_that_may_only_be_read_after_a_crash_is_refused_and_loses_nothing(
    held_to_rights: Service,
) -> None:
    """A server that runs keeps its files open, whatever becomes of their rights; one that starts does not."""
    service = held_to_rights
    with crowd_at(service).gathered() as crowd:
        crowd.write_for(2)
        service.kill()
        crowd.fall_silent()
        files = [*service.folder.glob("markscheme.sqlite3*"), service.folder]
        for path in files:
            path.chmod(0o500 if path.is_dir() else 0o400)
        assert service.last_words() == f"Error: The folder {service.folder} cannot be written to"
        for path in reversed(files):
            path.chmod(0o700)
        service.start()
        assert faults_of(service.database, crowd.writers) == []
        everything_is_well_again(service, crowd)
