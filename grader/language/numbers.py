"""Read figures, dates and shares from a run of words: "two-thirds", "2/3" and "67 %" are one thing.

A figure becomes a canonical value with a kind. Knows English number words, digits with separators,
ordinals, roman ordinals, fractions, percentages, ratios ("five people in every thousand"), years,
two-figure years after a month or an apostrophe, and decades. Units are left to the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from grader.language.lexicon import cues

FIGURE_MARK = "#"
"""What the terms of figures begin with, and those of words do not."""


class NumberKind(StrEnum):
    """What a figure counts."""

    YEAR = "y"
    DECADE = "d"
    SHARE = "r"
    ORDINAL = "o"
    COUNT = "n"


class Number(NamedTuple):
    """A figure, its kind, and the index of the token after its last."""

    kind: NumberKind
    value: float
    end: int

    @property
    def term(self) -> str:
        """Canonical term of the figure, unlike any word."""
        value = f"{self.value:g}" if self.kind is not NumberKind.YEAR else f"{int(self.value)}"
        return FIGURE_MARK + self.kind + value


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_ONES.split())}
_UNITS |= {word: 10 * (value + 2) for value, word in enumerate(_TENS.split())}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "m": 1_000_000}
_FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10, "hundredth": 100,
}  # fmt: skip
_ORDINAL_WORDS = (
    "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: value + 4 for value, word in enumerate(_ORDINAL_WORDS.split())}
_ORDINALS |= {f"{ten[:-1]}ieth": 10 * (i + 2) for i, ten in enumerate(_TENS.split())}
_LOW_ORDINALS = {"first": 1, "second": 2, "third": 3, **_ORDINALS}
_DECADES = {f"{ten[:-1]}ies": 10 * (i + 2) for i, ten in enumerate(_TENS.split())}
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?\Z")
_SHORT_SCALE = re.compile(r"(\d{1,12}(?:\.\d+)?)(k|m|mn|bn)\Z")
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
_ORDINAL_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)\Z")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})\Z")
_STARTERS = (
    frozenset(_UNITS)
    | frozenset(_FRACTIONS)
    | frozenset(_ORDINALS)
    | frozenset(_DECADES)
    | {"hundred", "thousand", "million", "dozen"}
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def may_start_number(word: str) -> bool:
    """Tell cheaply whether a figure can begin with this token."""
    return word[0].isdigit() or word in _STARTERS


def read_number(words: Sequence[str], at: int) -> Number | None:
    """Read the longest figure that begins at token `at`; None where there is none."""
    word = words[at]
    if _is_plain_year(words, at):
        return Number(NumberKind.YEAR, float(word), at + 1)
    special = _decade(word, at) or _slash(word, at) or _ordinal(words, at) or _simple_fraction(words, at)
    if special:
        return special
    found = _cardinal(words, at)
    if not found:
        return None
    value, end, raw_year = found
    if raw_year and value not in (1000, 2000):
        return Number(NumberKind.YEAR, value, end)
    shaped = _share(words, value, end) or _short_year(words, at, value, end)
    if shaped or (words[at] == "one" and end == at + 1):
        return shaped
    return Number(NumberKind.COUNT, value, end)


def _is_plain_year(words: Sequence[str], at: int) -> bool:
    """Tell whether a word is a year and nothing else: of the figures in essays, most are."""
    word = words[at]
    if len(word) != 4 or not word.isdecimal() or not ("1000" < word < "2100") or word == "2000":
        return False
    return at + 1 == len(words) or words[at + 1] not in _SCALES


def read_roman(cased: str, at: int) -> Number | None:
    """Read a roman ordinal of two capitals or more ("XXII"); None where it is not one."""
    if len(cased) < 2 or not _ROMAN.match(cased):
        return None
    values = [_ROMAN_VALUES[letter] for letter in cased]
    total = sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))
    return Number(NumberKind.ORDINAL, total, at + 1)


def _decade(word: str, at: int) -> Number | None:
    if word in _DECADES:
        return Number(NumberKind.DECADE, 1900 + _DECADES[word], at + 1)
    digits = word.rstrip("s").rstrip("'")
    if (
        word.endswith("s")
        and digits.isascii()
        and digits.isdigit()
        and len(digits) in (2, 4)
        and digits.endswith("0")
    ):
        return Number(NumberKind.DECADE, int(digits) + (1900 if len(digits) == 2 else 0), at + 1)
    return None


def _slash(word: str, at: int) -> Number | None:
    top, slash, bottom = word.partition("/")
    if not slash or not (_DIGITS.match(top) and _DIGITS.match(bottom)):
        return None
    above, below = float(top.replace(",", "")), float(bottom.replace(",", ""))
    if 0 < above < below:
        return Number(NumberKind.SHARE, _rounded(above / below), at + 1)
    return Number(NumberKind.YEAR, above, at + 1) if 1000 < above < 2100 else None


def _ordinal(words: Sequence[str], at: int) -> Number | None:
    word = words[at]
    digits = _ORDINAL_DIGITS.match(word)
    if digits:
        return Number(NumberKind.ORDINAL, min(int(digits.group(1)), 10**9), at + 1)
    following = words[at + 1] if at + 1 < len(words) else ""
    if _UNITS.get(word, 0) >= 20 and 0 < _LOW_ORDINALS.get(following, 0) < 10:
        plural_share = following in _FRACTIONS and at + 2 < len(words) and words[at + 2] == "of"
        return (
            None
            if plural_share
            else Number(NumberKind.ORDINAL, _UNITS[word] + _LOW_ORDINALS[following], at + 2)
        )
    if word in _ORDINALS and not (word in _FRACTIONS and _is_share_word(words, at)):
        return Number(NumberKind.ORDINAL, _ORDINALS[word], at + 1)
    return None


def _is_share_word(words: Sequence[str], at: int) -> bool:
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    return before in ("a", "one", "every") or after == "of"


def _simple_fraction(words: Sequence[str], at: int) -> Number | None:
    word = words[at]
    if word not in _FRACTIONS:
        return None
    if word in ("half", "quarter") or _is_share_word(words, at):
        return Number(NumberKind.SHARE, _rounded(1 / _FRACTIONS[word]), at + 1)
    return None


def _cardinal(words: Sequence[str], at: int) -> tuple[float, int, bool] | None:
    """Read a whole number: its value, the next token, and whether it is written like a year."""
    word = words[at]
    short = _SHORT_SCALE.match(word)
    if short:
        return float(short.group(1)) * _SHORT_SCALES[short.group(2)], at + 1, False
    if _DIGITS.match(word):
        value = min(float(word.replace(",", "")), 1e15)
        like_year = len(word) == 4 and 1000 <= value < 2100
        return _scaled(words, value, at + 1, like_year)
    if word not in _UNITS and word not in _SCALES:
        return None
    year = _spoken_year(words, at)
    return year or _spelled(words, at)


def _scaled(words: Sequence[str], value: float, end: int, like_year: bool) -> tuple[float, int, bool]:
    while end < len(words) and words[end] in _SCALES:
        value, end, like_year = value * _SCALES[words[end]], end + 1, False
    return value, end, like_year


def _spoken_year(words: Sequence[str], at: int) -> tuple[float, int, bool] | None:
    """Read "nineteen fifty-six"."""
    century = _UNITS.get(words[at], 0)
    tens = _UNITS.get(words[at + 1], 0) if at + 1 < len(words) else 0
    if not (13 <= century <= 20 and tens >= 10):
        return None
    ones = _UNITS.get(words[at + 2], 0) if tens >= 20 and at + 2 < len(words) else 0
    has_ones = 0 < ones < 10
    return 100 * century + tens + (ones if has_ones else 0), at + 2 + has_ones, True


def _spelled(words: Sequence[str], at: int) -> tuple[float, int, bool]:
    total = part = 0.0
    end = at
    while end < len(words):
        word = words[end]
        if word in _UNITS:
            if part % 10 and part % 100 < 20:
                break
            part += _UNITS[word]
        elif word in _SCALES and word != "m":
            part = max(part, 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, part = total + part, 0.0
        elif not (
            word == "and"
            and end > at
            and words[end - 1] in _SCALES
            and end + 1 < len(words)
            and words[end + 1] in _UNITS
        ):
            break
        end += 1
    return total + part, end, False


def _share(words: Sequence[str], value: float, end: int) -> Number | None:
    """Read what turns a count into a share: per cent, thirds, "in every thousand"."""
    following = words[end] if end < len(words) else ""
    if following in ("%", "percent", "pc") or (
        following == "per" and words[end + 1 : end + 2] in (["cent"], ("cent",))
    ):
        return Number(NumberKind.SHARE, _rounded(value / 100), end + 1 + (following == "per"))
    if following in _FRACTIONS and 0 < value < _FRACTIONS[following]:
        return Number(NumberKind.SHARE, _rounded(value / _FRACTIONS[following]), end + 1)
    for gap in range(3):
        ratio = _ratio(words, value, end + gap)
        if ratio:
            return ratio
    return None


def _ratio(words: Sequence[str], value: float, at: int) -> Number | None:
    """Read "in 1,000", "out of every two" or "per thousand" after a count."""
    if at >= len(words) or words[at] not in ("in", "out", "per", "to"):
        return None
    after = at + 1
    while after < len(words) and words[after] in ("of", "every", "each", "a", "the"):
        after += 1
    whole = _cardinal(words, after) if after < len(words) else None
    if not whole or whole[0] <= value or value <= 0 or (whole[2] and whole[0] % 1000):
        return None
    if words[at] == "to" and after == at + 1:
        return None
    return Number(NumberKind.SHARE, _rounded(value / whole[0]), whole[1])


def _short_year(words: Sequence[str], at: int, value: float, end: int) -> Number | None:
    """Read "'56", "Oct 57" or "1950-56" as a year of the twentieth century or of the range's."""
    raw, before = words[at], words[at - 1] if at else ""
    if len(raw) != 2 or not raw.isdigit() or end != at + 1:
        return None
    if before in cues("months") or (len(before) == 4 and before.isdigit() and int(before[2:]) < value):
        century = int(before[:2]) * 100 if before.isdigit() else 1900
        return Number(NumberKind.YEAR, century + value, end)
    return None


def _rounded(share: float) -> float:
    return round(share, 4)
