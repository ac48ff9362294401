"""Kill the server a hundred times while fifty students write: `python -m bench.soak [ROUNDS [SEED]]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.tables import Table
from tests.crash.killing import WRITERS, Toll, kill_again_and_again

ROUNDS = 100
SEED = 1956


def main() -> int:
    """Run all rounds, print what became of them, and return 1 where anything was lost."""
    given = [int(number) for number in sys.argv[1:3]]
    rounds, seed = given + [ROUNDS, SEED][len(given) :]
    with tempfile.TemporaryDirectory(prefix="markscheme-soak-") as folder:
        toll = kill_again_and_again(Path(folder) / "data", rounds=rounds, seed=seed, told=_tell)
    print(f"\n{_table(toll, seed).as_text()}")
    return 1 if toll.faults else 0


def _tell(sentence: str) -> None:
    print(sentence, flush=True)


def _table(toll: Toll, seed: int) -> Table:
    rows = [
        ("rounds", str(toll.rounds)),
        ("kill -9, those during a start included", str(toll.kills)),
        ("saves acknowledged", f"{toll.saves:,}"),
        ("essays acknowledged", f"{toll.essays:,}"),
        ("essays stored", f"{toll.stored['submission']:,}"),
        ("essays marked", f"{toll.stored['score']:,}"),
        ("answers that never came", f"{toll.lost_answers:,}"),
        ("answers by status", ", ".join(f"{status}: {n:,}" for status, n in sorted(toll.answers.items()))),
        ("acknowledged and gone, twice, or damaged", str(len(toll.faults))),
    ]
    note = (
        "\n".join(toll.faults[:20])
        or "After every round: everything acknowledged is there once, integrity ok."
    )
    return Table(f"{WRITERS} students, seed {seed}, {toll.seconds:.0f} s", ("", "n"), rows, note)


if __name__ == "__main__":
    sys.exit(main())
