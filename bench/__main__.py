"""`python -m bench [PART ...]`: run every measurement, or some parts, and print tables.

python -m bench                        everything
python -m bench speed growth           some of: speed, growth, extremes, cheating, wordings, profile,
                                       accuracy, taught, new_question, bell
python -m bench --markdown             as Markdown, for docs/performance.md
python -m bench cheating --notes FILE  with a text that counts as copied notes
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.tables import Table

PARTS = (
    *("speed", "growth", "extremes", "cheating", "wordings"),
    *("profile", "accuracy", "taught", "new_question", "bell"),
)
MODULES = {"profile": "bench.hot_spots", "accuracy": "bench.loqo"}
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
ON_ALL_CORES = ("bell",)
"""Parts in which programs work side by side."""
_POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Run the parts that were asked for."""
    asked = _arguments()
    os.environ.update(dict.fromkeys(_POOLS, "1"))
    print(f"{datetime.now(UTC):%Y-%m-%d}, {_machine()}. One core; medians of several rounds.\n")
    for part in asked.parts or PARTS:
        _hold_to(CORES if part in ON_ALL_CORES else CORES[:1])
        for table in _tables(part, asked.notes):
            print(table.as_markdown() if asked.markdown else table.as_text(), end="\n\n", flush=True)


def _tables(part: str, notes: list[Path]) -> Iterator[Table]:
    """Run a part; it is imported only now, when its libraries see that they have one core."""
    name = MODULES.get(part, f"bench.{part}")
    if find_spec(name) is None:
        yield Table(part.capitalize(), ("not measured",), [(f"{name} is not there",)])
        return
    if part == "accuracy":
        print("Accuracy", flush=True)
        subprocess.run([sys.executable, "-m", name], check=True)
        print()
        return
    module = import_module(name)
    if part == "cheating":
        yield from module.tables([path.read_text(encoding="utf-8") for path in notes])
    else:
        yield from module.tables()


def _hold_to(cores: list[int]) -> None:
    """Keep this program, and those that it starts, to some cores, where the system lets it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure speed, growth, memory, cheating and accuracy."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument("--notes", type=Path, action="append", default=[], help="notes that count as copied")
    asked = parser.parse_args()
    unknown = sorted(set(asked.parts).difference(PARTS))
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}: choose among {', '.join(PARTS)}")
    return asked


def _machine() -> str:
    return f"{platform.machine()} with {os.cpu_count()} cores, Python {platform.python_version()}"


main()
