"""Judge a key point as marked essays have taught."""

from __future__ import annotations

from grader.calibration import Calibration, PointView, settle
from grader.company import Company
from grader.report import Verdict
from grader.verdicts import Judgement

_VERDICTS = tuple(Verdict)
_MISS = _VERDICTS.index(Verdict.MISS)


def judge_taught(view: PointView, calibration: Calibration, company: Company) -> Judgement:
    """Decide on a key point; the scorer's own verdict stands where the calibration is not sure.

    Who rejects false claims uses their words, and words are what a calibration goes by: such writers are
    accused of nothing on its account.
    """
    chances = calibration.adjust(view)
    verdict = settle(view.own, chances)
    if company.knows and verdict is Verdict.CONTRADICTED:
        verdict = view.own
    return Judgement(verdict, chances[_VERDICTS.index(verdict)], 1.0 - chances[_MISS])
