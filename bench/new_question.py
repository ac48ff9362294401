"""Agreement on a question that nobody has marked, in a unit whose other questions have been.

`python -m bench.new_question [--reports FILE]`. For each built-in question everything is learnt anew from the
others: verdict models, calibration, weighing, and what tells nonsense. No essay, claim, attempt or model
answer of the question itself has a part in any of it. What is known of a key point goes with it into every
question that it stands in (decision 18), so a question is made up of points that the others have too, which
have been marked there, and of new ones, which have not; agreement on both is printed. FILE gets the reports
on the essays that come with the unit, as `markscheme grade` writes them. All essays are synthetic.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.corpora import ESSAYS, FITTED, read_corpora, read_lines
from bench.loqo import SEED, Graded, figures, intervals, kappa_of, scorers_without_own_question
from bench.tables import Table
from bench.teaching import SETS, read_lessons, read_set, teach, with_calibration
from grader.report_json import report_to_json
from grader.scorer import KeyPointScorer
from prompts import list_prompts


class Carried(NamedTuple):
    """An essay as graded by the scorer alone, and with what the other questions taught."""

    before: Graded
    after: Graded


def main() -> None:
    """Print the tables, and write the reports if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.new_question", description=__doc__)
    parser.add_argument("--reports", type=Path, metavar="FILE", help="write the reports to FILE")
    reports = parser.parse_args().reports
    graded = grade_new_questions()
    for table in _tables(graded):
        print(table.as_markdown(), end="\n\n", flush=True)
    if reports:
        known = {row["id"] for row in read_lines(ESSAYS)}
        found = [one.after for one in graded["essays"] if one.after.essay["id"] in known]
        lines = [json.dumps({"id": one.essay["id"], **report_to_json(one.report)}) for one in found]
        reports.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def tables() -> Iterator[Table]:
    """Yield a table for each set."""
    yield from _tables(grade_new_questions())


def grade_new_questions() -> dict[str, list[Carried]]:
    """Grade every set of essays, question by question, by what the other questions teach."""
    fitted, lessons = read_corpora(FITTED), read_lessons()
    prompts = {prompt.slug: prompt for prompt in list_prompts()}
    graded: dict[str, list[Carried]] = {name: [] for name in SETS}
    for slug, alone in scorers_without_own_question(prompts, fitted).items():
        known = {
            other: KeyPointScorer(prompt, parameters=alone.parameters)
            for other, prompt in prompts.items()
            if other != slug
        }
        taught = with_calibration(alone, teach(lessons.without(slug), known))
        for name, found in graded.items():
            rows = [row for row in read_set(name) if row["prompt"] == slug]
            found += [
                Carried(*(Graded(row, by.score(row["text"])) for by in (alone, taught))) for row in rows
            ]
    return graded


def _tables(graded: dict[str, list[Carried]]) -> Iterator[Table]:
    unit = {row["id"] for row in read_lines(ESSAYS)}
    first = [one for one in graded["essays"] if one.after.essay["id"] in unit]
    yield _table("the unit's own essays", first)
    for name, found in graded.items():
        yield _table(name, found)
    yield _table("all sets", [one for found in graded.values() for one in found])


def _table(name: str, graded: Sequence[Carried]) -> Table:
    before, after = [one.before for one in graded], [one.after for one in graded]
    alone, taught = figures(before), figures(after)
    bounds = intervals(after, seed=SEED)
    rows = [
        (figure, f"{alone[figure]:.3f}", f"{value:.3f}", "{:.3f} to {:.3f}".format(*bounds[figure]))
        for figure, value in taught.items()
    ]
    rows += _by_kind_of_point(before, after)
    judgements = sum(len(one.pairs) for one in after)
    note = f"{len(after)} synthetic essays, {judgements} judgements; nothing is fitted on their questions."
    heads = ("", "the scorer alone", "with what other questions taught", "95 %")
    return Table(f"New questions of a marked unit: {name}", heads, rows, note)


def _by_kind_of_point(
    before: Sequence[Graded], after: Sequence[Graded]
) -> Iterator[tuple[str, str, str, str]]:
    in_questions = Counter(point.id for prompt in list_prompts() for point in prompt.key_points)
    kinds: dict[str, Callable[[str], bool]] = {
        "of points that other questions have": lambda key: in_questions[key] > 1,
        "of new points": lambda key: in_questions[key] == 1,
    }
    for kind, counts in kinds.items():
        alone, taught = ([p for one in graded for p in one.pairs_of(counts)] for graded in (before, after))
        if alone:
            yield f"kappa {kind} ({len(alone)})", f"{kappa_of(alone):.3f}", f"{kappa_of(taught):.3f}", ""


if __name__ == "__main__":
    main()
