"""Is a text about the question at all? Good work on another subject is told from thin work on this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from grader.essay import ParsedEssay, Unit
from grader.matching import ACCEPT, RubricIndex
from grader.numbers import FIGURE_MARK
from grader.vocabulary import common_terms

_SETTING = 0.06
"""Share of accepted phrasings that use a word of the setting (who and what the question is about)."""
_SETTING_NEEDED = 0.02
_FAMILIAR_NEEDED = 0.7
"""Share of familiar content words, the rubric's and plain English; marked essays that hardly name
the setting have .76 and more, attempts on other subjects .67 and less."""
_JUDGEABLE_WORDS = 40


class Topic:
    """What texts about one question have in common."""

    def __init__(self, index: RubricIndex) -> None:
        self._ids = index.vocabulary.ids
        accepted = [phrasing for phrasing in index.phrasings if phrasing.kind == ACCEPT]
        used = Counter(
            term for p in accepted for term in {t.term for t in p.tokens if t.content and not t.number}
        )
        self._setting = {term for term, count in used.items() if count >= _SETTING * len(accepted)}

    def is_left(self, essay: ParsedEssay, units: Sequence[Unit]) -> bool:
        """Tell whether what counts of a longer text neither names the setting nor speaks familiar words."""
        content = chain.from_iterable(essay.said_in(units))
        terms = [term for term in content if term[0] != FIGURE_MARK]
        if len(terms) < _JUDGEABLE_WORDS:
            return False
        if sum(map(self._setting.__contains__, terms)) >= _SETTING_NEEDED * len(terms):
            return False
        ids, common = self._ids, common_terms()
        return sum(term in ids or term in common for term in terms) < _FAMILIAR_NEEDED * len(terms)
