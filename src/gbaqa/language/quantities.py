"""Numbers in Chinese and English text, in one normal form: 1.33万亿 and 1.33 trillion are the same quantity.

`quantities` reads what is written in digits. `stated_quantities` reads all that a text states: number words too, with
unit, currency, qualifier and direction, and without the numbers that count nothing (dates, list numbers, labels).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from gbaqa.language.dates import dates
from gbaqa.language.numerals import chinese_numerals, english_numerals
from gbaqa.language.qualifiers import Qualifier, direction_near, is_increment, qualifier_of
from gbaqa.language.ratios import ratios
from gbaqa.language.script import clean, to_simplified
from gbaqa.language.segment import Span
from gbaqa.language.units import currency_beside, rate_of, unit_after

NumberKind = Literal["number", "rank", "fraction", "ratio"]

_CHINESE_SCALE = {
    "千万亿": 1e15, "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2,
}  # fmt: skip
_ENGLISH_SCALE = {"trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3, "bn": 1e9, "mn": 1e6, "k": 1e3}
_ZH_SCALE = "千[万萬][亿億]|[万萬][亿億]|千[亿億]|百[亿億]|十[亿億]|[亿億]|千[万萬]|百[万萬]|十[万萬]|[万萬]|千(?![米克瓦伏卡焦赫帕])|百"
_PATTERN = re.compile(
    r"(?P<sign>(?:(?<![\w)%])|(?<=[为為是至达達]))[-−])?(?<![\d.,])(?<!\b[A-Za-z])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:[余多+]?\s*(?P<zh>{_ZH_SCALE})(?!分)|(?:\s+|-)(?P<en>trillion|billion|million|thousand)s?\b|(?P<short>bn|mn|k)\b)?"
    r"\+?(?:\s*(?P<percent>%|percent\b|per cent\b|个百分点))?",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
# "(2)", "3. ", "（一）" in front of an item, 24/7, and digits that are part of a name: 3A, COVID-19, IPv6, the plan "3+7".
_NO_QUANTITY = re.compile(
    r"[(（](?:单位[:：])?[^（）()\d，。]{0,10}(?:万亿|[百千]?[万亿])[^（）()\d，。]{0,6}[)）]"  # a unit: （万人次）
    r"|第[\d一二三四五六七八九十百]{1,5}页|\bpp?(?:ages?\b|\.)\s?\d+(?:(?:\s?[-–]\s?|,? and |, )\d+)*|^\d{1,2}\.\s+(?=[a-z“\"])"
    r"|(?:^|(?<=[\s；;。]))[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、](?=\s|[\u4e00-\u9fff])|[(（](?:[一二三四五六七八九十]{1,2}|\d{1,2}(?=[)）]\s?[A-Za-z\u4e00-\u9fff“《]))[)）]|(?:^|(?<=[:：;；|]\s))\d{1,2}\.\s?(?=[A-Z\u4e00-\u9fff“《])"
    r"|(?<=24)/7\b|(?<![A-Za-z])(?!(?:RMB|CNY|HKD|MOP|USD|US|HK|EUR|GBP|SGD|S)\s?[$\d]|(?:under|over)-\d)[A-Za-z]+[-+]?\d+(?:\.\d+)?(?![\d,.]*%)|(?<![\d.,A-Za-z])\d+[A-Z](?![A-Za-z])"
    r"|(?<![\d.,])\d{1,2}(?:\+(?:\d{1,2}(?![\d.,]|万|亿)|[A-Z]))+"
)
_SCALE_AFTER = re.compile(rf"(?P<zh>{_ZH_SCALE})(?!分)|(?:[ -])(?P<en>trillion|billion|million|thousand|hundred)s?\b", re.IGNORECASE)
# A scale alone is an amount: 超百亿元, 万亿级, "a trillion yuan".
_BARE_SCALE = re.compile(
    r"(?<![\d.零一二三四五六七八九十百千几数万余多+])(?P<zh>万亿|千亿|百亿|亿|千万|百万)(?=元|级|港元|美元|规模)|\b(?:a |an )?(?P<en>trillion|billion|million)(?=[- ](?:yuan|dollar|RMB))"
)


_CLOCK = re.compile(
    r"(?<![\d.])(?P<hour>[01]?\d|2[0-4])[时点](?P<minute>[0-5]?\d)分"
    r"|(?<=\b(?:at|by|to) )(?P<en_hour>[01]?\d|2[0-4]):(?P<en_minute>[0-5]\d)\b"
)
_TO = re.compile(r"\s?(?:to|-|–|—|~|至|到)\s?")
_AND = re.compile(r" and ")
_ELIDED = re.compile(r"[^\d.;]{0,40}\b(?:and|or|,) ?(?:[a-z]+ ){1,4}", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"\s{0,8}(?:[.;,)](?!\d)|$)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated.

    Attributes:
        value: with its scale applied ("7,772亿" is 777200000000.0); a multiple of growth as stated (增长1.6倍 is 1.6).
        is_percent: whether it is a percentage.
        text: as written, with scale and percent sign.
        digits: the number as written, without thousands separators ("7772").
        span: characters of the cleaned text.
        kind: a rank is "seventh" or 第七, a fraction "two-thirds" or 一半, a ratio 1:3.
        unit: "%", "pp" (percentage points), "times", or a base unit ("month", "m2"), "" for a count or none.
        factor: what the value is multiplied by to be in that base unit.
        currency: its code, "YUAN" for a bare 元, "" for none.
        qualifier: over, nearly, about, most, or "".
        direction: 1 where it is said to rise, -1 to fall, else 0.
        is_increment: of a multiple, whether that much is added (增长4倍) rather than reached (是4倍).
        step: value of a unit in the last place written, 0 for words.
        in_words: written in words.
        wording: as written, with the words beside it that qualify it.
        per, per_factor: what a rate is for one of, as base unit and factor (每亩: "m2", 667), "" for none.
    """

    value: float
    is_percent: bool
    text: str
    digits: str
    span: Span
    kind: NumberKind = "number"
    unit: str = ""
    factor: float = 1.0
    currency: str = ""
    qualifier: Qualifier = ""
    direction: int = 0
    is_increment: bool = False
    step: float = 0.0
    in_words: bool = False
    wording: str = ""
    per: str = ""
    per_factor: float = 1.0

    @property
    def key(self) -> tuple[float, bool]:
        """Equal for equal quantities, whatever language and scale they are written in."""
        return (float(f"{self.value:.6g}"), self.is_percent)

    @property
    def amount(self) -> float:
        """The value in its base unit: 160% and 1.6 times are 1.6, two years are 24 months."""
        return self.value * self.factor


def quantities(text: str) -> list[Quantity]:
    """All numbers of a text written in digits, in order. Text is cleaned first; spans refer to the cleaned text."""
    return list(_digits(_simplified(clean(text))))


@lru_cache(maxsize=50_000)
def quantity_keys(text: str) -> frozenset[tuple[float, bool]]:
    """The numbers of a text written in digits, in normal form."""
    return frozenset(quantity.key for quantity in quantities(text))


@lru_cache(maxsize=50_000)
def stated_quantities(text: str) -> tuple[Quantity, ...]:
    """All that a text states in numbers, in digits or words, in order, but dates, list numbers, labels and addresses."""
    source = _simplified(clean(text))
    blanked = _blank(source, [match.span() for pattern in (_URL, _NO_QUANTITY) for match in pattern.finditer(source)])
    blanked = _blank(blanked, [date.span for date in dates(blanked)])
    found = [*_digits(blanked), *_clock_times(blanked), *_ratios(blanked), *_words(blanked), *_bare_scales(blanked)]
    found.sort(key=lambda quantity: (quantity.span[0], -quantity.span[1]))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.span[0] >= kept[-1].span[1]:
            kept.append(quantity)
    return tuple(_completed([_in_context(quantity, blanked) for quantity in kept], blanked))


def _simplified(text: str) -> str:
    """The text in Simplified characters where that leaves every character in its place."""
    simplified = to_simplified(text)
    return simplified if len(simplified) == len(text) else text


def _blank(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + "\u0001" * (end - start) + text[end:]
    return text


def _digits(text: str) -> Iterator[Quantity]:
    for match in _PATTERN.finditer(text):
        digits = match["number"].replace(",", "")
        scale = _scale(match["zh"], match["en"] or match["short"])
        value = float(digits) * scale * (-1 if match["sign"] else 1)
        step = scale / 10 ** len(digits.partition(".")[2])
        yield Quantity(value, match["percent"] is not None, match.group().strip(), digits, match.span(), step=step)


def _clock_times(text: str) -> Iterator[Quantity]:
    """Times of the day as English often prints them: 18时52分 is 18.52."""
    for match in _CLOCK.finditer(text):
        hour, minute = (match["hour"], match["minute"]) if match["hour"] else (match["en_hour"], match["en_minute"])
        yield Quantity(int(hour) + int(minute) / 100, False, match.group(), f"{hour}.{minute:0>2}", match.span(), step=0.01)


def _ratios(text: str) -> Iterator[Quantity]:
    for value, (start, end) in ratios(text):
        yield Quantity(value, False, text[start:end], text[start:end], (start, end), kind="ratio")


def _scale(chinese: str | None, english: str | None) -> float:
    if chinese:
        return _CHINESE_SCALE[to_simplified(chinese)]
    return _ENGLISH_SCALE.get((english or "").lower(), 1.0) if (english or "").lower() != "hundred" else 100.0


def _words(text: str) -> Iterator[Quantity]:
    for numeral in [*chinese_numerals(text), *english_numerals(text)]:
        start, end = numeral.span
        if text[start] in "百千万亿":  # "(in thousands)", 万物; amounts are _bare_scales
            continue
        scaled = None if numeral.is_rank or numeral.is_fraction or numeral.is_percent else _SCALE_AFTER.match(text, end)
        if scaled and text[end] == " " and text[scaled.end() : scaled.end() + 1] == "-":
            scaled = None  # "three trillion-yuan clusters" are three; "a three-trillion-yuan cluster" is one
        value = numeral.value * (_scale(scaled["zh"], scaled["en"]) if scaled else 1)
        end = scaled.end() if scaled else end
        kind: NumberKind = "rank" if numeral.is_rank else "fraction" if numeral.is_fraction else "number"
        if value:
            yield Quantity(value, numeral.is_percent, text[start:end], "", (start, end), kind=kind, in_words=True)


def _bare_scales(text: str) -> Iterator[Quantity]:
    for match in _BARE_SCALE.finditer(text):
        yield Quantity(_scale(match["zh"], match["en"]), False, match.group(), "", match.span(), in_words=True)


def _in_context(quantity: Quantity, text: str) -> Quantity:
    """The quantity with what the words around it say of it."""
    start, end = quantity.span
    unit, factor, end = unit_after(text, end, is_percent=quantity.is_percent, written=quantity.text)
    currency, start, end = currency_beside(text, start, end)
    qualifier, first, last = qualifier_of(text, start, quantity.span, end)
    per, per_factor = rate_of(text, start, end) if quantity.kind == "number" else ("", 1.0)
    spelt = text[quantity.span[0] : end].strip(" -")
    return replace(
        quantity,
        text=text[start : quantity.span[0]] + spelt,
        is_percent=quantity.is_percent and unit == "%",
        unit=unit,
        factor=factor,
        currency=currency,
        qualifier=qualifier,
        wording=text[first:last].replace("\u0001", "").strip(" ，,-") if qualifier else "",
        direction=direction_near(text, start, end) if unit in ("%", "pp", "times") else 0,
        is_increment=unit == "times" and is_increment(text, start, end),
        per=per,
        per_factor=per_factor,
    )


def _completed(found: list[Quantity], text: str) -> list[Quantity]:
    """The quantities with what one says for its neighbour too: "60 to 90 million", "1,400 hectares of plums and of tea 1,130"."""
    for at in range(len(found) - 1):
        first, second = found[at], found[at + 1]
        between = text[first.span[1] : second.span[0]]
        if _is_bare(first) and not _is_bare(second) and second.digits and second.kind == "number":
            joined = _TO.fullmatch(between) or (_AND.fullmatch(between) and text[: first.span[0]].rstrip().endswith("between"))
            scale = abs(second.value) / (float(second.digits) or 1.0)
            if joined and 0.01 <= float(first.digits) / (float(second.digits) or 1.0) <= 100:
                found[at] = _measured(first, second, scale)
        elif (
            _is_bare(second)
            and first.unit in ("m2", "m", "t", "W", "Wh")
            and _ELIDED.fullmatch(between)
            and _CLAUSE_ENDS.match(text, second.span[1])
        ):
            found[at + 1] = _measured(second, first, 1.0)
    return found


def _is_bare(quantity: Quantity) -> bool:
    written = quantity.kind == "number" and quantity.digits and abs(quantity.value) == float(quantity.digits)
    return bool(written) and not (quantity.unit or quantity.currency)


def _measured(quantity: Quantity, like: Quantity, scale: float) -> Quantity:
    """A bare quantity in the unit and scale of another."""
    return replace(
        quantity,
        value=quantity.value * scale,
        step=quantity.step * scale,
        is_percent=like.is_percent,
        unit=like.unit,
        factor=like.factor,
        currency=like.currency,
    )
