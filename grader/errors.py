"""What can go wrong in the grader.

GraderError
├── RubricError      a unit or question that breaks the rules, with every fault found
├── EssayRefused     a text that cannot be marked at all, with a code and a sentence for the writer
└── CalibrationError fitted parameters that do not belong to this rubric or are malformed
"""

from __future__ import annotations

from dataclasses import dataclass


class GraderError(Exception):
    """Base of everything that the grader raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a unit or a question: where it is, and what to do about it."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}"


class RubricError(GraderError):
    """A unit or question breaks the rules; `faults` lists every one of them at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class EssayRefused(GraderError):
    """A text that cannot be marked; `code` is stable, `message` is for the writer."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class CalibrationError(GraderError):
    """Fitted parameters that are malformed or belong to another rubric."""
