"""The creditable units of an essay as one rubric understands them, each read once, when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress

from grader.language.essay import ParsedEssay, Unit
from grader.language.negation import denials
from grader.language.refutation import refuted_ranges
from grader.language.tokens import Token
from grader.matching import RubricIndex
from grader.matching.verbatim import Sense
from grader.matching.windows import read_windows
from grader.stance import Passage
from grader.stance.statements import Statement, StatementReader


class SeenEssay:
    """The units of an essay, each read once, and only if it comes near to a key point."""

    def __init__(
        self, index: RubricIndex, statements: StatementReader, essay: ParsedEssay, units: Sequence[Unit]
    ) -> None:
        self.units, self.windows = units, read_windows(essay, units, index.vocabulary)
        self._index, self._essay, self._refuted = index, essay, refuted_ranges(essay)
        self._denied, self._frames = denials(essay, self._refuted)
        self.rejected = len(self._refuted) + len(self._frames)
        self._tokens: dict[int, list[Token]] = {}
        self._passages: dict[tuple[int, bool], Passage] = {}
        self._senses: dict[int, Sense] = {}
        self._said: dict[int, frozenset[str]] = {}
        self._reader, self._statements = statements, dict[tuple[int, bool], Statement]()

    def passage(self, number: int, *, beside: bool = False) -> Passage:
        """Return a unit as the stances see it; `beside` leaves out what it reports to be refuted."""
        key = number, beside
        if key not in self._passages:
            if beside:
                self._passages[key] = self.passage(number).beside(self._index)
            else:
                self._passages[key] = self._read(number)
        return self._passages[key]

    def _read(self, number: int) -> Passage:
        unit = self.units[number]
        denied = self._denied[unit.first : unit.last]
        signs = self.windows.units.signs(number, denied)
        return Passage.of(self._index, self._tokens_of(number), signs, denied, self._reported_in(unit))

    def says(self, first: int, last: int) -> frozenset[str]:
        """Return what neighbouring units say: each term and idea, those that are denied with a "!" behind."""
        return frozenset(chain.from_iterable(map(self._says, range(first, last + 1))))

    def _says(self, number: int) -> frozenset[str]:
        if number not in self._said:
            unit = self.units[number]
            signs = self.windows.units.signs(number, self._denied[unit.first : unit.last])
            self._said[number] = frozenset(f"{term}!" if denied else term for _, (term, denied) in signs)
        return self._said[number]

    def statement(self, number: int, *, beside: bool = False) -> Statement:
        """Return what a unit states; `beside` leaves out what it reports to be refuted."""
        key = number, beside
        if key not in self._statements:
            terms = self.windows.units.terms(self.units[number])
            if beside:
                terms = [t for t, no in zip(terms, self.passage(number).reported, strict=True) if not no]
            self._statements[key] = self._reader.read(self.passage(number, beside=beside).tokens, terms)
        return self._statements[key]

    def _tokens_of(self, number: int) -> list[Token]:
        if number not in self._tokens:
            self._tokens[number] = self._essay.tokens_of(self.units[number])
        return self._tokens[number]

    def _reported_in(self, unit: Unit) -> list[bool]:
        """Tell for each token of a unit whether it is reported to be refuted; [] where none is."""
        here = [found for found in self._refuted if found[0] < unit.last and unit.first < found[1]]
        places = range(unit.first, unit.last) if here else ()
        return [any(first <= at < last for first, last in here) for at in places]

    def rejects(self, number: int) -> bool:
        """Tell whether a unit rejects a claim as a whole, its own or that of others."""
        unit = self.units[number]
        return True in self._reported_in(unit) or any(unit.start < end <= unit.end for end in self._frames)

    def sense(self, first: int, last: int) -> Sense:
        """Return what neighbouring units say in order: a phrasing may be spread over them."""
        return tuple(chain.from_iterable(map(self._sense, range(first, last + 1))))

    def _sense(self, number: int) -> Sense:
        if number not in self._senses:
            unit = self.units[number]
            content = self._essay.content[unit.first : unit.last]
            denied = compress(self._denied[unit.first : unit.last], content)
            self._senses[number] = tuple(zip(self.windows.units.content(unit), denied, strict=True))
        return self._senses[number]
