"""Kill the server at random moments while a crowd writes; start it again and see whether anything is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired
from time import monotonic

from tests.crash.checking import counts, faults_of, wait_for_scores
from tests.crash.crowd import Crowd
from tests.crash.service import Service
from tests.crash.writer import Writer

WRITERS = 50
ANSWERS = (20, 250)
"""How many answers come at least and at most before the server is killed: a slow machine is killed later."""

DURING_START = 0.15
"""Share of rounds in which the server is also killed while it starts."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What became of it all."""

    rounds: int
    kills: int
    saves: int
    essays: int
    lost_answers: int
    answers: Counter[int]
    stored: Counter[str]
    faults: tuple[str, ...]
    seconds: float


def kill_again_and_again(
    folder: Path, *, rounds: int, seed: int, told: Callable[[str], None] = lambda _: None
) -> Toll:
    """Kill and restart for a number of rounds; every round is checked before the next begins."""
    chance, started = Random(seed), monotonic()
    service = Service(folder, folder.with_suffix(".log"))
    writers = [Writer(f"w{seed}-{n}", service.port, Random(seed * 1000 + n)) for n in range(WRITERS)]
    faults: list[str] = []
    kills = 0
    try:
        service.start()
        service.ask("/")
        with Crowd(writers, chance=chance).gathered() as crowd:
            for number in range(rounds):
                crowd.write_until(chance.randint(*ANSWERS))
                crowd.write_for(chance.uniform(0, 0.2))
                kills += _kill_and_restart(service, crowd, chance)
                faults += [f"round {number}: {fault}" for fault in faults_of(service.database, writers)]
                told(f"round {number + 1} of {rounds}: {kills} kills, {len(faults)} faults")
            crowd.finish()
            faults += crowd.surprises()
        wait_for_scores(service.database, seconds=60)
        faults += faults_of(service.database, writers)
    finally:
        service.stop()
    ledgers = [writer.ledger for writer in writers]
    return Toll(
        rounds, kills,
        saves=sum(ledger.saves for ledger in ledgers),
        essays=sum(len(ledger.handed_in) for ledger in ledgers),
        lost_answers=sum(ledger.lost for ledger in ledgers),
        answers=sum((ledger.answers for ledger in ledgers), Counter()),
        stored=counts(service.database),
        faults=tuple(faults),
        seconds=monotonic() - started,
    )  # fmt: skip


def _kill_and_restart(service: Service, crowd: Crowd, chance: Random) -> int:
    """Kill while everybody writes; sometimes once more while it starts; return the number of kills."""
    service.kill()
    crowd.fall_silent()
    kills = 1
    if chance.random() < DURING_START:
        service.begin()
        assert service.process is not None
        try:
            service.process.wait(chance.uniform(0.1, 3.0))
        except TimeoutExpired:
            kills += 1
        service.kill()
    service.start()
    return kills
