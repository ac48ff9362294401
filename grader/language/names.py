"""Which words of a rubric, and of a sentence, are names: of people, places, bodies, works, ages.

No list of names: a word is one where the rubric nearly always writes it with a capital inside a
sentence, or where a writer does. Names and the words made of them ("Darwin", "Darwinism") are kin.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from grader.language.lexicon import cues
from grader.language.memory import Memory
from grader.language.tokens import Token

_MADE_OF_A_NAME = re.compile(r"(?:ism|ists?|ites?|ians?|ern(?:er)?|an)\Z")
_LEAST = 4
"""Letters that are left of a name when its ending is taken off."""
_MOSTLY = 2 / 3
"""Share of a word's uses inside sentences that have a capital, if it is a name."""
_SETTING = 0.5
"""Share of the key points that speak of a name which then may stand anywhere."""
_TITLE = 0.6
"""Share of capitals among the content words of a heading, where a capital says nothing."""
_FEW_WORDS = 3


def _kin_of(term: str) -> str:
    bare = _MADE_OF_A_NAME.sub("", term)
    return (bare if len(bare) >= _LEAST else term).rstrip("a")


KINS: Mapping[str, str] = Memory(_kin_of)
"""What a name and the words made of it have in common, by term; most other words stay as they are."""


def kin(term: str) -> str:
    """Return what a name and the words made of it have in common."""
    return KINS[term]


class Names:
    """The names that a rubric knows, those of its setting, and what is `asked` after, name or not."""

    def __init__(
        self,
        phrasings: Iterable[tuple[int, Sequence[Token]]],
        notes: Iterable[Sequence[Token]],
        question: Sequence[Token],
        points: int,
    ) -> None:
        """Read names from phrasings (each with the number of its key point), notes and the question."""
        used, capitals = Counter[str](), Counter[str]()
        speaking: dict[str, set[int]] = defaultdict(set)
        for point, tokens in [*phrasings, *((-1, tokens) for tokens in notes)]:
            for token in inside(tokens):
                used[kin(token.term)] += 1
                capitals[kin(token.term)] += token.capital
            for token in tokens:
                speaking[kin(token.term)].add(point)
        self.known = frozenset(name for name, count in used.items() if capitals[name] >= _MOSTLY * count)
        common = {name for name in self.known if len(speaking[name] - {-1}) >= _SETTING * points}
        self.asked = frozenset(kin(token.term) for token in question)
        self.setting = self.asked | common

    def places(self, tokens: Sequence[Token], kins: Sequence[str]) -> dict[int, str]:
        """Return the places of the names in a sentence; `kins` runs beside its tokens."""
        known, found, months = self.known, {}, _months()
        capitals = content = 0
        for at, token in enumerate(tokens):
            if not token.content or token.number is not None:
                continue
            content += 1
            capitals += token.capital
            if (token.capital or kins[at] in known) and token.word not in months:
                found[at] = kins[at]
        title = capitals > max(_FEW_WORDS, _TITLE * content)
        return {
            at: who for at, who in found.items() if who in known or (not title and _is_inside(tokens, at))
        }


def _is_inside(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word stands right after another one, where a capital tells a name."""
    return at > 0 and tokens[at].start - tokens[at - 1].end < 2


def inside(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the words that stand right after another one, where a capital tells a name."""
    months = _months()
    for before, token in pairwise(tokens):
        if (
            token.content
            and token.number is None
            and token.word not in months
            and token.start - before.end < 2
        ):
            yield token


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    return frozenset(cues("months"))
