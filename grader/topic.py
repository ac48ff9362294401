"""Is a text about the question at all? Good work on another subject is told from thin work on this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from grader.essay import ParsedEssay, Unit
from grader.matching import ACCEPT, RubricIndex
from grader.vocabulary import common_terms

_SETTING = 0.06
"""Share of accepted phrasings that use a word of the setting (who and what the question is about)."""
_SETTING_NEEDED = 0.02
_FAMILIAR_NEEDED = 0.66
"""Share of familiar content words, the rubric's and plain English; 40 marked essays that hardly name
the setting have .70 and more, essays on other subjects .63 and less."""
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
        tokens = (token for unit in units for token in essay.tokens_of(unit))
        terms = [token.term for token in tokens if token.content and not token.number]
        if len(terms) < _JUDGEABLE_WORDS:
            return False
        ids, common = self._ids, common_terms()
        setting = len([term for term in terms if term in self._setting])
        familiar = len([term for term in terms if term in ids or term in common])
        return setting < _SETTING_NEEDED * len(terms) and familiar < _FAMILIAR_NEEDED * len(terms)
