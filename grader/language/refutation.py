"""Which claims an essay only reports, to refute them.

Whoever writes "some say that trade fell; this is false" has not said that it fell: a claim that is put in
other people's mouths and then rejected counts as denied as a whole. Some words report a claim that is
likely to be refuted ("it is often claimed"), after which a hint will do ("in fact"); after others ("he said
that") it takes plain words. Questions that are answered by no count as well, and what is not so ("had trade
grown, ..."). Cue lists of general English in `grader.language.lexicon`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from grader.language.claim_words import CLAIM, FALSE, HOW, LEGEND, TALE, contracted
from grader.language.cue_search import cue_spans
from grader.language.essay import ParsedEssay, Unit
from grader.language.lexicon import cues
from grader.language.questions import SHORT_NO, Answer, questions

_NEAR = 80
"""Characters of the next sentence in which a refutation begins."""
_LAST_WORDS = 1
"""Words after which a cue at the end of a sentence reports what stands before it."""
_RIGHT = r"(?:so|true|right|correct|accurate|the case)"
_WRONG = (
    rf"(?:{FALSE}|inaccurate|unfounded|unfair|groundless|fiction|hollow|an? (?:[a-z]+ )?{TALE}"
    rf"|not {_RIGHT}|far from (?:the truth|true|it)"
    r"|(?:hard|difficult|impossible) to believe|no (?:better|truer)"
    rf"|(?:just|quite|every bit) as (?:{FALSE}|hollow))"
)
_JUDGED = re.compile(
    r"\b(?:is|are|was|were|would (?:[a-z]+ )?be|could (?:hardly|scarcely|not) be more)"
    r"(?:,? [a-z]+(?: [a-z]+)?,)? "
    rf"{HOW}(?:{_WRONG}|wishful|wide of the mark)\b"
    rf"|\b(?:is|are|was|were)n't {HOW}{_RIGHT}\b"
)
"""The claim itself is the subject: "the belief that ... is, of course, an error"."""
_OWNED_UP = re.compile(
    rf",? (?:(?:but|yet|and|though|although|however),? )?(?:they|he|she|we|you|i) (?:are|is|was|were) {HOW}"
    rf"(?:wrong|mistaken|in error|misled|deceived|misinformed|lying)\b"
    r"|,? (?:only to |but (?:it |this )?)?(?:turns?|turned|proves?|proved) (?:out )?(?:to be )?"
    rf"{HOW}(?:{FALSE})\b"
    rf"|, an? (?:[a-z]+ )?{CLAIM} (?:that|which) [^.;:!?]{{0,60}}"
    r"\b(?:disproved|disproven|refuted|discredited|debunked|exploded|overturned|abandoned|rejected)\b"
)
"""Who said it was wrong, or it is said to be: "some believed that ..., but they were mistaken"."""
_FINDINGS = r"(?:record|facts?|figures?|evidence|truth|reality|numbers?|notes|sources?|results?)"
_REPLY = re.compile(
    r"\s*(?:(?:and|but|yet|again|here|there),? )?(?:"
    rf"(?:it|that|he|she|they)'?(?:s|re) {HOW}{_WRONG}\b"
    r"|(?:not (?:really|at all|so|true|quite|in the least|a bit of it|a chance)|nope|no way|rubbish"
    r"|nonsense|wrong|untrue|false|hardly|as if|sorry,? (?:but )?no)(?:[,:;.!]|$)|no[,.!]"
    rf"|(?:it|this|that|they|he|she|both|these|those|(?:this|that|the|such an?) {CLAIM})"
    rf"(?:, (?:too|however|though|of course),)? {HOW}(?:"
    rf"(?:is|are|was|were) {HOW}{_WRONG}\b"
    rf"|(?:is|are|was|were)n't {HOW}{_RIGHT}\b"
    r"|(?:(?:does|do|did|will|would|could|can) not|cannot|can't|won't|(?:does|do|did|would|could)n't)"
    r" (?:hold|stand|do|work|survive|convince|follow|bear|add up|be (?:right|true))\b"
    r"|(?:fail|collapse|ignore|overlook|forget)s?\b"
    r"|(?:did|does|do) (?:nothing of the (?:sort|kind)|no such thing)\b)"
    rf"|(?:you|they|he|she|anyone|we) (?:would|will) be {HOW}(?:wrong|mistaken)\b"
    r"|i (?:do not|don.t|cannot|can.t|could not) (?:accept|believe|agree|share)\b"
    r"|i find (?:this|that|it) (?:hard|difficult|impossible) to (?:accept|believe)\b"
    rf"|the (?:[a-z]+ )?{_FINDINGS} (?:contradicts?|disproves?|refutes?|shows? (?:the opposite|otherwise)"
    r"|(?:is|are|was|were) (?:[a-z]+ )?(?:different|otherwise|the (?:opposite|reverse)))\b"
    r"|(?:it is |it was )?(?:(?:quite|just|exactly|rather) )?the (?:opposite|reverse|contrary)\b"
    r")(?! that\b)"
)
"""A sentence that rejects what the one before it reports: "That will not do", "The facts contradict this"."""
_TURN = re.compile(r"(?:, | )(?:but|yet|whereas|although|however|when in fact|while in fact)\b")
_WHO = re.compile(
    r"\bwho (?:could|can|would)(?: [a-z]+ly)? (?:claim|say|believe|maintain|argue|think|suggest) that\b"
    r"(?P<claim>[^.;:!?]{20,200})\?"
)
"""A question that answers itself: "who could claim that ...?" """
_TO_SAY = re.compile(
    r"(?:(?<=[.;:!?,] )|(?<=\n)|\A)(?:yet |but |and )?to"
    r" (?:say|assert|claim|argue|suggest|pretend|maintain|imagine|insist) that"
    rf"\b(?P<claim>[^.;:!?]{{10,200}}?) (?:is|was|would (?:[a-z]+ )?be) {HOW}(?:{_WRONG}|to [a-z]+ one)\b"
)
"""A claim whose making is judged: "to say that ... would be inaccurate"."""
_TAKEN_UP = re.compile(
    rf"\b(?:what (?:of|about) (?:the|this|that|his|her|their) (?:[a-z]+ )?{CLAIM} that"
    r"|can (?:we|one|you|anyone)"
    r" (?:[a-z]+ly )?(?:take seriously|believe|accept|maintain|claim|argue)(?: that| those who)?)\b"
    r"(?P<claim>[^.;:!?]{15,200})\?"
)
"""A question that takes up a claim: "what of the boast that ...?", "can we believe that ...?" """
_UNREAL = re.compile(
    r"had (?:(?<=[.;:!?,] had )|(?<=\nhad )|(?<= (?:and|but|for) had )|(?<=\Ahad ))"
    r"(?P<claim>[^,.;:!?]{10,120}),(?=[^.;:!?]{0,160} (?:would|could|might) )"
)
"""What is not so: "had the land been rich, nobody would have left"."""
_UNTRUE = rf"(?:untrue|false|not (?:true|so|the case)|an? (?:[a-z]+ )?{LEGEND})"
_SAYING = r"(?:say|said|claim|claimed|believe|believed|think|thought|pretend|pretended|maintain|maintained)s?"
_IMAGINED = re.compile(
    r"\bimagine a (?:world|country|state|time) (?:in which|where|when) (?P<claim>[^.;:!?]{10,160})"
)
_CREDULOUS = re.compile(
    r"\b(?:if you|anyone who|whoever) (?:can )?believes? that (?P<claim>[^.;:!?]{10,160}?),? (?:you )?"
    r"(?:will|would|can) (?:also )?believe anything"
)
"""What only the credulous believe."""
_ERROR_TO_SAY = re.compile(
    rf"\b{TALE} (?:[^.;:!?]{{0,40}} )?(?:is|was|would be) to"
    r" (?:say|state|write|think|believe|claim|argue|suppose|imagine|assume|suggest) that"
    r" (?P<claim>[^.;:!?]{10,160})"
)
"""What it is an error to say: "a common mistake is to think that ..."."""
_TAKING_BACK = (
    (
        frozenset(re.findall("[a-z]{3,}", f"{LEGEND} untrue false true case")),
        re.compile(
            rf"[:;,] (?:and |but )?(?:that|this|which|it)(?:'s| is| was) {HOW}{_UNTRUE}\b(?! (?:that|to)\b)"
        ),
    ),
    (frozenset(("so",)), re.compile(rf"\bor so [^.;:!?,]{{2,40}} {_SAYING}\b")),
    (
        frozenset(("wrongly", "falsely", "mistakenly")),
        re.compile(rf"\bis what [^.;:!?]{{2,60}} (?:wrongly|falsely|mistakenly) {_SAYING}\b"),
    ),
)
"""What takes back all that stands before it in its sentence, each with words of which a text has to use one:
"trade grew: that is a myth", "trade grew, or so he claimed"."""
_STOPS = ".!?;:\n"
_ALONE = re.compile(rf"(?:all )?(?:that|this|it)(?:'s| is| was) {HOW}{_UNTRUE}\s*[.!]?\Z")
"""A sentence that says of the one before it that it is not so, and nothing more."""
_WISHED = re.compile(r"\bif only (?P<claim>[^.;:!?]{10,160})")
_OTHERWISE = re.compile(r"\bwould have (?:been )?(?:[a-z]+ ){1,3}if (?P<claim>[^,.;:!?]{10,160})")
"""What is not so: "if only trade had grown", "it would have been better if trade had grown"."""
_CAME_TO_NOTHING = re.compile(
    r"\b(?:hoped|promised|expected|predicted|wished|dreamt|dreamed|announced) (?:[a-z]+ ){0,4}that"
    r" (?P<claim>[^.;:!?]{10,160}?)[,;]? (?:but|yet|and|although|though|only) (?:that |this |it )?"
    r"(?:nothing (?:ever )?came of (?:it|this|that)|came to nothing|never (?:happened|came about|came)\b"
    r"|did not happen|(?:their|his|her|these|all|such) (?:[a-z]+ )?(?:hopes?|promises?|dreams?)"
    r" (?:came to nothing|were dashed|were disappointed|were never kept|was never kept))"
)
"""What was hoped or promised and did not come about."""
_QUOTED = re.compile(
    r"['\"](?:(?<=[.?!:;] .)|(?<=\n.)|(?<=^.))(?P<claim>[^\"\n]{20,200}?)['\"](?!\w)"
    r"(?:[,:;]? (?:no|not so|wrong|untrue|false|nonsense|hardly|far from it|on the contrary)\b"
    r"(?! doubt| wonder)"
    r"|,? (?:\w+ ){0,5}(?:wrote|said|claimed|thought|argued|insisted|boasted|declared|announced|say|claim),?"
    r" (?:whereas|but|yet|although)\b)"
)
"""A sentence in quotation marks that is answered at once: "'Nothing changed': no, ..."."""


_SAYINGS = frozenset(
    ("say", "assert", "claim", "argue", "suggest", "pretend", "maintain", "imagine", "insist")
)
_HOPES = frozenset(("hoped", "promised", "expected", "predicted", "wished", "dreamt", "dreamed", "announced"))
_PATTERNS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset(("who",)), _WHO),
    (_SAYINGS, _TO_SAY),
    (frozenset(("what", "can")), _TAKEN_UP),
    (frozenset(("had",)), _UNREAL),
    (frozenset(("only",)), _WISHED),
    (frozenset(("imagine",)), _IMAGINED),
    (frozenset(("anything",)), _CREDULOUS),
    (frozenset(re.findall("[a-z]{3,}", TALE)), _ERROR_TO_SAY),
    (frozenset(("if",)), _OTHERWISE),
    (_HOPES, _CAME_TO_NOTHING),
)
"""Each with words of which a text has to use one."""


def refuted_ranges(essay: ParsedEssay) -> list[tuple[int, int]]:
    """Return token ranges of claims that the essay reports and then refutes."""
    text = essay.folded.text
    doubted = cue_spans("claim-cues", text, essay.vocabulary)
    reported = cue_spans("report-cues", text, essay.vocabulary)
    found = []
    for number, unit in enumerate(essay.units if doubted or reported else ()):
        following = essay.units[number + 1] if number + 1 < len(essay.units) else None
        for cues_there, plainly in ((doubted, False), (reported, True)):
            claim = _refuted_in(essay, unit, following, _first_in(unit, cues_there), plainly=plainly)
            if claim:
                found.append(claim)
                break
    found += [claim for claim in _denied_after(essay) if not _overlaps(claim, found)]
    asked = [(unit.first, unit.last) for unit, answer in questions(essay) if answer is Answer.NO]
    found += [claim for claim in asked if not _overlaps(claim, found)]
    for words, pattern in _PATTERNS:
        if not words.isdisjoint(essay.vocabulary):
            found += [claim for claim in _claims(pattern, essay) if not _overlaps(claim, found)]
    for more in (_claims(_QUOTED, essay), _taken_back(essay)):
        found += [claim for claim in more if not _overlaps(claim, found)]
    return found


def _denied_after(essay: ParsedEssay) -> Iterator[tuple[int, int]]:
    """Yield sentences of which the next one says that they are not so: "Trade grew. That is a myth." """
    text = essay.folded.text
    for unit, following in pairwise(essay.units):
        if _ALONE.match(text[following.start : following.end]):
            yield unit.first, unit.last


def _taken_back(essay: ParsedEssay) -> Iterator[tuple[int, int]]:
    text, starts = essay.folded.text, essay.tokens.starts
    for words, pattern in _TAKING_BACK:
        if words.isdisjoint(essay.vocabulary):
            continue
        for found in pattern.finditer(text):
            begun = 1 + max(text.rfind(stop, 0, found.start()) for stop in _STOPS)
            first, last = (bisect_left(starts, place) for place in (begun, found.start()))
            if first < last:
                yield first, last


def _overlaps(claim: tuple[int, int], found: Sequence[tuple[int, int]]) -> bool:
    """Tell whether part of a claim has been found already: denied twice, it would count as stated."""
    return any(claim[0] < last and first < claim[1] for first, last in found)


def _claims(pattern: re.Pattern[str], essay: ParsedEssay) -> Iterator[tuple[int, int]]:
    starts = essay.tokens.starts
    for found in pattern.finditer(essay.folded.text):
        first, last = (bisect_left(starts, place) for place in found.span("claim"))
        yield first, last


def _first_in(unit: Unit, cues_there: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    return next(((start, end) for start, end in cues_there if unit.start <= start < unit.end), None)


def _refuted_in(
    essay: ParsedEssay, unit: Unit, following: Unit | None, cue: tuple[int, int] | None, *, plainly: bool
) -> tuple[int, int] | None:
    """Return the tokens of a unit's refuted claim; `plainly` asks for plain words against it."""
    if cue is None:
        return None
    text, (start, end) = essay.folded.text, cue
    if len(text[end : unit.end].split()) <= _LAST_WORDS:
        refuted = following is not None and _refutes(text, following, plainly=True)
        return (unit.first, _token_at(essay, unit, start)) if refuted else None
    until = _refuted_until(text, unit, end, following, plainly=plainly)
    first = _token_at(essay, unit, end)
    last = _token_at(essay, unit, until)
    return (first, last) if until and first < last else None


def _refuted_until(text: str, unit: Unit, after: int, following: Unit | None, *, plainly: bool) -> int:
    """Return where the refuted claim ends, or 0 where nothing refutes it."""
    own = _refutation(plainly).search(text, after, unit.end)
    own = own or _OWNED_UP.search(text, after, unit.end)
    if not plainly:
        own = _TURN.search(text, after, unit.end) or own or _JUDGED.search(text, after, unit.end)
    if own:
        return own.start()
    return unit.end if following and _refutes(text, following, plainly=plainly) else 0


def _refutes(text: str, unit: Unit, *, plainly: bool) -> bool:
    """Tell whether a sentence begins by refuting what was said before it."""
    near = min(unit.end, unit.start + _NEAR)
    replies = (pattern.match(text, unit.start, near) for pattern in (SHORT_NO, _REPLY))
    return any(replies) or bool(_refutation(plainly).search(text, unit.start, near))


@cache
def _refutation(plainly: bool) -> re.Pattern[str]:
    """Return what refutes; "it is not the case that ..." opens a denial of what comes after it."""
    known = (*cues("plain-refutations"), *(() if plainly else cues("refutations")))
    longest_first = sorted({form for cue in known for form in contracted(cue)}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b(?! that\b)")


def _token_at(essay: ParsedEssay, unit: Unit, position: int) -> int:
    at = unit.first
    while at < unit.last and essay.tokens.starts[at] < position:
        at += 1
    return at
