"""Judge key points as the scorer does, corrected by a calibration where there is one."""

from __future__ import annotations

from grader.calibration import Calibration, decide
from grader.candidates import Candidate
from grader.essay import ParsedEssay
from grader.matching import RubricIndex
from grader.point_view import MEASURES, CloseReader
from grader.report import Verdict
from grader.rubric import Prompt
from grader.verdict_models import Parameters
from grader.verdicts import Judgement


class CalibratedJudge:
    """Decides on key points with a calibration; thread-safe to read."""

    def __init__(
        self, prompt: Prompt, index: RubricIndex, parameters: Parameters, calibration: Calibration
    ) -> None:
        """Prepare to judge; raise CalibrationError where the calibration is of an earlier scorer."""
        calibration.check_measures(MEASURES)
        self._reader = CloseReader(prompt, index, parameters)
        self._calibration = calibration

    def judge(self, essay: ParsedEssay, point: int, candidate: Candidate) -> Judgement:
        """Decide on the key point with this number (from 0, in the order of the rubric)."""
        chances = self._calibration.adjust(self._reader.view(essay, point, candidate))
        verdict = decide(chances)
        miss = chances[tuple(Verdict).index(Verdict.MISS)]
        return Judgement(verdict, chances[tuple(Verdict).index(verdict)], 1.0 - miss)
