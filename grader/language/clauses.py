"""Who does what, to whom, with what: a shallow reading of a sentence into roles.

One pass over the words, with closed lists and endings for grammar: the words before a verb do it, those
after it have it done to them, the passive turns both round, "who" and "which" stand for the words before
them, and every other word hangs on a preposition. Wrong often enough that nothing may rest on one
reading alone; right often enough that a sentence with two words exchanged reads differently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from typing import TypeAlias

from grader.language.lexicon import cues, word_classes
from grader.language.tokens import Token

DOES, SUFFERS = "does", "suffers"
"""The roles beside a verb; all others are prepositions."""
_PARTICIPLE = re.compile(r".*(?:ed|en|wn|ught|ade|elt|old|ent|ept|ound|ost|eft|ut|one|ung|un)\Z")
_IDLE, _BREAK, _RELATIVE, _PREPOSITION, _AND, _LEAD, _BE, _HELPER, _VERB, _PRONOUN = range(10)
_CLASSES = {
    "DET": _LEAD, "QUA": _LEAD, "PRE": _PREPOSITION, "TO": _PREPOSITION, "AND": _AND, "BUT": _BREAK,
    "BE": _BE, "BEEN": _BE, "HAVE": _HELPER, "DO": _HELPER, "MOD": _HELPER, "PRO": _PRONOUN, "OBJ": _PRONOUN,
    "PAST": _VERB, "DONE": _VERB, "VERB": _VERB,
}  # fmt: skip
_STANDS_FOR = ("who", "which", "that")
_PERFECT = ("had", "has", "have", "having")


Role: TypeAlias = tuple[str, str, int]
"""(role, a verb or other word, place): who stands there does or suffers the verb, or hangs on the word."""


@cache
def _kinds() -> Mapping[str, int]:
    listed: dict[str, int] = {}
    for name, words in word_classes():
        for word in words if name in _CLASSES else ():
            listed.setdefault(word, _CLASSES[name])
    listed |= dict.fromkeys(cues("irregular-verbs"), _VERB)
    listed |= dict.fromkeys(cues("clause-breakers"), _BREAK)
    listed |= dict.fromkeys((*_STANDS_FOR, "whom", "whose"), _RELATIVE)
    return listed | {"been": _BE, "being": _BE, "got": _VERB, "having": _HELPER}


def read_roles(tokens: Sequence[Token], terms: Sequence[str], doings: Set[str]) -> list[Role]:
    """Return the roles of the words of one sentence.

    `terms` runs beside the tokens; `doings` are the verbs of a subject that no list has.
    """
    reader, kinds = _Reader(tokens, terms, doings), _kinds()
    before = tokens[0].start if tokens else 0
    for at, token in enumerate(tokens):
        start, end, word, term, content, _, number, _ = token
        if start - before > 1:
            reader.pause()
        before = end
        kind = kinds.get(word) if number is None else _IDLE
        if kind is None or kind == _VERB:
            likely = kind == _VERB or reader.expecting or word[-2:] == "ed" or term in doings
            if likely and reader.is_verb(at, token, listed=kind == _VERB):
                reader.read_verb(at, token)
            elif content:
                reader.read_word(at)
        elif kind != _LEAD:
            _READERS[kind](reader, at, token)
    return reader.found


class _Reader:
    """Where the reading of a sentence stands: one clause, one verb, one preposition at a time."""

    __slots__ = (
        "_anchor", "_be", "_between", "_doings", "_done_to", "_fresh", "_helped", "_infinitive", "_joined",
        "_kinds", "_leading", "_passive", "_preposition", "_subject", "_terms", "_tokens", "_verb",
        "expecting", "found",
    )  # fmt: skip

    def __init__(self, tokens: Sequence[Token], terms: Sequence[str], doings: Set[str]) -> None:
        self._tokens, self._terms, self._doings = tokens, terms, doings
        self._kinds = _kinds()
        self.found: list[Role] = []
        self._begin_clause([])

    def _begin_clause(self, subject: list[int]) -> None:
        self._subject = subject
        self._verb, self._passive = "", False
        self._fresh: list[int] = []  # words since the last verb, preposition or "and"
        self._between: list[int] = []  # words after "had", which "had them killed" makes objects
        self._done_to: list[int] = []
        self._preposition, self._anchor = "", ""
        self._be = self._helped = self.expecting = False
        self._leading = self._joined = self._infinitive = False

    def _read_idle(self, at: int, token: Token) -> None:
        """Hang a figure on its preposition; it does nothing else."""
        if token.number is not None and self._preposition:
            self.found.append((self._preposition, self._anchor, at))

    def _read_break(self, _at: int, _token: Token) -> None:
        self._begin_clause([])

    def _read_relative(self, _at: int, token: Token) -> None:
        self._begin_clause(list(self._fresh) if token.word in _STANDS_FOR else [])

    def _read_and(self, _at: int, _token: Token) -> None:
        self._joined, self._fresh = True, []

    def _read_be(self, _at: int, _token: Token) -> None:
        self._begin_verb()
        self._be = True

    def _read_helper(self, _at: int, token: Token) -> None:
        self._begin_verb()
        self._helped, self.expecting = True, token.word not in _PERFECT

    def _read_pronoun(self, _at: int, _token: Token) -> None:
        if not self._verb or self._joined:
            self._begin_clause([])

    def pause(self) -> None:
        """Read a comma: what opened the clause is over."""
        if self._leading:
            self._leading, self._preposition, self._fresh = False, "", []
        if self._verb:
            self._joined, self._fresh, self._preposition = True, [], ""

    def is_verb(self, at: int, token: Token, *, listed: bool) -> bool:
        """Tell a verb from the same word as a noun or an adjective; `listed` verbs are common ones."""
        word = token.word
        if self.expecting and token.content and not token.capital and word[-2:] != "ly":
            return True
        if not at or not (listed or word[-2:] == "ed" or (not token.capital and token.term in self._doings)):
            return False
        before = self._tokens[at - 1].word
        led = self._kinds.get(before)
        if led == _PREPOSITION and before != "to":
            return word[-3:] == "ing"
        return led != _LEAD and before[-2:] != "'s"

    def _begin_verb(self) -> None:
        if self._verb and self._joined:
            self._begin_second()
        elif not self._verb:
            self._settle_subject()
        self._preposition = ""

    def _settle_subject(self) -> None:
        """In "after the war Smith won" only the last word does anything."""
        if self._leading and self._fresh:
            self._subject = self._fresh[-1:]
        self._leading, self._preposition = False, ""

    def _begin_second(self) -> None:
        """Begin a second verb after "and": its subject stands between, or is that of the first."""
        fresh = self._fresh
        if fresh:
            taken = set(fresh)
            self.found = [role for role in self.found if role[2] not in taken]
        self._begin_clause(fresh or self._subject)

    def read_verb(self, at: int, token: Token) -> None:
        """Read a verb: who stands before it does it, or has it done to them in the passive."""
        gerund, first = token.word.endswith("ing"), not self._verb
        if first:
            self._settle_subject()
        elif self._joined and not gerund and not self._infinitive:
            self._begin_second()
            first = True
        subject, passive = self._subject, self._be and not gerund and bool(_PARTICIPLE.match(token.word))
        if self._infinitive:
            subject = self._done_to or subject
        elif not first and not gerund and not self._be and self._done_to:
            subject, passive = self._done_to, True
        term = self._terms[at]
        role = SUFFERS if passive else DOES
        self.found += [(role, term, who) for who in subject]
        self.found += [(SUFFERS, term, who) for who in self._between]
        self._begin_clause(subject if first else self._subject)
        self._verb, self._passive, self._anchor = term, passive, term

    def _read_preposition(self, _at: int, token: Token) -> None:
        self._infinitive = token.word == "to"
        if not self._verb and not self._subject and not self._fresh:
            self._leading = True
        self._preposition, self._fresh = token.word, []

    def read_word(self, at: int) -> None:
        """Read any other word: it hangs on a preposition or on the verb before it, or waits for a verb."""
        self._infinitive = False
        if self._preposition == "by" and self._passive:
            self.found.append((DOES, self._verb, at))
        elif self._preposition:
            self.found.append((self._preposition, self._anchor, at))
        elif self._verb:
            self.found.append((SUFFERS, self._verb, at))
            self._done_to.append(at)
        elif self._helped:
            self._between.append(at)
        else:
            self._subject.append(at)
        self._fresh.append(at)
        self._anchor = self._terms[at]


_READERS = {
    _IDLE: _Reader._read_idle,
    _BREAK: _Reader._read_break,
    _RELATIVE: _Reader._read_relative,
    _PREPOSITION: _Reader._read_preposition,
    _AND: _Reader._read_and,
    _BE: _Reader._read_be,
    _HELPER: _Reader._read_helper,
    _PRONOUN: _Reader._read_pronoun,
}
"""What to do with the words of closed lists, but verbs and those that lead a word."""
