"""`markscheme prompts attack`: what attempts to earn marks without making points earn on a question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from grader.attacks import build_attacks
from grader.attacks.rehearsal import for_rehearsal
from grader.attacks.trial import Outcome, try_attacks
from grader.errors import RubricError
from grader.rubric import Prompt
from prompts import UnknownSlug, load_folder, load_prompt, shipped_calibration
from web.cli.columns import columns
from web.cli.options import json_option, seed_option


@click.command()
@json_option(", with the text of every attempt")
@seed_option("the shuffled attempts")
@click.argument("question", metavar="SLUG|FILE")
def attack(question: str, as_json: bool, seed: int) -> None:
    """Try to earn marks on a question without making its points, and print what each attempt earns.

    The attempts are built from the rubric itself: word lists, shuffled sentences, pasted notes, the question
    echoed, points denied, one side alone, an answer handed in twice, and padding. Beside what each earned
    stands the most that a fair marker would give. `markscheme prompts check --strict` fails a question that
    pays for any of them.
    """
    from grader.scorer import KeyPointScorer

    prompt = _find(question)
    scorer = KeyPointScorer(for_rehearsal(prompt), calibration=shipped_calibration(prompt))
    outcomes = try_attacks(build_attacks(prompt, seed=seed), scorer, prompt.max_score)
    if as_json:
        click.echo(json.dumps(_as_json(prompt, outcomes, seed), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(prompt, outcomes)))


def _find(question: str) -> Prompt:
    """Return a built-in question by its slug, or the question of a file."""
    try:
        if question.endswith(".toml"):
            return _of_file(Path(question))
        return load_prompt(question)
    except (UnknownSlug, RubricError) as error:
        raise click.ClickException(str(error)) from None


def _of_file(file: Path) -> Prompt:
    if not file.is_file():
        raise click.ClickException(f"There is no file {file}.")
    found = [prompt for loaded in load_folder(file.resolve().parent) for prompt in loaded.prompts]
    for prompt in found:
        if prompt.slug == file.stem:
            return prompt
    raise click.ClickException(f"{file} is not a question: give a question’s file, such as my-question.toml.")


def _lines(prompt: Prompt, outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield f"{prompt.question}\n"
    yield from columns([("attempt", "earned", "fair", "level", ""), *map(_row, outcomes)])
    yield ""
    for outcome in outcomes:
        if not outcome.held:
            attack = outcome.attack
            yield f"{attack.kind}: {attack.name} {outcome.complaint}, since {attack.why}."
    paid = sum(not outcome.held for outcome in outcomes)
    marks = f"out of {outcomes[0].max_score:g} marks"
    yield f"{len(outcomes) - paid} of {len(outcomes)} attempts held, {paid} paid for ({marks})."


def _row(outcome: Outcome) -> tuple[str, ...]:
    level = f"{outcome.level.low}-{outcome.level.high}" if outcome.level else "-"
    return (
        f"{outcome.attack.kind}: {outcome.attack.name}",
        f"{outcome.earned:g}",
        f"{outcome.fair:g}",
        level,
        "held" if outcome.held else "PAID",
    )


def _as_json(prompt: Prompt, outcomes: Sequence[Outcome], seed: int) -> dict[str, Any]:
    return {
        "prompt": prompt.slug,
        "max_score": prompt.max_score,
        "seed": seed,
        "held": sum(outcome.held for outcome in outcomes),
        "attacks": [_attack_json(outcome) for outcome in outcomes],
    }


def _attack_json(outcome: Outcome) -> dict[str, Any]:
    level = outcome.level
    return {
        "kind": outcome.attack.kind.value,
        "name": outcome.attack.name,
        "earned": outcome.earned,
        "fair": round(outcome.fair, 4),
        "why": outcome.attack.why,
        "held": outcome.held,
        "complaint": outcome.complaint,
        "level": None if level is None else {"low": level.low, "high": level.high},
        "advisories": list(outcome.advisories),
        "credited": list(outcome.credited),
        "text": outcome.attack.text,
    }
