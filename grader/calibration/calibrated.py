"""Judge the key points of an essay as marked essays have taught."""

from __future__ import annotations

from collections.abc import Sequence

from grader.calibration import Calibration, PointView
from grader.calibration.chances import likeliest
from grader.report import Verdict
from grader.verdicts import Judgement
from grader.verdicts.company import Company

_VERDICTS = tuple(Verdict)
_CONTRADICTED, _MISS = map(_VERDICTS.index, (Verdict.CONTRADICTED, Verdict.MISS))
_HARDLY = 0.2
"""Chance of a contradiction below which words acquit even in a text that seems to turn the notes round."""


def judge_taught(
    views: Sequence[PointView], calibration: Calibration, company: Company, *, prose: bool = True
) -> list[Judgement]:
    """Decide on every key point: the likeliest verdict once the marks are taken in, where words may tell.

    Words are what a calibration goes by, and they do not tell everything. Who rejects false claims uses
    their words, and is accused of nothing on its account. Who turns the notes round uses those of the notes,
    and is acquitted only where words leave hardly a doubt, or of most: then the text was misread as a whole.
    In a text that is not `prose` throughout nothing more is found: what stands beside a list says no more
    for it.
    """
    chances = calibration.judge(views)
    taught = list(map(likeliest, chances))
    accused = [view.own is Verdict.CONTRADICTED for view in views]
    acquitted = [was and now is not Verdict.CONTRADICTED for was, now in zip(accused, taught, strict=True)]
    turned = company.turned and 2 * sum(acquitted) <= sum(accused)
    judgements = []
    for view, each, verdict, free in zip(views, chances, taught, acquitted, strict=True):
        doubtful = turned and free and each[_CONTRADICTED] >= _HARDLY
        blamed = company.knows and verdict is Verdict.CONTRADICTED
        found_beside_lists = view.own is Verdict.MISS and not prose
        settled = view.own if blamed or found_beside_lists or doubtful else verdict
        judgements.append(Judgement(settled, each[_VERDICTS.index(settled)], 1.0 - each[_MISS]))
    return judgements
