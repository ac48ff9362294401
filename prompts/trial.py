"""Try a question out: its model answer has to earn every mark and, on request, attacks none.

Grades, and so loads the scorer; `prompts.checking` imports this only when there is something to try.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.attacks import build_attacks
from grader.attacks.rehearsal import attack_faults, for_rehearsal, model_answer_faults
from grader.attacks.trial import try_attacks
from grader.errors import Fault
from grader.rubric import Prompt
from grader.scorer import KeyPointScorer
from prompts.shipped import shipped_calibration


def try_question(prompt: Prompt, file: str, *, strict: bool = False) -> tuple[Fault, ...]:
    """Return a fault for each point that the model answer does not earn.

    Args:
        prompt: a question without faults of form.
        file: how faults name its file.
        strict: also grade the anti-gaming pack, with a fault for each attack that earns marks.
    """
    return tuple(_faults(prompt, file, strict=strict))


def _faults(prompt: Prompt, file: str, *, strict: bool) -> Iterator[Fault]:
    if not (strict or prompt.model_answer.strip()):
        return
    scorer = KeyPointScorer(for_rehearsal(prompt), calibration=shipped_calibration(prompt))
    yield from (Fault(file, "model_answer", reason) for reason in model_answer_faults(prompt, scorer))
    if strict:
        outcomes = try_attacks(build_attacks(prompt), scorer, prompt.max_score)
        yield from (Fault(file, f"attack.{kind}", reason) for kind, reason in attack_faults(outcomes))
