"""Which claims an essay only reports, to refute them.

Whoever writes "some say that trade fell; this is false" has not said that it fell: a claim that is put in
other people's mouths and then rejected counts as denied as a whole. Some words report a claim that is
likely to be refuted ("it is often claimed"), after which a hint will do ("in fact"); after others ("he said
that") it takes plain words. Questions that are answered by no count as well, and what a text takes back
(`taken_back`). Cue lists of general English in `grader.language.lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from grader.language.claim_words import CLAIM, FALSE, HOW, RIGHT, WRONG, contracted
from grader.language.cue_search import cue_spans
from grader.language.essay import ParsedEssay, Unit
from grader.language.lexicon import cues
from grader.language.questions import SHORT_NO, Answer, questions
from grader.language.taken_back import taken_back

_NEAR = 80
"""Characters of the next sentence in which a refutation begins."""
_LAST_WORDS = 1
"""Words after which a cue at the end of a sentence reports what stands before it."""
_JUDGED = re.compile(
    r"\b(?:is|are|was|were|would (?:[a-z]+ )?be|could (?:hardly|scarcely|not) be more)"
    r"(?:,? [a-z]+(?: [a-z]+)?,)? "
    rf"{HOW}(?:{WRONG}|wishful|wide of the mark)\b"
    rf"|\b(?:is|are|was|were)n't {HOW}{RIGHT}\b"
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
    rf"(?:it|that|he|she|they)'?(?:s|re) {HOW}{WRONG}\b"
    r"|(?:not (?:really|at all|so|true|quite|in the least|a bit of it|a chance)|nope|no way|rubbish"
    r"|nonsense|wrong|untrue|false|hardly|as if|sorry,? (?:but )?no)(?:[,:;.!]|$)|no[,.!]"
    rf"|(?:it|this|that|they|he|she|both|these|those|(?:this|that|the|such an?) {CLAIM})"
    rf"(?:, (?:too|however|though|of course),)? {HOW}(?:"
    rf"(?:is|are|was|were) {HOW}{WRONG}\b"
    rf"|(?:is|are|was|were)n't {HOW}{RIGHT}\b"
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
    asked = [(unit.first, unit.last) for unit, answer in questions(essay) if answer is Answer.NO]
    for first, last in (*taken_back(essay), *asked):
        if first < last and not _overlaps((first, last), found):
            found.append((first, last))
    return found


def _overlaps(claim: tuple[int, int], found: Sequence[tuple[int, int]]) -> bool:
    """Tell whether part of a claim has been found already: denied twice, it would count as stated."""
    return any(claim[0] < last and first < claim[1] for first, last in found)


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
