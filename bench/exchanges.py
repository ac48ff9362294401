"""Sound phrasings made unsound: other names in place of theirs, and words exchanged around a verb.

What a writer would hand in who knows the words of the notes and not what they mean. Made from any rubric.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.language.clauses import DOES, SUFFERS, read_roles
from grader.language.names import kin
from grader.language.tokens import Token, tokenise
from grader.stance.statements import StatementReader
from grader.text import fold

_ARTICLES = frozenset(("the", "a", "an", "his", "her", "its", "their", "some", "many", "most", "all", "each"))


@dataclass(frozen=True, slots=True)
class Namer:
    """The names of a rubric as they are written, those that end alike together."""

    written: tuple[str, ...]

    @classmethod
    def of(cls, statements: StatementReader) -> Namer:
        """Collect names that stand alone, not as the first part of a longer one."""
        found: dict[str, int] = {}
        for statement in statements.phrasings:
            for at in statement.names:
                token = statement.tokens[at]
                if token.capital and kin(token.term) in statements.names.known and "'" not in token.word:
                    found[token.word] = found.get(token.word, 0) + 1
        return cls(tuple(sorted(word for word, times in found.items() if times > 1)))

    def another(self, besides: Sequence[str], chance: random.Random) -> str:
        """Return a name whose kin is none of those; "" where there is none."""
        kins = {kin(word) for word in besides}
        others = [word for word in self.written if kin(word) not in kins]
        return chance.choice(others).capitalize() if others else ""


def with_other_names(text: str, statements: StatementReader, chance: random.Random) -> Iterator[str]:
    """Yield a text once for each of its names, with another name of the rubric in its place."""
    tokens, namer = _tokens(text), Namer.of(statements)
    kins = [kin(token.term) for token in tokens]
    places = statements.names.places(tokens, kins)
    for name in sorted({kins[at] for at in places if kins[at] in statements.names.known}):
        other = namer.another([tokens[at].word for at in places], chance)
        if other:
            yield _put(text, {tokens[at]: other for at in places if kins[at] == name})


def _put(text: str, other: dict[Token, str]) -> str:
    for token in sorted(other, key=lambda token: -token.start):
        tail = "'s" if token.word.endswith("'s") else ""
        text = text[: token.start] + other[token] + tail + text[token.end :]
    return text


def with_roles_exchanged(text: str) -> str:
    """Return a text whose first verb is done by those who suffer it; "" where there is none."""
    tokens = _tokens(text)
    roles = read_roles(tokens, [token.term for token in tokens], frozenset())
    for verb in dict.fromkeys(of for role, of, _ in roles if role == DOES):
        does = [at for role, of, at in roles if (role, of) == (DOES, verb)]
        suffers = [at for role, of, at in roles if (role, of) == (SUFFERS, verb)]
        if suffers and not set(does) & set(suffers):
            return _exchange(text, tokens, _run(tokens, does), _run(tokens, suffers))
    return ""


def _run(tokens: Sequence[Token], places: Sequence[int]) -> tuple[int, int]:
    """Return the characters of the first unbroken run of words, with its article."""
    first = last = places[0]
    while last + 1 in places:
        last += 1
    if first and tokens[first - 1].word in _ARTICLES:
        first -= 1
    return tokens[first].start, tokens[last].end


def _exchange(text: str, tokens: Sequence[Token], one: tuple[int, int], other: tuple[int, int]) -> str:
    (a, b), (c, d) = sorted((one, other))
    if b > c:
        return ""
    changed = text[:a] + text[c:d] + text[b:c] + _inside(text[a:b], a == tokens[0].start) + text[d:]
    return changed[0].upper() + changed[1:]


def _inside(words: str, opened: bool) -> str:
    first = words.split(maxsplit=1)[0].lower()
    return words[0].lower() + words[1:] if opened and first in _ARTICLES else words


def _tokens(text: str) -> list[Token]:
    folded = fold(text)
    return list(tokenise(folded.text, folded.cased))
