"""Agreement with marked essays: `python -m bench.loqo [--reports FILE] [PATH...]`.

For each question the verdict models are fitted anew on the essays, phrasings, claims and attempts of all the
others that the shipped ones are fitted on. Prints the figures of each path (every set that there is, if none
is named) with 95 % bootstrap intervals over essays; of single claims, what those of each sort are taken for.
Essays and claims are synthetic. FILE gets the reports, as `markscheme grade` writes them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpora import CLAIMS, ESSAYS, FITTED, FRESH, ONLY_MEASURED, Corpora, Rows, read_corpora
from bench.fit import all_examples, all_texts, fit
from grader.report import CREDIT, ScoreReport, Verdict
from grader.report_json import report_to_json
from grader.scorer import KeyPointScorer
from grader.verdicts.verdict_models import Parameters

RESAMPLES = 400
SEED = 1956
_VERDICTS = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Graded:
    """A marked essay and what was made of it by a scorer fitted without its question."""

    essay: Mapping[str, Any]
    report: ScoreReport

    @property
    def pairs(self) -> list[tuple[Verdict, Verdict]]:
        """Return (agreed, given) for every key point."""
        return self.pairs_of(lambda _: True)

    def pairs_of(self, counts: Callable[[str], bool]) -> list[tuple[Verdict, Verdict]]:
        """Return (agreed, given) for the key points that count."""
        marked = self.essay["labels"].items()
        return [(Verdict(want), self.report.point(key).verdict) for key, want in marked if counts(key)]

    @property
    def shares(self) -> tuple[float, float]:
        """Return the share of the marks, agreed and given."""
        pairs = self.pairs
        return sum(CREDIT[w] for w, _ in pairs) / len(pairs), sum(CREDIT[g] for _, g in pairs) / len(pairs)


def scorers_without_own_question(slugs: Iterable[str], fitted: Corpora) -> dict[str, KeyPointScorer]:
    """Return a scorer for each question, with parameters fitted on all others."""
    examples, texts = all_examples(fitted), all_texts(fitted)
    return {
        slug: KeyPointScorer(
            fitted.prompts[slug],
            parameters=Parameters.from_json(
                fit([e for e in examples if e.prompt != slug], [t for t in texts if t.prompt != slug])
            ),
        )
        for slug in sorted(set(slugs))
    }


def take_claims(claims: Rows, scorers: Mapping[str, KeyPointScorer]) -> Counter[tuple[str, str]]:
    """Count what claims are taken for: (sort, credited, contradicted or miss)."""
    found: Counter[tuple[str, str]] = Counter()
    for claim in claims:
        verdict = scorers[claim["prompt"]].score(claim["text"]).point(claim["point"]).verdict
        found[claim["sort"], "credited" if CREDIT[verdict] else verdict.value] += 1
    return found


def figures(graded: Sequence[Graded]) -> dict[str, float]:
    """Return every figure by name; shares and coefficients from 0 (or -1) to 1.

    Some essays are marked without evidence or levels, and have no figures of those.
    """
    pairs = [pair for one in graded for pair in one.pairs]
    shares = [one.shares for one in graded]
    tenths = [(round(want * 10), round(given * 10)) for want, given in shares]
    wrong = [given for want, given in pairs if want is Verdict.CONTRADICTED]
    evidenced = [one for one in graded if one.essay["evidence"]]
    graded_levels = [(one.report.level, one.essay.get("level")) for one in graded]
    levels = [(given, agreed) for given, agreed in graded_levels if given and agreed]
    found = {
        "credit F1": _f1(pairs, lambda verdict: CREDIT[verdict] > 0),
        "verdict kappa": kappa_of(pairs),
        "F1 of partial": _f1(pairs, lambda verdict: verdict is Verdict.PARTIAL),
        "F1 of contradicted": _f1(pairs, lambda verdict: verdict is Verdict.CONTRADICTED),
        "contradictions credited": sum(CREDIT[given] > 0 for given in wrong) / max(1, len(wrong)),
        "mark QWK": _kappa(tenths, range(11), lambda a, b: float((a - b) ** 2)),
        "mark MAE": sum(abs(w - g) for w, g in shares) / len(shares),
    }
    if evidenced:
        found["evidence overlap"] = _evidence(evidenced)
    if levels:
        found["level in range"] = sum(r.low <= level <= r.high for r, level in levels) / len(levels)
        found["width of range"] = sum(r.high - r.low + 1 for r, _ in levels) / len(levels)
    return found


def kappa_of(pairs: Sequence[tuple[Verdict, Verdict]]) -> float:
    """Return Cohen's kappa of (agreed, given) verdicts."""
    return _kappa(pairs, _VERDICTS, lambda a, b: float(a != b))


def _f1(pairs: Sequence[tuple[Verdict, Verdict]], counts: Callable[[Verdict], bool]) -> float:
    both = sum(counts(want) and counts(given) for want, given in pairs)
    either = sum(counts(want) + counts(given) for want, given in pairs)
    return 2 * both / either if either else 0.0


def _kappa(
    pairs: Sequence[tuple[Any, Any]], labels: Sequence[Any], cost: Callable[[Any, Any], float]
) -> float:
    """Return Cohen's kappa under a cost of disagreement."""
    seen, rows, columns = Counter(pairs), Counter(w for w, _ in pairs), Counter(g for _, g in pairs)
    paid = sum(cost(want, given) * count for (want, given), count in seen.items())
    chance = sum(cost(a, b) * rows[a] * columns[b] / len(pairs) for a in labels for b in labels)
    return 1 - paid / chance if chance else 1.0


def _evidence(graded: Sequence[Graded]) -> float:
    """Return how often the passage shown for a credited point overlaps the agreed one."""
    hits = []
    for one in graded:
        for key, quote in one.essay["evidence"].items():
            point = one.report.point(key)
            if quote and CREDIT[point.verdict] and CREDIT[Verdict(one.essay["labels"][key])]:
                at = one.essay["text"].find(quote)
                hits.append(any(s.start < at + len(quote) and at < s.end for s in point.evidence))
    return sum(hits) / max(1, len(hits))


def intervals(graded: Sequence[Graded], *, seed: int) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals of every figure, resampling essays."""
    chance = random.Random(seed)
    runs = [figures(chance.choices(graded, k=len(graded))) for _ in range(RESAMPLES)]
    cut = RESAMPLES // 40
    ordered = {name: sorted(run[name] for run in runs) for name in runs[0]}
    return {name: (values[cut], values[-cut - 1]) for name, values in ordered.items()}


def main() -> None:
    """Print the figures of each path."""
    asked = _arguments()
    read = {path: read_corpora([path]) for path in asked.paths}
    rows = [row for corpora in read.values() for row in (*corpora.essays, *corpora.claims)]
    scorers = scorers_without_own_question({row["prompt"] for row in rows}, read_corpora(FITTED))
    graded: list[Graded] = []
    for path, corpora in read.items():
        if corpora.essays:
            graded += _measure(path, corpora.essays, scorers)
        if corpora.claims:
            _print_claims(path, take_claims(corpora.claims, scorers))
    if asked.reports:
        lines = [json.dumps({"id": g.essay["id"], **report_to_json(g.report)}) for g in graded]
        asked.reports.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _measure(path: Path, essays: Rows, scorers: Mapping[str, KeyPointScorer]) -> list[Graded]:
    graded = [Graded(row, scorers[row["prompt"]].score(row["text"])) for row in essays]
    _print_figures(path, graded)
    return graded


def _print_claims(path: Path, taken: Mapping[tuple[str, str], int]) -> None:
    print(f"{path.name}: {sum(taken.values())} synthetic claims, leave-one-question-out")
    print(f"  {'':<26} {'credited':>9} {'contradicted':>13} {'not found':>10}")
    for sort in dict.fromkeys(sort for sort, _ in taken):
        counts = [taken.get((sort, verdict), 0) for verdict in ("credited", "contradicted", "miss")]
        print(f"  {sort:<26} {counts[0]:>9} {counts[1]:>13} {counts[2]:>10}")


def _print_figures(path: Path, graded: Sequence[Graded]) -> None:
    bounds = intervals(graded, seed=SEED)
    judgements = sum(len(one.pairs) for one in graded)
    print(f"{path.name}: {len(graded)} synthetic essays, {judgements} judgements, leave-one-question-out")
    for name, value in figures(graded).items():
        print(f"  {name:<24} {value:.3f}  [{bounds[name][0]:.3f}, {bounds[name][1]:.3f}]")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.loqo", description="Agreement with marked essays.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="marked essays, or a folder")
    parser.add_argument("--reports", type=Path, metavar="FILE", help="write the reports to FILE")
    asked = parser.parse_args()
    asked.paths = asked.paths or [ESSAYS, *ONLY_MEASURED, *FRESH, *FITTED[FITTED.index(CLAIMS) + 1 :], CLAIMS]
    return asked


if __name__ == "__main__":
    main()
