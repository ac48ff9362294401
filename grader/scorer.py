"""Score essays against one question: the grader's front door.

Reads the rubric once, then turns text into a `ScoreReport`: screen, match, judge, explain, add up.
Pure and deterministic: the same text always gets the same report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from grader.calibration import Calibration, PointView
from grader.calibration.calibrated import judge_taught
from grader.calibration.point_view import MEASURES, signs_in, view_of
from grader.candidates import Candidate, CandidateFinder
from grader.errors import EssayRefused
from grader.explanation import clash_of, near_miss_of
from grader.language.essay import ParsedEssay, parse_essay
from grader.levels import indicate_level
from grader.levels.signals import SignalReader
from grader.report import CREDIT, Advisory, PointReport, ScoreReport, Verdict
from grader.rubric import KeyPoint, Prompt
from grader.screening import Screener, Screening, refuse_unmarkable
from grader.screening.topic import Topic
from grader.signature import scorer_signature
from grader.tally import tally_marks, tally_sides
from grader.verdicts import Judgement, judge, needs_stance
from grader.verdicts.company import Company, company_of
from grader.verdicts.features import Features
from grader.verdicts.verdict_models import Parameters, default_parameters

OFF_TOPIC = Advisory(
    "off-topic",
    "Hardly any of this text is about the question. Check that it answers the right one; "
    "a teacher can look at it.",
)
NO_POINTS = Advisory(
    "no-points",
    "No key point was found here. If the text names what the question is about, say what is true of it: "
    "what happened, who did it, why it matters.",
)
_OFF_TOPIC_WORDS = 80
_TOUCHED = 0.12
"""Least probability of speaking of a point at which a text is about the question: who only names what it is
about makes no point, and has not missed the subject."""
_TOGETHER = 8
"""Essays compared in one product: with more, what is compared no longer fits near the processor."""

_Read: TypeAlias = tuple[ParsedEssay, Screening]


class KeyPointScorer:
    """Scores essays against the rubric of one question."""

    def __init__(
        self,
        prompt: Prompt,
        *,
        notes: Sequence[str] = (),
        calibration: Calibration | None = None,
        parameters: Parameters | None = None,
    ) -> None:
        """Prepare to score answers to `prompt`; both that and `parameters` can be read again.

        Args:
            prompt: the question with its rubric.
            notes: further texts that count as copied notes, besides the question's cards.
            calibration: what marked essays have taught about this rubric; part of the signature.
            parameters: other parameters than the ones that ship, for measuring.

        Raises:
            CalibrationError: the calibration was fitted with an earlier scorer.
        """
        if calibration:
            calibration.check_measures(MEASURES)
        self.prompt = prompt
        self._calibration = calibration
        self.signature = scorer_signature(prompt, calibration, notes=notes)
        self.parameters = parameters or default_parameters()
        self._finder = CandidateFinder(prompt)
        index = self._finder.index
        phrasings = [phrasing.tokens for phrasing in index.phrasings]
        self._screener = Screener(prompt, notes, index.vocabulary.ids, phrasings)
        self._topic = Topic(index, self._finder.statements.names)
        self._signals = SignalReader(prompt)
        self._max_score = float(prompt.max_score)

    def score(self, essay: str) -> ScoreReport:
        """Return the report on one essay; raise EssayRefused for a text that cannot be marked at all."""
        return next(self._score_read([self._read(essay)]))

    def score_many(self, essays: Iterable[str]) -> Iterator[ScoreReport]:
        """Yield the report on each essay, in order; some are read ahead and compared together.

        Raises:
            EssayRefused: an essay cannot be marked at all; those before it have been reported.
        """
        waiting: list[_Read] = []
        for essay in essays:
            try:
                waiting.append(self._read(essay))
            except EssayRefused:
                yield from self._score_read(waiting)
                raise
            if len(waiting) == _TOGETHER:
                yield from self._score_read(waiting)
                waiting = []
        yield from self._score_read(waiting)

    def views(self, essay: str) -> tuple[PointView, ...]:
        """Return what a calibration gets to see of each key point; () where nothing in the text can count.

        The chances are those of the scorer without one.

        Raises:
            EssayRefused: the text cannot be marked at all.
        """
        parsed, screening = self._read(essay)
        (candidates,) = self._finder.find_all([(parsed, screening.units)], self._may_be_raised)
        return self._views(parsed, candidates, self._company_of(candidates))

    def _read(self, essay: str) -> _Read:
        refuse_unmarkable(essay)
        parsed = parse_essay(essay)
        return parsed, self._screen(parsed)

    def _score_read(self, essays: Sequence[_Read]) -> Iterator[ScoreReport]:
        found = self._finder.find_all(
            [(parsed, screening.units) for parsed, screening in essays], self._needs_stance
        )
        for (parsed, screening), candidates in zip(essays, found, strict=True):
            judgements = self._judgements(parsed, screening, candidates)
            if candidates and not judgements:
                screening = screening.without_claims(parsed)
            yield self._assemble(parsed, screening, tuple(self._reports(parsed, candidates, judgements)))

    def _needs_stance(self, features: Features) -> bool:
        return self._may_be_raised(features) if self._calibration else needs_stance(features, self.parameters)

    def _may_be_raised(self, features: Features) -> bool:
        """Tell whether what a passage says can matter: marks may make more of it than it seems worth."""
        return needs_stance(features, self.parameters, raised=True)

    def _screen(self, essay: ParsedEssay) -> Screening:
        """Set aside what cannot count: nothing of a text on another subject does."""
        screening = self._screener.screen(essay)
        return replace(screening, units=()) if self._topic.is_left(essay, screening.units) else screening

    def _reports(
        self, essay: ParsedEssay, candidates: Sequence[Candidate], judgements: Sequence[Judgement]
    ) -> Iterator[PointReport]:
        points = self.prompt.key_points
        if not judgements:
            yield from (PointReport(point.id, Verdict.MISS, 0.0, 1.0) for point in points)
            return
        for point, candidate, judgement in zip(points, candidates, judgements, strict=True):
            yield self._report(essay, point, candidate, judgement)

    def _judgements(
        self, essay: ParsedEssay, screening: Screening, candidates: Sequence[Candidate]
    ) -> list[Judgement]:
        """Decide on every key point; nothing where there is nothing to judge, or nonsense."""
        company, calibration = self._company_of(candidates), self._calibration
        if calibration is None:
            return [judge(candidate.features, self.parameters, company) for candidate in candidates]
        views = self._views(essay, candidates, company)
        familiar = calibration.tells_nonsense
        if views and familiar and familiar.is_nonsense(essay, *signs_in(views)):
            return []
        return judge_taught(views, calibration, company, prose=screening.is_prose)

    def _company_of(self, candidates: Sequence[Candidate]) -> Company:
        return company_of((candidate.features for candidate in candidates), self.parameters)

    def _views(
        self, essay: ParsedEssay, candidates: Sequence[Candidate], company: Company
    ) -> tuple[PointView, ...]:
        return tuple(
            view_of(point.id, essay, candidate, self.parameters, company)
            for point, candidate in zip(self.prompt.key_points, candidates, strict=False)
        )

    def _report(
        self, essay: ParsedEssay, point: KeyPoint, candidate: Candidate, judgement: Judgement
    ) -> PointReport:
        verdict = judgement.verdict
        return PointReport(
            key=point.id,
            verdict=verdict,
            credit=CREDIT[verdict],
            confidence=round(judgement.confidence, 4),
            evidence=() if verdict is Verdict.MISS else (essay.span(candidate.first, candidate.last),),
            near_miss=near_miss_of(essay, point, candidate, judgement),
            clash=clash_of(essay, candidate) if verdict is Verdict.CONTRADICTED else None,
        )

    def _assemble(
        self, essay: ParsedEssay, screening: Screening, points: tuple[PointReport, ...]
    ) -> ScoreReport:
        score = tally_marks(self.prompt, points)
        sides = tally_sides(self.prompt, points)
        credited = [span for point in points if point.credit for span in point.evidence]
        # What was copied or is no prose argues nothing, however well it is linked.
        signals = self._signals.read(essay, sides, credited) if screening.units else ()
        off_topic = self._is_off_topic(essay, screening, points)
        advisories = screening.advisories + ((OFF_TOPIC,) if off_topic else ())
        if not advisories and all(point.verdict is Verdict.MISS for point in points):
            advisories = (NO_POINTS,)
        doubtful = screening.needs_teacher or off_topic
        share = score / self._max_score if self._max_score else 0.0
        return ScoreReport(
            prompt=self.prompt.slug,
            score=score,
            max_score=self._max_score,
            words=len(essay.tokens),
            points=points,
            sides=sides,
            signals=signals,
            level=None if doubtful else indicate_level(share, sides, signals, screening.words),
            advisories=advisories,
            set_aside=screening.set_aside,
            signature=self.signature,
        )

    def _is_off_topic(self, essay: ParsedEssay, screening: Screening, points: Sequence[PointReport]) -> bool:
        """A text of some length that hardly touches a key point, and names nobody of whom it should speak."""
        if screening.needs_teacher or len(essay.tokens) < _OFF_TOPIC_WORDS:
            return False
        if any(p.verdict is not Verdict.MISS or 1.0 - p.confidence >= _TOUCHED for p in points):
            return False
        return not screening.units or not self._topic.names_any(essay)
