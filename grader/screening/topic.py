"""Is a text about the question at all? Good work on another subject is told from thin work on this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from grader.language.essay import ParsedEssay, Unit
from grader.language.ideas import common_terms
from grader.language.names import Names, inside, kin
from grader.language.numbers import FIGURE_MARK
from grader.matching import ACCEPT, RubricIndex

_SETTING = 0.06
"""Share of accepted phrasings that use a word of the setting (who and what the question is about)."""
_SETTING_NEEDED = 0.02
_FAMILIAR_NEEDED = 0.7
"""Share of familiar content words, the rubric's and plain English; marked essays that hardly name
the setting have .76 and more, attempts on other subjects .67 and less."""
_JUDGEABLE_WORDS = 40
_STRANGERS = 10
"""Names that the rubric does not know, in a text that has none of those which the question is about: honest
essays that never name them have five at most, attempts on other countries and centuries a dozen and more."""
_KNOWN_NAMES = 0.25
"""Share of names which the rubric does know, from which on a text may still be about the question."""
_SPOKEN_WITH_NAMES = 0.25
"""Share of accepted phrasings with a name in them, from which on nobody answers a question without any."""
_SETTING_WITHOUT_NAMES = 0.08
"""Share of words of the setting in a text that names nobody and nothing the rubric knows: .09 and more in
honest ones, .08 and less in stories of a school or a club."""


class Topic:
    """What texts about one question have in common."""

    def __init__(self, index: RubricIndex, names: Names) -> None:
        """Read what a rubric's phrasings speak of; `names` are those that it knows."""
        self._vocabulary, self._names = index.vocabulary, names
        self._named = names.setting & names.known if names.asked & names.known else frozenset()
        self._ids = index.vocabulary.ids
        accepted = [phrasing for phrasing in index.phrasings if phrasing.kind == ACCEPT]
        used = Counter(
            term for p in accepted for term in {t.term for t in p.tokens if t.content and not t.number}
        )
        self._setting = {term for term, count in used.items() if count >= _SETTING * len(accepted)}
        named = sum(any(self._is_name(token.term) for token in p.tokens) for p in accepted)
        self._with_names = named >= _SPOKEN_WITH_NAMES * len(accepted)

    def is_left(self, essay: ParsedEssay, units: Sequence[Unit]) -> bool:
        """Tell whether what counts of a longer text neither names the setting nor speaks familiar words."""
        content = chain.from_iterable(essay.said_in(units))
        terms = [term for term in content if term[0] != FIGURE_MARK]
        if len(terms) < _JUDGEABLE_WORDS:
            return False
        if self._names_others(essay):
            return True
        setting = sum(map(self._setting.__contains__, terms))
        little = self._with_names and setting < _SETTING_WITHOUT_NAMES * len(terms)
        if little and not self.names_any(essay):
            return True
        if setting >= _SETTING_NEEDED * len(terms):
            return False
        ids, common = self._ids, common_terms()
        return sum(term in ids or term in common for term in terms) < _FAMILIAR_NEEDED * len(terms)

    def names_any(self, essay: ParsedEssay) -> bool:
        """Tell whether a text names anybody or anything that the rubric knows, be it in small letters."""
        if any(map(self._is_name, essay.terms)):
            return True
        if any(map(self._is_name, self._vocabulary.terms_of(essay.tokens))):  # misspelt
            return True
        return any(token.capital and kin(token.term) in self._names.known for token in essay.tokens)

    def _is_name(self, term: str) -> bool:
        """Tell whether a term is a name however it is written, and no word of plain English."""
        return kin(term) in self._names.known and term not in common_terms()

    def _names_others(self, essay: ParsedEssay) -> bool:
        """Tell whether a text names many, and none of those whom a question with names is about."""
        if not self._named or any(kin(term) in self._named for term in essay.terms):
            return False
        if any(kin(term) in self._named for term in self._vocabulary.terms_of(essay.tokens)):  # misspelt
            return False
        named = [token for token in inside(essay.tokens) if token.capital]
        known = sum(kin(term) in self._names.known for term in self._vocabulary.terms_of(named))
        return len(named) - known >= _STRANGERS and known < _KNOWN_NAMES * len(named)
