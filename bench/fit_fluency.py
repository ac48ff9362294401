"""Fit the table of word order: `python -m bench.fit_fluency TEXTS.jsonl... > grader/screening/fluency.json`.

Each line of TEXTS is a JSON object whose "text", "answer" or "argument" is English prose of any kind;
the rubrics' phrasings and model answers are always read. Every sentence stands against its own words
shuffled, wholly or piece by piece. The table holds classes of words: no text can be read back from it.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from grader.language.essay import parse_essay
from grader.language.word_classes import EDGE, WordClass, classify
from grader.rubric import iter_phrasings
from grader.screening.fluency import pairs_of, triples_of
from prompts import list_prompts

SEED = 1956
_SHORTEST = 4
_SELDOM = 6
"""Neighbourhoods seen in fewer sentences are left out."""
_STRENGTH = 0.1
_SMALLEST = 0.1
"""Weights nearer to 0 are dropped; the held-out figures do not change in the third digit."""
_FIELDS = ("text", "answer", "argument")

_LEFT_OUT_OF_NOTES = frozenset(("DET", "BE", "PRO", "HAVE"))
"""Note-form answers drop these, and are as much in order as prose is."""

Sentence = Sequence[WordClass]


def own_texts() -> Iterator[str]:
    """Yield the prose of the rubrics."""
    for prompt in list_prompts():
        yield prompt.model_answer
        for point in prompt.key_points:
            yield from (*iter_phrasings(point), *point.partial, *point.contrary)


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """Yield every different text of the files, in order."""
    lines = (json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    yield from dict.fromkeys(line[field] for line in lines for field in _FIELDS if field in line)


def sentences(texts: Iterable[str]) -> Iterator[Sentence]:
    """Yield sentences as classes of words, and each as hurried notes would have it."""
    for text in texts:
        essay = parse_essay(text)
        for unit in essay.units:
            tokens = essay.tokens_of(unit)
            if len(tokens) >= _SHORTEST:
                words = classify(tokens)
                yield words
                notes = [word for word in words if word.coarse not in _LEFT_OUT_OF_NOTES]
                if _SHORTEST <= len(notes) < len(words):
                    yield notes


def disorder(words: Sentence, chance: random.Random) -> list[WordClass]:
    """Shuffle a sentence: most often all of it, sometimes by fours or end to end."""
    if chance.random() < 0.1:
        return list(reversed(words))
    size = 4 if chance.random() < 0.15 else len(words)
    pieces = [list(words[at : at + size]) for at in range(0, len(words), size)]
    for piece in pieces:
        chance.shuffle(piece)
    return [word for piece in pieces for word in piece]


def neighbourhoods(words: Sentence) -> list[tuple[str, ...]]:
    """Return all pairs and triples of a sentence."""
    edged = [EDGE, *words, EDGE]
    return [*pairs_of(edged), *triples_of(edged)]


def fit(sound: Sequence[Sentence], chance: random.Random) -> dict[str, Any]:
    """Fit a logistic model of sound sentences against their shuffled words."""
    rows = [neighbourhoods(words) for words in sound]
    rows += [neighbourhoods(disorder(words, chance)) for words in sound]
    counts = Counter(each for row in rows for each in set(row))
    number = {each: at for at, each in enumerate(sorted(e for e, n in counts.items() if n >= _SELDOM))}
    cells = [(at, number[each]) for at, row in enumerate(rows) for each in row if each in number]
    places = tuple(np.array(column) for column in zip(*cells, strict=True))
    matrix = csr_matrix((np.ones(len(cells)), places), shape=(len(rows), len(number)))
    labels = np.repeat([1, 0], len(sound))
    model = LogisticRegression(C=_STRENGTH, max_iter=400).fit(matrix, labels)
    weights = dict(zip(number, model.coef_[0].tolist(), strict=True))
    return _as_json(float(model.intercept_[0]), weights)


def _as_json(bias: float, weights: dict[tuple[str, ...], float]) -> dict[str, Any]:
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    triples: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for classes, weight in weights.items():
        if abs(weight) < _SMALLEST:
            continue
        if len(classes) == 2:
            pairs[classes[0]][classes[1]] = round(100 * weight)
        else:
            triples[classes[0]][classes[1]][classes[2]] = round(100 * weight)
    return {"bias": round(bias, 2), "pairs": pairs, "triples": triples}


def main() -> None:
    """Print the table as JSON."""
    chance = random.Random(SEED)
    texts = [*read_texts(map(Path, sys.argv[1:])), *own_texts(), *own_texts()]
    table = fit(list(sentences(texts)), chance)
    sys.stdout.write(json.dumps(table, separators=(",", ":"), sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
