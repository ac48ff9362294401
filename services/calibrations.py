"""Learn from teachers' decisions: fit a calibration, keep it, and bring it into force as an act of its own.

Only essays on which a teacher has decided every key point count. A pile in which just the machine's slips
were overruled would teach that it is always wrong.

Calibrations are never changed: a new fit is a new row, inactive until `activate`. One is in force for a
rubric structure at a time. An essay already marked keeps its mark, with the signature that says how it
came about.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from grader.agreement.comparison import MarkedEssay
from grader.calibration import Calibration as Fitted
from grader.calibration.reading import calibration_from_json
from grader.errors import CalibrationError
from models import Calibration, Prompt, PromptVersion, Score, ScoreAction, Submission, User
from prompts import shipped_calibration
from services import audit
from services.errors import CalibrationRefused
from services.rubrics import rubric_of
from services.score_log import resolved_scores

if TYPE_CHECKING:
    from grader.learning import FittedCalibration, InForce

SEED = 1
"""Of the folds of cross-validation: the same decisions give the same calibration."""


def fit(session: Session, *, prompt: Prompt, creator: User | None, now: datetime) -> Calibration:
    """Fit a calibration to what teachers decided on a question; it is kept and marks nothing yet.

    `creator` is None for the operator. Raises: CalibrationRefused where there is too little to learn from.
    """
    from grader import learning  # its libraries take most of a second to import

    version = prompt.current_version
    rubric = rubric_of(version)
    decided = decided_submissions(session, prompt=prompt)
    try:
        fitted = learning.fit(
            rubric,
            _marked(session, decided),
            seed=SEED,
            writers={submission.ref: str(submission.student_id) for submission in decided},
            base=shipped_calibration(rubric),
            in_force=_in_force(session, version),
        )
    except CalibrationError as error:
        raise CalibrationRefused(str(error)) from error
    row = Calibration(
        structure_hash=version.structure_hash,
        parameters=fitted.calibration.to_json(),
        agreement=_agreement(session, version, fitted, decided),
        created_at=now,
        created_by_id=creator.id if creator else None,
    )
    session.add(row)
    session.flush()
    return row


def activate(session: Session, *, calibration: Calibration, actor: User | None, now: datetime) -> None:
    """Bring a calibration into force, and retire the one before it.

    Raises: CalibrationRefused where it agrees less with teachers than what marks now, or cannot be used.
    """
    if calibration.agreement["refusal"]:
        raise CalibrationRefused(calibration.agreement["refusal"])
    before = active(session, structure_hash=calibration.structure_hash)
    if before is calibration:
        return
    if before is not None and before.id != calibration.agreement["in_force"]:
        raise CalibrationRefused(
            "Another calibration has come into force since this one was fitted. Fit it again."
        )
    try:
        read(calibration)
    except CalibrationError as error:
        raise CalibrationRefused(str(error)) from error
    if before is not None:
        before.retired_at = now
    calibration.activated_at, calibration.retired_at = now, None
    audit.record(session, actor=actor, action=audit.Act.CALIBRATE, subject=_subject(calibration), now=now)


def retire(session: Session, *, calibration: Calibration, actor: User | None, now: datetime) -> None:
    """Take a calibration out of force: the scorer marks as shipped again. Raises: CalibrationRefused."""
    if calibration.activated_at is None or calibration.retired_at is not None:
        raise CalibrationRefused("This calibration is not in force.")
    calibration.retired_at = now
    audit.record(session, actor=actor, action=audit.Act.CALIBRATE, subject=_subject(calibration), now=now)


def active(session: Session, *, structure_hash: str) -> Calibration | None:
    """Return the calibration in force for a rubric structure, or None."""
    query = select(Calibration).where(
        Calibration.structure_hash == structure_hash,
        Calibration.activated_at.is_not(None),
        Calibration.retired_at.is_(None),
    )
    return session.scalars(query.order_by(Calibration.id.desc())).first()


def parameters_for(version: PromptVersion) -> tuple[str, dict[str, Any]] | None:
    """Return fingerprint and parameters of what is in force for a version that a session has loaded."""
    session = object_session(version)
    row = active(session, structure_hash=version.structure_hash) if session else None
    return (row.agreement.get("fingerprint", str(row.id)), row.parameters) if row else None


def history(session: Session, *, prompt: Prompt) -> Sequence[Calibration]:
    """Return every calibration fitted for a question as it stands, the newest first."""
    query = select(Calibration).where(Calibration.structure_hash == prompt.current_version.structure_hash)
    return session.scalars(query.order_by(Calibration.id.desc())).all()


def read(calibration: Calibration) -> Fitted:
    """Return what a row holds. Raises: CalibrationError where this scorer cannot use it."""
    from grader.calibration.point_view import MEASURES  # its libraries take most of a second to import

    fitted = calibration_from_json(calibration.parameters, structure_hash=calibration.structure_hash)
    fitted.check_measures(MEASURES)
    return fitted


def decided_submissions(session: Session, *, prompt: Prompt) -> Sequence[Submission]:
    """Return the submissions to a question as it stands on which teachers decided every key point."""
    reviewed = select(Score.submission_id).where(Score.action == ScoreAction.VERDICTS)
    query = (
        select(Submission)
        .join(PromptVersion, PromptVersion.id == Submission.prompt_version_id)
        .where(PromptVersion.structure_hash == prompt.current_version.structure_hash)
        .where(Submission.id.in_(reviewed))
        .order_by(Submission.id)
    )
    found = session.scalars(query).all()
    resolved = resolved_scores(session, submissions=found)
    keys = {point.id for point in rubric_of(prompt.current_version).key_points}
    return [submission for submission in found if keys <= set(resolved[submission.id].decisions)]


def _marked(session: Session, submissions: Sequence[Submission]) -> list[MarkedEssay]:
    resolved = resolved_scores(session, submissions=submissions)
    return [
        MarkedEssay(
            id=submission.ref,
            prompt=submission.prompt.slug,
            text=submission.essay,
            labels={key: decision.verdict for key, decision in resolved[submission.id].decisions.items()},
        )
        for submission in submissions
    ]


def _in_force(session: Session, version: PromptVersion) -> InForce | None:
    from grader.learning import InForce

    row = active(session, structure_hash=version.structure_hash)
    if row is None:
        return None
    try:
        return InForce(read(row), set(row.agreement["submissions"]))
    except CalibrationError:  # fitted for an earlier scorer: it marks nothing any more
        return None


def _agreement(
    session: Session, version: PromptVersion, fitted: FittedCalibration, decided: Sequence[Submission]
) -> dict[str, Any]:
    """Return the figures, what they were measured on, and what was in force then."""
    rival = active(session, structure_hash=version.structure_hash)
    return {
        **fitted.figures(),
        "fingerprint": fitted.calibration.fingerprint,
        "submissions": [submission.ref for submission in decided],
        "in_force": rival.id if rival else None,
    }


def _subject(calibration: Calibration) -> str:
    return f"calibration {calibration.id}"
