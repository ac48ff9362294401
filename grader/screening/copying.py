"""Passages taken word for word from another text: the notes, or the model answer.

A passage counts as copied where a long run of its words stands in the source in the same order.
Facts have to be quoted closely ("the minimum wage in 1956"), so short runs are left alone, unless much of a
text is copied anyway: whoever joins pasted lines with a few words of their own has not quoted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, count

from grader.language.tokens import tokenise
from grader.screening.word_lists import merged
from grader.text import fold

SEED = 5
"""Words in a row that begin a run; the run is then followed as far as it goes."""
_STEP = SEED - 2
LONG_RUN = 14
"""Words in a row that are copied and not coincidence: in 40 marked essays the longest was 10."""
_MUCH = 0.15
"""Share of a text's words in long runs from which on short runs, down to a seed, count too."""
_MOSTLY = 0.5
"""Share of a sentence's words in such runs from which on all of it counts."""
_JOINT = 10
"""Most words between two copied passages that do nothing but join them."""


class CopyDetector:
    """Finds runs of words that stand in a source."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._words: list[str] = []
        for source in sources:
            self._words += [token.term for token in tokenise(fold(source).text)] + [""]
        self._seeds: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at in range(len(self._words) - SEED + 1):
            gram = tuple(self._words[at : at + SEED])
            if "" not in gram and len(self._seeds[gram]) < 20:
                self._seeds[gram].append(at)

        self._triples = {gram[at : at + 3] for gram in self._seeds for at in range(_STEP)}

    def copied(self, terms: Sequence[str], sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the ranges of a text's terms that are copied; `sentences` are ranges of its terms too."""
        long = self.runs(terms)
        if sum(last - first for first, last in long) < _MUCH * len(terms) or not long:
            return long
        runs = self.runs(terms, SEED)
        taken = {at for first, last in runs for at in range(first, last)}
        mostly = [
            (first, last)
            for first, last in sentences
            if len(taken.intersection(range(first, last))) >= _MOSTLY * (last - first)
        ]
        return merged(sorted({*runs, *mostly}), _JOINT)

    def runs(self, terms: Sequence[str], shortest: int = LONG_RUN) -> list[tuple[int, int]]:
        """Return (first, last exclusive) ranges of a text's terms that are runs of at least `shortest`."""
        if not self._seeds:
            return []
        found: list[tuple[int, int]] = []
        for at in self._begun(terms):
            if found and at < found[-1][1]:
                continue
            places = self._seeds.get(tuple(terms[at : at + SEED]), ())
            length = max((self._follow(terms, at, place) for place in places), default=0)
            if length >= shortest:
                found.append((at, at + length))
        return found

    def _begun(self, terms: Sequence[str]) -> list[int]:
        """Return where a run may begin: each triple of a seed is the source's, so one in three will do."""
        triples = zip(terms[::_STEP], terms[1::_STEP], terms[2::_STEP], strict=False)
        places = compress(count(0, _STEP), map(self._triples.__contains__, triples))
        return [at for place in places for at in range(max(0, place - _STEP + 1), place + 1)]

    def _follow(self, terms: Sequence[str], at: int, place: int) -> int:
        """Count how far a run goes; one differing word may stand inside it."""
        length, slips = SEED, 1
        while at + length < len(terms) and place + length < len(self._words):
            if terms[at + length] != self._words[place + length]:
                goes_on = (
                    list(terms[at + length + 1 : at + length + 3])
                    == self._words[place + length + 1 : place + length + 3]
                )
                if not slips or not goes_on or not self._words[place + length]:
                    break
                slips -= 1
            length += 1
        return length
