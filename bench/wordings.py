"""What becomes of the rubrics' own phrasings: said word for word, and said to be taken back.

Each stands in a text that says nothing else of its question. A phrasing is the surest thing there is about a
key point, so what happens to it shows what a scorer does where there is nothing to doubt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bench.corpora import FRAMES, read_lines
from bench.tables import Table
from grader.report import Verdict
from grader.rubric import KeyPoint, Prompt
from grader.scorer import KeyPointScorer
from prompts import list_prompts, shipped_calibration

AROUND = (
    "Historians have looked at this question for a long time, and no answer has satisfied them all.\n\n"
    "{}\n\nThese years stay open to debate, since what was gained in one place was often lost in another."
)
KINDS = ("accept", "partial", "contrary")
PHRASINGS = 3
"""Accepted phrasings of each key point that are put into frames."""
CREDITED = (Verdict.HIT, Verdict.PARTIAL)


def tables() -> Iterator[Table]:
    """Yield the verdicts on phrasings by kind, and how many count in each frame that takes them back."""
    scorers = {how: _scorers(taught=how == "as shipped") for how in ("alone", "as shipped")}
    yield Table(
        "Phrasings of the rubrics, each alone in a text",
        ("kind, scorer", *map(str, Verdict)),
        [
            (f"{kind}, {how}", *(str(count[verdict]) for verdict in Verdict))
            for kind in KINDS
            for how, each in scorers.items()
            for count in [verdicts_on(each, kind)]
        ],
        "All built-in questions; a phrasing counts once for each question that its key point stands in.",
    )
    by_how = {how: credited_in_frames(each) for how, each in scorers.items()}
    yield Table(
        "Accepted phrasings that are taken back",
        ("frame", "texts", *(f"credited, {how}" for how in by_how)),
        list(_rows(by_how)),
        f"{PHRASINGS} phrasings of each key point. The first writer's frames were in sight while the grader "
        "learnt to read them; the second's were graded blind, and most of them read then (docs/scoring.md).",
    )


def _scorers(*, taught: bool) -> list[KeyPointScorer]:
    return [
        KeyPointScorer(prompt, calibration=shipped_calibration(prompt) if taught else None)
        for prompt in list_prompts()
    ]


def verdicts_on(scorers: Sequence[KeyPointScorer], kind: str) -> Counter[Verdict]:
    """Return the verdicts on their key points of all phrasings of a kind: "accept", "partial", "contrary"."""
    return Counter(
        verdict_alone(scorer, point, said)
        for scorer in scorers
        for point in scorer.prompt.key_points
        for said in getattr(point, kind)
    )


def verdict_alone(scorer: KeyPointScorer, point: KeyPoint, said: str) -> Verdict:
    """Return the verdict on a key point of a text that says nothing but this."""
    report = scorer.score(AROUND.format(said))
    return next(each.verdict for each in report.points if each.key == point.id)


def frames_by_writer() -> Mapping[str, list[str]]:
    """Return the frames that take claims back.

    "{x}" stands for the claim, "{X}" for one that opens a sentence.
    """
    frames: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_lines(FRAMES):
        frames[row["writer"]].append(row["frame"])
    return frames


def credited_in_frames(
    scorers: Sequence[KeyPointScorer], each: int = PHRASINGS
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return by (writer, frame) how many texts are credited with what they take back, and of how many."""
    return {
        (writer, frame): (sum(verdict in CREDITED for verdict in found), len(found))
        for writer, frames in frames_by_writer().items()
        for frame in frames
        for found in [[verdict_alone(*text) for text in _framed(scorers, frame, each)]]
    }


def _framed(
    scorers: Sequence[KeyPointScorer], frame: str, each: int
) -> Iterator[tuple[KeyPointScorer, KeyPoint, str]]:
    for scorer in scorers:
        names = _names(scorer.prompt)
        for point in scorer.prompt.key_points:
            for said in point.accept[:each]:
                claim = said.rstrip(".")
                inside = claim if claim.split()[0] in names else claim[0].lower() + claim[1:]
                yield scorer, point, frame.format(x=inside, X=claim)


def _names(prompt: Prompt) -> frozenset[str]:
    """Return the words that the rubric writes with a capital where no sentence begins."""
    texts = (said.split()[1:] for point in prompt.key_points for said in (point.text, *point.accept))
    return frozenset(word for words in texts for word in words if word[0].isupper())


def _rows(by_how: Mapping[str, Mapping[tuple[str, str], tuple[int, int]]]) -> Iterator[tuple[str, ...]]:
    first, *_ = by_how.values()
    for place, (_, texts) in first.items():
        yield place[1], str(texts), *(str(credited[place][0]) for credited in by_how.values())
    for writer in dict.fromkeys(writer for writer, _ in first):
        own = [place for place in first if place[0] == writer]
        texts = sum(first[place][1] for place in own)
        shares = (sum(credited[place][0] for place in own) / texts for credited in by_how.values())
        yield f"all of the {writer} writer", str(texts), *(f"{share:.0%}" for share in shares)
