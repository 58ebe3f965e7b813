"""Numbers in Chinese and English text, in one normal form: 1.33万亿 and 1.33 trillion are the same quantity."""

import re
from dataclasses import dataclass
from functools import lru_cache

from gbaqa.language.script import clean, to_simplified
from gbaqa.language.segment import Span

_CHINESE_SCALE = {"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "百": 1e2}
_ENGLISH_SCALE = {"trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3, "bn": 1e9, "mn": 1e6, "k": 1e3}
_PATTERN = re.compile(
    r"(?P<sign>(?<![\w)%])[-−])?(?<![\d.,])(?<!\b[A-Za-z])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[余多+]?\s*(?P<zh>[万萬][亿億]|千[亿億]|百[亿億]|[亿億]|千[万萬]|百[万萬]|[万萬]|千(?![米克瓦伏卡焦赫帕])|百)(?!分)|\s+(?P<en>trillion|billion|million|thousand)s?\b|(?P<short>bn|mn|k)\b)?"
    r"\+?(?:\s*(?P<percent>%|percent\b|per cent\b|个百分点))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated.

    Attributes:
        value: with its scale applied ("7,772亿" is 777200000000.0).
        is_percent: whether it is a percentage.
        text: as written, with scale and percent sign.
        digits: the number as written, without thousands separators ("7772").
        span: characters of the cleaned text.
    """

    value: float
    is_percent: bool
    text: str
    digits: str
    span: Span

    @property
    def key(self) -> tuple[float, bool]:
        """Equal for equal quantities, whatever language and scale they are written in."""
        return (float(f"{self.value:.6g}"), self.is_percent)


def quantities(text: str) -> list[Quantity]:
    """All numbers of a text in order. Text is cleaned first; spans refer to the cleaned text."""
    found = []
    for match in _PATTERN.finditer(clean(text)):
        digits = match["number"].replace(",", "")
        value = float(digits)
        if match["zh"]:
            value *= _CHINESE_SCALE[to_simplified(match["zh"])]
        elif match["en"] or match["short"]:
            value *= _ENGLISH_SCALE[(match["en"] or match["short"]).lower()]
        if match["sign"]:
            value = -value
        found.append(Quantity(value, match["percent"] is not None, match.group().strip(), digits, match.span()))
    return found


@lru_cache(maxsize=50_000)
def quantity_keys(text: str) -> frozenset[tuple[float, bool]]:
    """The quantities of a text in normal form."""
    return frozenset(quantity.key for quantity in quantities(text))
