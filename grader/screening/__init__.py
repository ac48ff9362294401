"""What of a text can be marked at all, and why the rest is set aside.

Refuses blank, unreadable and over-long texts. Everything else is scored: passages that are copied,
listed or repeated are set aside before matching, and said so in plain words. Judges no content.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, groupby

from grader.errors import EssayRefused
from grader.language.essay import ParsedEssay, Unit
from grader.language.ideas import common_terms
from grader.language.lexicon import stop_words
from grader.language.questions import unanswered
from grader.language.tokens import Token, tokenise
from grader.report import Advisory, SetAside
from grader.rubric import Prompt
from grader.screening.advice import Findings, advise, nothing_claimed, passages_set_aside
from grader.screening.circling import circling_ranges, turned_families
from grader.screening.copying import CopyDetector
from grader.screening.echo import EchoDetector
from grader.screening.enumerations import ListFinder
from grader.screening.fluency import disordered_units
from grader.screening.fragments import fragments, refrains
from grader.screening.hollow_talk import hollow_ranges
from grader.screening.word_lists import list_runs, merged, roll_calls

MAX_CHARACTERS = 250_000
"""About 40,000 words; far beyond any essay, and graded in about a second."""
_ENGLISH_SHARE = 0.15
"""Least share of English function words; note-form answers have .31, other languages next to none."""
_JUDGEABLE_WORDS = 8
_KNOWN_SHARE = 0.25
_MUCH_LISTED = 0.4
"""Share of content words in lists from which the sentences around them say nothing either; honest: .12."""
_TELLING = 3
"""Words of the rubric with which a question could pass for a key point; "was it a success?" has none."""
_MUCH = 0.12
"""Share of a text that lists or is in no order from which a teacher should look: a slip is below."""

GATING = frozenset(
    (
        "too-short",
        "not-english",
        "no-claims",
        "copied",
        "copied-model-answer",
        "echo",
        "question",
        "repetition",
        "spelling",
        "off-topic",
    )
)
"""Advisories under which no level is given: a teacher is needed."""
_NO_PROSE = frozenset(("word-list", "word-order"))
"""Reasons for setting passages aside that ask for a teacher only where they are much of a text."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Units that may be credited, passages set aside, and advisories."""

    units: tuple[Unit, ...]
    set_aside: tuple[SetAside, ...]
    advisories: tuple[Advisory, ...]
    needs_teacher: bool
    """The text is too doubtful for a level."""

    @property
    def words(self) -> int:
        """Return how many words may be credited: what is set aside develops no point."""
        return sum(unit.last - unit.first for unit in self.units)

    @property
    def is_prose(self) -> bool:
        """Tell whether nothing was set aside for being a list, or in no order."""
        return _NO_PROSE.isdisjoint(aside.code for aside in self.set_aside)

    def without_claims(self, essay: ParsedEssay) -> Screening:
        """Return the same with the whole text set aside: nothing in it is a claim about its question."""
        advisory, aside = nothing_claimed(essay)
        return Screening((), (aside,), (*self.advisories, advisory), needs_teacher=True)


def refuse_unmarkable(text: str) -> None:
    """Raise EssayRefused for a text that is blank, over-long or holds no words."""
    if len(text) > MAX_CHARACTERS:
        message = (
            f"This text has {len(text):,} characters; the most that can be marked is {MAX_CHARACTERS:,}. "
            "Please hand in the essay alone."
        )
        raise EssayRefused("too-long", message)
    if not text.strip() or not any(char.isprintable() and not char.isspace() for char in text):
        raise EssayRefused("blank", "There is no text here yet. Write or paste your essay, then hand it in.")


class Screener:
    """Knows what may have been copied or only named: notes, cards, model answer, question, rubric."""

    def __init__(
        self,
        prompt: Prompt,
        notes: Sequence[str],
        known: Collection[str],
        phrasings: Sequence[Sequence[Token]] = (),
    ) -> None:
        """Read what texts are held against; `known` are the terms of the rubric's `phrasings`."""
        cards = [" ".join(card.lines) for card in prompt.cards]
        self._copies = CopyDetector([*notes, *cards])
        self._modelled = CopyDetector([prompt.model_answer])
        self._lists = ListFinder(prompt, known)
        self._echo = EchoDetector(prompt.question, phrasings)
        self._usual = turned_families(phrasings)
        asked = frozenset(token.term for token in tokenise(prompt.question.lower()))
        self._known, self._telling = asked.union(known), frozenset(known) - asked

    def screen(self, essay: ParsedEssay) -> Screening:
        """Sort out what may be credited; raise EssayRefused where there is not a single word."""
        if not any(any(c.isalnum() for c in word) for word in essay.words):
            raise EssayRefused(
                "unreadable",
                "No words could be read in this text. Please type or paste it as plain text.",
            )
        found = self._findings(essay)
        everything = {(0, len(essay.tokens))} if found.foreign else set()
        taken = {*found.copied, *found.modelled}
        unsaid = {*found.listed, *found.jumbled, *found.hollow, *found.repeated, *found.echoed, *found.asked}
        aside = sorted(taken | unsaid | everything)
        advisories = advise(essay, found)
        return Screening(
            _remaining(essay, aside),
            passages_set_aside(essay, found),
            advisories,
            any(_is_grave(advisory, len(essay.original)) for advisory in advisories),
        )

    def _findings(self, essay: ParsedEssay) -> Findings:
        foreign = is_foreign(essay)
        sentences = [(unit.first, unit.last) for unit in essay.units]
        return Findings(
            copied=self._copies.copied(essay.terms, sentences),
            modelled=self._modelled.copied(essay.terms, sentences),
            listed=self._listed(essay),
            jumbled=[] if foreign else disordered_units(essay),
            hollow=hollow_ranges(essay, self._known) or circling_ranges(essay, self._known, self._usual),
            repeated=repeated_units(essay),
            asked=[(first, last) for first, last in unanswered(essay) if self._tells(essay, first, last)],
            echoed=self._echo.ranges(essay),
            foreign=foreign,
        )

    def _tells(self, essay: ParsedEssay, first: int, last: int) -> bool:
        """Tell whether words could pass for a key point: a few of the rubric's, and not the question's."""
        content = compress(essay.terms[first:last], essay.content[first:last])
        return len(self._telling.intersection(content)) >= _TELLING

    def _listed(self, essay: ParsedEssay) -> list[tuple[int, int]]:
        """Return the lists of a text; where they are much of it, with the sentences that hold them."""
        rows = chain(roll_calls(essay), fragments(essay), refrains(essay))
        lists = {*list_runs(essay), *self._lists.find(essay), *rows}
        inside = {at for first, last in lists for at in range(first, last)}
        much = sum(essay.content[at] for at in inside) >= _MUCH_LISTED * sum(essay.content)
        return merged(sorted(lists | set(_around(essay, inside)) if lists and much else lists))


def _around(essay: ParsedEssay, inside: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the sentences that hold lists, and whole paragraphs where they are every second one."""
    for _, group in groupby(essay.units, key=lambda unit: unit.paragraph):
        units = tuple(group)
        holding = [u for u in units if any(at in inside for at in range(u.first, u.last))]
        if 2 * len(holding) > len(units):
            yield units[0].first, units[-1].last
        yield from ((unit.first, unit.last) for unit in holding)


def _is_grave(advisory: Advisory, length: int) -> bool:
    """Tell whether an advisory calls for a teacher."""
    if advisory.code not in _NO_PROSE:
        return advisory.code in GATING
    return sum(span.end - span.start for span in advisory.spans) >= _MUCH * length


def _remaining(essay: ParsedEssay, aside: Sequence[tuple[int, int]]) -> tuple[Unit, ...]:
    """Cut what was set aside out of the units."""
    if not aside:
        return essay.units
    gone = [False] * len(essay.tokens)
    for first, last in aside:
        gone[first:last] = [True] * (last - first)
    return tuple(piece for unit in essay.units for piece in _pieces(essay, unit, gone))


def _pieces(essay: ParsedEssay, unit: Unit, gone: Sequence[bool]) -> list[Unit]:
    if not any(gone[unit.first : unit.last]):
        return [unit]
    pieces = []
    first = unit.first
    for at in range(unit.first, unit.last + 1):
        if at == unit.last or gone[at]:
            if at - first >= 4:
                start, end = essay.tokens.starts[first], essay.tokens.ends[at - 1]
                pieces.append(unit._replace(start=start, end=end, first=first, last=at))
            first = at + 1
    return pieces


def is_foreign(essay: ParsedEssay) -> bool:
    """Tell whether a text is in another language or script."""
    if essay.folded.text.isascii() and _count_english(essay.words) >= _ENGLISH_SHARE * len(essay.words):
        return False  # nor are there fewer among the words without figures
    words = [word for word in essay.words if word[0].isalpha()]
    other_script = 0 if essay.folded.text.isascii() else sum(not word.isascii() for word in words)
    if words and other_script > 0.5 * len(words):
        return True
    english = _count_english(words)
    return len(words) >= _JUDGEABLE_WORDS and english < _ENGLISH_SHARE * len(words) and not _is_listed(essay)


def _count_english(words: Iterable[str]) -> int:
    return sum(map(stop_words().__contains__, words))


def _is_listed(essay: ParsedEssay) -> bool:
    """A bare list of English terms is not another language: most of its words are known."""
    words = [token for token in essay.tokens if token.content and not token.number]
    known = sum(1 for token in words if token.term in common_terms())
    return known >= _KNOWN_SHARE * len(words)


def repeated_units(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return the token ranges of units that say in the same words what an earlier unit said."""
    seen: dict[frozenset[str], int] = {}
    found = []
    for unit, said in zip(essay.units, essay.said, strict=True):
        content = frozenset(said)
        if len(content) >= 4:
            if content in seen:
                found.append((unit.first, unit.last))
            seen[content] = unit.first
    return found
