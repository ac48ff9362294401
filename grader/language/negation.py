"""Which words of an essay are denied.

Negation runs from its cue to the end of the clause. A claim that is reported to be refuted (`refutation`)
counts as denied as a whole. Both toggle, so that two denials cancel out. Cue lists of general English in
`grader.language.lexicon`; the scope rule follows NegEx (Chapman and others, 2001).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import compress, count

from grader.language.claim_words import CLAIM, FALSE, HOW, TALE
from grader.language.cue_search import cue_spans, words_in
from grader.language.essay import ParsedEssay
from grader.language.lexicon import cues
from grader.language.tokens import Tokens

_SCOPE_TOKENS = 12
_SENTENCE_END = re.compile(r"[;.!?]")
_CLAUSE_END = re.compile(r"[;:.!?()\"]| - ")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(cues(name))


_CLAIMED = (
    r"(?:believe|accept|think|say|claim|maintain|argue|suggest|conclude|suppose|imagine|pretend|assume|hold)"
)
_UNTRUE = rf"(?:{FALSE}|naive|foolish|misleading|wishful|silly|idle|pointless)"
_RIGHT = r"(?:the case|true|right|correct|accurate|so)"
_ASIDE = r"(?:, [^,.;:!?]{1,40},)?"
_SO = rf"(?: to [a-z]+)?(?: (?:the|his|her|their|any) (?:[a-z]+ )?{CLAIM})?{_ASIDE}"
_FRAME = re.compile(
    rf"\b(?:(?:it|this|that)(?:'s| is| was| would be| cannot be| can't be){_ASIDE} {HOW}"
    rf"(?:not {_RIGHT}|{_UNTRUE}|an? (?:[a-z]+ )?{TALE})(?:, [a-z]+,)?{_SO} that\b"
    rf"|(?:it|this|that) (?:is|was)n't {HOW}{_RIGHT}{_SO} that\b"
    r"|it (?:never happened|did not happen|didn't happen|never came about) that\b"
    rf"|it would (?:[a-z]+,? )?be {HOW}(?:{_UNTRUE}|an? (?:[a-z]+ )?{TALE}){_SO} that\b"
    rf"|there is (?:[a-z]+, )?the (?:{TALE}|tale) that\b"
    rf"|there is no truth in (?:the|his|her|their) {CLAIM} that\b"
    r"|(?:nor|neither|still less|much less) (?:is|was|would) (?:it|he|she) (?:be )?"
    rf"(?:true|right|correct|fair){_SO} that\b"
    r"|(?:nor|neither) (?:can|could|should|must|would) (?:we|one|you|i|anyone|anybody)"
    rf"(?: [a-z]+ly)? {_CLAIMED} that\b"
    r"|(?:nor|neither|at no (?:point|time|stage)) (?:can|could|should|must) it(?: [a-z]+ly)? be"
    r" (?:said|claimed|maintained|argued|believed) that\b"
    r"|(?:it (?:is|was) )?far from (?:it |this |being )*(?:true|so|the case|right)(?: to say)? that\b"
    rf"|(?:equally |just as |also |quite as )?{_UNTRUE} (?:is|was) the {CLAIM} that\b"
    r"|(?:least|hardly more|no more) (?:convincing|plausible|credible)(?: [a-z]+){0,2}"
    rf" (?:is|was) the {CLAIM} that\b"
    r"|it (?:is|was) no (?:use|good) [a-z]+ing(?:, [a-z]+,)? that\b"
    rf"|(?:no one|nobody) (?:can|could|would)(?: [a-z]+ly)? {_CLAIMED} that\b"
    rf"|(?:no one|nobody) (?:who|with) [^.;:!?]{{1,90}} (?:can|could|would)(?: [a-z]+ly)? {_CLAIMED} that\b"
    rf"|(?:we|one|you|i) (?:cannot|can't|do not|don't)(?: [a-z]+ly)? {_CLAIMED}"
    rf"(?: (?:the|his|her|their|any) (?:[a-z]+ )?{CLAIM})? that\b)"
)
_UNREAL = re.compile(
    r"\b(?:without|but for|had it not been for|if it were not for|if so(?=,)|if [^.;:!?]{1,60} had)\b"
    r"[^.;:!?]{0,160}\b(?:would|could|might)\b(?: have| be| been)?(?: not|n't| never)?"
)
"""What would be so in a world that is not: "without rain nothing would grow" denies neither."""
_UNREAL_OPENINGS = ("without", "but for", "not been for", "were not for", "if ")
_FRAME_END = frozenset(
    ("but", "yet", "however", "although", "though", "whereas", "because", "since", "instead")
)
_WHOLE_SENTENCE = 10_000
_CORRECTING = frozenset(("it", "he", "she", "they", "this", "these", "fact", "truth", "reality", "actually"))
_AT_ONCE = 4
"""Words that take up a denied claim soon after a colon, to put it right; else the colon belongs to it."""
_OF_NOBODY = frozenset(("who", "which", "whose"))
"""Words that tell of whom nobody did it: "nobody who saw it believed it" denies both."""


_EXCEPTIONS = frozenset(("without", "unless", "until", "except"))
_PLAIN = frozenset(("not", "never", "cannot", "nobody", "nothing", "none"))
_JOINED = frozenset(("and", "or", "nor"))
_ANSWERS = frozenset(("no", "hardly"))
_PAUSES, _OPENINGS = ",:", ".:;?!'\""
"""What stands behind a word that is an answer, and what before it, where anything does."""


@dataclass(frozen=True, slots=True)
class _Cues:
    """Where a text denies: ends of denying phrases and of those that deny the whole sentence after them,
    and the places of negations that deny nothing.
    """

    ends: frozenset[int]
    frames: frozenset[int]
    spared: frozenset[int]

    @classmethod
    def of(cls, text: str, tokens: Tokens, words: Set[str]) -> _Cues:
        ends = frozenset(end for _, end in cue_spans("negators", text, words, longer=True))
        frames = list(_frames(text, tokens))
        unreal = _UNREAL.finditer(text) if any(opening in text for opening in _UNREAL_OPENINGS) else ()
        idle = [*cue_spans("no-denials", text, words), *(found.span() for found in unreal), *frames]
        spared = frozenset(at for span in idle for at in range(*span))
        return cls(ends, frozenset(end for _, end in frames), spared)

    def places(self, tokens: Tokens) -> list[int]:
        """Return the tokens that may begin a denial, in order."""
        places = list(compress(count(), tokens.negates))
        ends = self.ends | self.frames
        if ends:
            places = sorted({*places, *(at for at, end in enumerate(tokens.ends) if end in ends)})
        return places


def _frames(text: str, tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield the phrases that deny the whole sentence after them; only a few words begin one."""
    end = 0
    for start in compress(tokens.starts, map(_words("frame-openings").__contains__, tokens.words)):
        if start >= end:
            frame = _FRAME.match(text, start)
            if frame:
                end = frame.end()
                yield start, end


def denied_in(text: str, tokens: Tokens) -> list[bool]:
    """Tell for each token whether the words around it deny it; `text` is the folded text."""
    found = _Cues.of(text, tokens, words_in(text))
    denied = [False] * len(tokens)
    for first in found.places(tokens)[:1]:
        denied[first:] = _scope(text, tokens, found, range(first, len(tokens)), led=_is_led(tokens, 0))
    return denied


def _is_led(tokens: Tokens, first: int) -> bool:
    """Tell whether a subordinate clause opens a sentence."""
    return tokens.words[first] in _words("subordinators")


def _scope(text: str, tokens: Tokens, found: _Cues, places: range, *, led: bool) -> list[bool]:
    """Tell for each of some tokens whether it is denied; nothing before them denies anything."""
    denied: list[bool] = []
    starts, ends, negates = tokens.starts, tokens.ends, tokens.negates
    left, sign, cue = 0, False, 0
    for at in places:
        if left:
            if _breaks(text, tokens, at, framed=left > _SCOPE_TOKENS, led=led):
                left, sign = 0, False
            else:
                left -= 1
        denied.append(sign)
        end = ends[at]
        if end in found.frames:
            sign, left = True, _WHOLE_SENTENCE
        elif starts[at] not in found.spared and (
            (negates[at] and not _answers(text, tokens, at)) or end in found.ends
        ):
            if left > _SCOPE_TOKENS:
                sign = False
            elif not (left and tokens.words[at] == "nor"):  # which goes on with what "neither" began
                again = sign and not _is_one(text, tokens, cue, at)
                denied[-1] &= not again
                sign = again or not (sign and left)
            left, cue = max(left, _SCOPE_TOKENS), at
        elif not left:
            sign = False
    _take_back(tokens.words[places.start : places.stop], denied)
    return denied


def _is_one(text: str, tokens: Tokens, first: int, second: int) -> bool:
    """Tell whether two cues make one denial, which they cancel out, and not two: "no bread and no salt"."""
    if not _JOINED.isdisjoint(tokens.words[first + 1 : second + 1]):
        return False
    return "," not in text[tokens.ends[first] : tokens.starts[second]] or tokens.words[second] in _EXCEPTIONS


def _take_back(words: Sequence[str], denied: list[bool]) -> None:
    """Take back what a denial says up to its exception: "never went out without a hat", "not until 1961"."""
    for at in compress(count(), map(_EXCEPTIONS.__contains__, words)):
        first = at
        while first and denied[first - 1] and words[first - 1] not in _JOINED:
            first -= 1
        if first and _is_plain(words[first - 1]):
            denied[first : at + 1] = [False] * (at + 1 - first)


def _is_plain(word: str) -> bool:
    return word in _PLAIN or word.endswith("n't") or word in _words("bare-negations")


def _answers(text: str, tokens: Tokens, at: int) -> bool:
    """Tell whether a word answers what stands before it, and denies nothing else: "No, he was sacked"."""
    start, end = tokens.starts[at], tokens.ends[at]
    before = text[max(0, start - 3) : start].rstrip()
    return tokens.words[at] in _ANSWERS and text[end : end + 1] in _PAUSES and before[-1:] in _OPENINGS


def _breaks(text: str, tokens: Tokens, at: int, *, framed: bool, led: bool) -> bool:
    """Tell whether a denial ends before a token; `led` where a subordinate clause opens the sentence."""
    between, word = text[tokens.ends[at - 1] : tokens.starts[at]], tokens.words[at]
    if framed:
        corrects = ":" in between and not _CORRECTING.isdisjoint(tokens.words[at : at + _AT_ONCE])
        return word in _FRAME_END or corrects or bool(_SENTENCE_END.search(between))
    if between != " " and _CLAUSE_END.search(between):
        return True
    if word in _words("clause-breakers"):
        return not (tokens.negates[at - 1] and word in _OF_NOBODY)
    return "," in between and (led or word in _words("clause-subjects"))


def denials(essay: ParsedEssay, refuted: Iterable[tuple[int, int]]) -> tuple[list[bool], frozenset[int]]:
    """Tell for each token of an essay whether it is denied: negated, or reported and then refuted.

    `refuted` are the ranges that `refutation` finds in the essay. Also returns where phrases end
    that deny what follows in their sentence ("it is untrue that ..."), as places of the folded text.
    """
    flags = [False] * len(essay.tokens)
    text = essay.folded.text
    found = _Cues.of(text, essay.tokens, essay.vocabulary)
    places = found.places(essay.tokens)
    for unit in essay.units:
        first = bisect_left(places, unit.first)
        if first < len(places) and places[first] < unit.last:
            own = range(places[first], unit.last)
            led = _is_led(essay.tokens, unit.first)
            flags[own.start : own.stop] = _scope(text, essay.tokens, found, own, led=led)
    for first, last in refuted:
        for at in range(first, last):
            flags[at] = not flags[at]
    return flags, found.frames
