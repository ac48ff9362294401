"""Claims that their own sentence, or the next, takes back: no cue says that somebody else made them.

"Trade grew, or so he claimed", "if only trade had grown", "a common mistake is to think that trade grew".
Each construction is a pattern of general English over folded text, searched for only where a text has one of
its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from grader.language.claim_words import CLAIM, HOW, LEGEND, TALE, WRONG
from grader.language.essay import ParsedEssay

_CLAIMED = r"(?P<claim>[^.;:!?]{10,160})"
_SHORTEST = _CLAIMED.replace("})", "}?)")
"""A claim up to the end of its clause, and one up to what follows first."""
_UNTRUE = rf"(?:untrue|false|not (?:true|so|the case)|an? (?:[a-z]+ )?{LEGEND})"
_SAID = r"(?:say|said|claim|claimed|believe|believed|think|thought|pretend|pretended|maintain|maintained)s?"
_TO_SAY = r"(?:say|assert|claim|argue|suggest|pretend|maintain|imagine|insist)"
_HOPED = r"(?:hoped|promised|expected|predicted|wished|dreamt|dreamed|announced)"
_WRONGLY = r"(?:wrongly|falsely|mistakenly)"
_AFFIRMED = r"(?:because|for|to|in|by|as|since|from|on|at|with|so|partly|briefly|slightly|just)\b"
"""Behind "if only" what follows is a fact: "if only because wages rose", "if only for a while"."""
_STOPS = ".!?;:\n"


class _Construction(NamedTuple):
    """Words of which a text has to use one, and what to look for."""

    words: frozenset[str]
    pattern: re.Pattern[str]


def _construction(words: str, pattern: str) -> _Construction:
    """Return a construction; `words` may be a pattern too: all words in it count."""
    return _Construction(frozenset(re.findall("[a-z]+", words)), re.compile(pattern))


_AROUND = (
    # "who could claim that ...?"
    _construction(
        "who",
        r"\bwho (?:could|can|would)(?: [a-z]+ly)? (?:claim|say|believe|maintain|argue|think|suggest) that\b"
        r"(?P<claim>[^.;:!?]{20,200})\?",
    ),
    # "to say that ... would be inaccurate"
    _construction(
        _TO_SAY,
        rf"(?:(?<=[.;:!?,] )|(?<=\n)|\A)(?:yet |but |and )?to {_TO_SAY} that\b(?P<claim>[^.;:!?]{{10,200}}?)"
        rf" (?:is|was|would (?:[a-z]+ )?be) {HOW}(?:{WRONG}|to [a-z]+ one)\b",
    ),
    # "what of the boast that ...?", "can we believe that ...?"
    _construction(
        "what can",
        rf"\b(?:what (?:of|about) (?:the|this|that|his|her|their) (?:[a-z]+ )?{CLAIM} that"
        r"|can (?:we|one|you|anyone)"
        r" (?:[a-z]+ly )?(?:take seriously|believe|accept|maintain|claim|argue)(?: that| those who)?)\b"
        r"(?P<claim>[^.;:!?]{15,200})\?",
    ),
    # "had the land been rich, nobody would have left"
    _construction(
        "had",
        r"had (?:(?<=[.;:!?,] had )|(?<=\nhad )|(?<= (?:and|but|for) had )|(?<=\Ahad ))"
        r"(?P<claim>[^,.;:!?]{10,120}),(?=[^.;:!?]{0,160} (?:would|could|might) )",
    ),
    # "if only trade had grown"
    _construction("only", rf"\bif only (?!{_AFFIRMED}){_CLAIMED}"),
    # "it would have been better if trade had grown"; "even if" grants it
    _construction("if", r"\bwould have (?:been )?(?:[a-z]+ ){1,3}(?<! even )if (?P<claim>[^,.;:!?]{10,160})"),
    # "imagine a world in which trade grew"
    _construction("imagine", rf"\bimagine a (?:world|country|state|time) (?:in which|where|when) {_CLAIMED}"),
    # "if you believe that trade grew you will believe anything"
    _construction(
        "anything",
        rf"\b(?:if you|anyone who|whoever) (?:can )?believes? that {_SHORTEST},? (?:you )?"
        r"(?:will|would|can) (?:also )?believe anything",
    ),
    # "a common mistake is to think that trade grew"
    _construction(
        TALE,
        rf"\b{TALE} (?:[^.;:!?]{{0,40}} )?(?:is|was|would be) to"
        rf" (?:say|state|write|think|believe|claim|argue|suppose|imagine|assume|suggest) that {_CLAIMED}",
    ),
    # "he promised that trade would grow, but nothing came of it"
    _construction(
        _HOPED,
        rf"\b{_HOPED} (?:[a-z]+ ){{0,4}}that {_SHORTEST}[,;]? (?:but|yet|and|although|though|only)"
        r" (?:that |this |it )?(?:nothing (?:ever )?came of (?:it|this|that)|came to nothing"
        r"|never (?:happened|came about|came)\b|did not happen"
        r"|(?:their|his|her|these|all|such) (?:[a-z]+ )?(?:hopes?|promises?|dreams?)"
        r" (?:came to nothing|were dashed|were disappointed|were never kept|was never kept))",
    ),
)
"""What names its claim."""
_BEFORE = (
    # judged behind a colon or a comma, as in "trade grew: that is a myth"
    _construction(
        f"{LEGEND} untrue false true case",
        rf"[:;,] (?:and |but )?(?:that|this|which|it)(?:'s| is| was) {HOW}{_UNTRUE}\b(?! (?:that|to)\b)",
    ),
    # "trade grew, or so he claimed"
    _construction("so", rf"\bor so [^.;:!?,]{{2,40}} {_SAID}\b"),
    # "trade grew is what the textbooks wrongly say"
    _construction(_WRONGLY, rf"\bis what [^.;:!?]{{2,60}} {_WRONGLY} {_SAID}\b"),
)
"""What takes back all that stands before it in its sentence."""
_ALONE = re.compile(rf"(?:all )?(?:that|this|it)(?:'s| is| was) {HOW}{_UNTRUE}\s*[.!]?\Z")
"""A sentence that says of the one before it that it is not so, and nothing more."""
_QUOTED = re.compile(
    r"['\"](?:(?<=[.?!:;] .)|(?<=\n.)|(?<=^.))(?P<claim>[^\"\n]{20,200}?)['\"](?!\w)"
    r"(?:[,:;]? (?:no|not so|wrong|untrue|false|nonsense|hardly|far from it|on the contrary)\b"
    r"(?! doubt| wonder)"
    r"|,? (?:\w+ ){0,5}(?:wrote|said|claimed|thought|argued|insisted|boasted|declared|announced|say|claim),?"
    r" (?:whereas|but|yet|although)\b)"
)
"""A sentence in quotation marks that is answered at once: "'Nothing changed': no, ..."."""


def taken_back(essay: ParsedEssay) -> Iterator[tuple[int, int]]:
    """Yield token ranges of claims that are taken back; some may be found twice."""
    text = essay.folded.text
    for unit, following in pairwise(essay.units):
        if _ALONE.match(text[following.start : following.end]):
            yield unit.first, unit.last
    for pattern in (*_in_use(essay, _AROUND), _QUOTED):
        yield from (_tokens(essay, *found.span("claim")) for found in pattern.finditer(text))
    for pattern in _in_use(essay, _BEFORE):
        for found in pattern.finditer(text):
            begun = 1 + max(text.rfind(stop, 0, found.start()) for stop in _STOPS)
            yield _tokens(essay, begun, found.start())


def _in_use(essay: ParsedEssay, constructions: Iterable[_Construction]) -> Iterator[re.Pattern[str]]:
    return (pattern for words, pattern in constructions if not words.isdisjoint(essay.vocabulary))


def _tokens(essay: ParsedEssay, start: int, end: int) -> tuple[int, int]:
    return bisect_left(essay.tokens.starts, start), bisect_left(essay.tokens.starts, end)
