"""Read a question that somebody sent in a process of its own, with a limit on its time and its memory.

A text of half a megabyte can be written so that a TOML reader needs minutes or all the memory there is (a key
of many thousand dots, for one). What happens to this process happens to nobody else.

`python -m prompts.apart` is that process: {"unit", "text"} on standard input, {"body"} or {"faults"} out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress

from grader.errors import Fault, RubricError
from grader.rubric import Prompt, Unit
from grader.rubric.parsing import prompt_from_body
from prompts.loading import PASTED, parse_prompt_text, units_as_they_stand
from prompts.reading import UNIT_FILE

SECONDS = 5.0
"""The longest built-in question takes a hundredth of a second, and starting Python a tenth."""

MEMORY_BYTES = 512 * 1024 * 1024
MOST_FAULTS = 200
"""More than anybody reads before mending the first of them."""

TOO_MUCH = Fault(
    PASTED, "file", "takes too long to read: is it the right file? A question is short, and not nested deeply"
)


def parse_apart(text: str, unit_slug: str, *, seconds: float = SECONDS) -> Prompt:
    """Return a question pasted as TOML, read by another process; raise RubricError with its faults."""
    asked = json.dumps({"unit": unit_slug, "text": text})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "prompts.apart"],
            input=asked.encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise RubricError((TOO_MUCH,)) from None
    answer = json.loads(done.stdout)
    if "faults" in answer:
        raise RubricError(tuple(Fault(*parts) for parts in answer["faults"]))
    return prompt_from_body(answer["body"])


def main() -> None:
    """Answer one question on standard input, within the limits."""
    _limit()
    asked = json.load(sys.stdin.buffer)
    try:
        answer: dict[str, object] = {"body": parse_prompt_text(asked["text"], _unit(asked["unit"])).to_body()}
    except RubricError as error:
        faults = error.faults[:MOST_FAULTS]
        answer = {"faults": [(fault.file, fault.key, fault.reason) for fault in faults]}
    sys.stdout.write(json.dumps(answer))


def _unit(slug: str) -> Unit:
    """Return the unit as its files stand now; where they cannot be read any more, say so."""
    for unit in units_as_they_stand():
        if unit.slug == slug:
            return unit
    gone = Fault(f"prompts/{slug}", UNIT_FILE, "cannot be read any more: choose the unit again")
    raise RubricError((gone,))


def _limit() -> None:
    """Let the system end this process where it takes too much, also when nobody waits for it any more."""
    with suppress(ImportError):  # Windows has no such limits; the time that is waited still holds there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS) + 1, int(SECONDS) + 1))


if __name__ == "__main__":
    main()
