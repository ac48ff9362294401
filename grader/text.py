"""Fold any text into plain letters, one character at a time, without losing where each came from.

Students paste from word processors, phones and broken files. Matching wants plain lower-case
ASCII-like text; evidence wants spans of the original. So every folded character remembers the
offset of the character that it was made from. Linear in the length of the text; decodes nothing,
corrects no spelling, and leaves other scripts alone (they are recognised as such in `screening`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from grader.report import Span

_QUOTES = "‘’‚‛′‵´`ʼʹ＇"
_DOUBLE_QUOTES = "“”„‟″«»＂"
_DASHES = "‐‑‒–—―−﹘﹣－"
_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f"
)
_ONE_TO_ONE = str.maketrans(
    dict.fromkeys(_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
    | {"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "•": "*", "‣": "*", "▪": "*", "●": "*", "·": "*"}
)
_LOOK_ALIKES = dict(
    zip(
        "аАвВсСеЕнНіІјЈкКмМоОрРѕЅтТхХуУ" + "αΑβΒεΕηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧζΖ",
        "aAbBcCeEhHiIjJkKmMoOpPsStTxXyY" + "aAbBeEhHiIkKmMnNoOpPtTuYxXzZ",
        strict=True,
    )
)
_SPECIAL = {
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
    "đ": "d",
}
_MOJIBAKE = {
    "â€™": "'", "â€˜": "'", "â€œ": '"', "â€\x9d": '"', "â€“": "-", "â€”": "-", "â€¦": "...",
    "Ã©": "e", "Ã¨": "e", "Ã¼": "u", "Ã¶": "o", "Ã¤": "a", "Ã§": "c", "Â£": "GBP ", "Â ": " ",
}  # fmt: skip
_BROKEN = re.compile("|".join(map(re.escape, _MOJIBAKE)) + '|â€"')
_PLAIN = re.compile(r"[\n\r -~]*\Z")
_MARKUP = re.compile(
    r"<!--.{0,20000}?(?:-->|\Z)|<(script|style)\b[^>]{0,500}>.{0,20000}?</\1\s*>"
    r"|</?[a-zA-Z!][^<>]{0,500}>|(?<=\])\([^()\s]{1,500}(?:\([^()\s]{0,200}\))?\)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded, lower-case text and, for each of its characters, the offset in the original.

    `offsets` is None where nothing moved. `repaired` tells that broken encoding was mended,
    `masked` holds the markup (comments, tags, link targets) that was blanked out, in original offsets.
    """

    text: str
    length: int
    offsets: tuple[int, ...] | None
    repaired: bool
    masked: tuple[Span, ...]
    cased: str

    def span(self, start: int, end: int) -> Span:
        """Map folded characters `start` to `end` (exclusive) to a span of the original text."""
        if self.offsets is None:
            return Span(start, end)
        last = self.offsets[end] if end < len(self.offsets) else self.length
        first = self.offsets[start] if start < len(self.offsets) else self.length
        return Span(first, max(first, last))


def fold(text: str) -> FoldedText:
    """Fold a text: quotes, dashes, spaces, ligatures, wide and bold letters, accents, invisible marks."""
    plain, offsets, repaired = text.translate(_ONE_TO_ONE), None, False
    if not _PLAIN.match(plain):
        plain, offsets, repaired = _fold_each(plain)
    plain = plain.replace("\r\n", " \n").replace("\r", "\n")
    masked = [match.span() for match in _MARKUP.finditer(plain)] if "<" in plain or "](" in plain else []
    if masked:
        plain = _MARKUP.sub(lambda match: " " * (match.end() - match.start()), plain)
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a few capitals outside Latin grow when lowered
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    whole = FoldedText(lowered, len(text), offsets, repaired, (), plain)
    if not masked:
        return whole
    spans = tuple(whole.span(start, end) for start, end in masked)
    return FoldedText(lowered, len(text), offsets, repaired, spans, plain)


def _fold_each(text: str) -> tuple[str, tuple[int, ...], bool]:
    """Fold character by character; return the text, the offsets and whether encoding was mended."""
    latin = _mostly_latin(text)
    out: list[str] = []
    offsets: list[int] = []
    mended = {m.start(): m for m in _BROKEN.finditer(text)}
    position = 0
    while position < len(text):
        broken = mended.get(position)
        piece = _MOJIBAKE.get(broken.group(), "-") if broken else _fold_one(text[position], latin)
        out.append(piece)
        offsets.extend([position] * len(piece))
        position = broken.end() if broken else position + 1
    return "".join(out), tuple(offsets), bool(mended)


def _mostly_latin(text: str) -> bool:
    ascii_letters = sum(1 for c in text if c.isascii() and c.isalpha())
    return 2 * ascii_letters >= sum(1 for c in text if c.isalpha())


@cache
def _fold_one(char: str, latin: bool) -> str:
    """Return what one character stands for; look-alike letters only count inside Latin text."""
    if char.isascii():
        return char if char >= " " or char in "\n\r" else ""
    if latin and char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    if char in _SPECIAL:
        return _SPECIAL[char]
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Co", "Cs", "Cn"):
        return ""
    if "VULGAR" in unicodedata.name(char, ""):
        return " " + unicodedata.normalize("NFKD", char).replace("\u2044", "/")
    return _base_letters(char)


def _base_letters(char: str) -> str:
    decomposed = unicodedata.normalize("NFKD", char).translate(_ONE_TO_ONE)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return kept or char
