"""The tables, as plain SQLAlchemy 2 models. No rules live here: services decide, these remember."""

from models.audit import AuditEvent
from models.base import Base, UtcDateTime
from models.calibration import Calibration
from models.classroom import Classroom, Membership, Release, RevealPolicy
from models.mark_count import MarkCount
from models.prompt import Prompt, PromptVersion
from models.score import PointAction, PointScore, Score, ScoreAction
from models.submission import Draft, Reveal, Submission
from models.user import ADMIN, STUDENT, TEACHER, Invitation, Role, User

__all__ = [
    "ADMIN",
    "STUDENT",
    "TEACHER",
    "AuditEvent",
    "Base",
    "Calibration",
    "Classroom",
    "Draft",
    "Invitation",
    "MarkCount",
    "Membership",
    "PointAction",
    "PointScore",
    "Prompt",
    "PromptVersion",
    "Release",
    "Reveal",
    "RevealPolicy",
    "Role",
    "Score",
    "ScoreAction",
    "Submission",
    "User",
    "UtcDateTime",
]
