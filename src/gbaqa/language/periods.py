"""Years, parts of a year and months that a text speaks of."""

import re
from functools import lru_cache

from gbaqa.language.script import clean, to_simplified

# Four digits that count something ("2000亿", "2,000 firms") are no year.
_YEAR = re.compile(r"(?<![\d.,$])(?:19|20)\d{2}(?!\d|[,.]\d|\s*(?:[万亿余多家个项元名人种间所宗只条%+]|billion|million|trillion))")
_PARTS = {
    "Q1": r"\bQ1\b|\b1Q\b|\bfirst quarter\b|\bfirst three months\b|\bJanuary (?:to|through|and|-) March\b|(?:第?一|首|头一个?|1)季度?|[头前首][三3]个月|1[月]?[至到-]3月",
    "Q2": r"\bQ2\b|\bsecond quarter\b|第?[二2]季度?",
    "Q3": r"\bQ3\b|\bthird quarter\b|第?[三3]季度?",
    "Q4": r"\bQ4\b|\bfourth quarter\b|第?[四4]季度?|最后一季",
    "H1": r"\bH1\b|\bfirst half\b|上半年",
    "H2": r"\bH2\b|\bsecond half\b|下半年",
}  # fmt: skip
_COMPILED = {part: re.compile(pattern, re.IGNORECASE) for part, pattern in _PARTS.items()}

_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT = "jan|feb|mar(?:ch)?|apr|may|jun|jul|aug|sept?|oct|nov|dec"
# "may" and "march" are words as well: these and short names are months before a year, behind a preposition or beside another month.
_MONTH = re.compile(
    r"\b(?P<name>January|February|April|June|July|August|September|October|November|December)\b"
    rf"|\b(?P<short>{_SHORT})\b\.?(?=,? ?(?:['’]\d\d\b|(?:19|20)\d\d))"
    rf"|\b(?:in|of|by|since|until|mid|early|late)[ -](?P<placed>{_SHORT})\b(?! (?:be|have|also|not)\b)"
    r"|(?<![\d个])(?P<number>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    r"|(?P<first>1[0-2]|0?[1-9]|[一二三四五六七八九]) ?[-–至到] ?(?=(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月)",
    re.IGNORECASE,
)
_ENGLISH_RANGE = re.compile(
    rf"\b(?P<first>{_SHORT})[a-z]*\.? ?(?:-|–|to|and|through|until) ?(?P<last>{_SHORT})(?:uary|ruary|il|e|y|ust|tember|ember|ober|mber)?\b",
    re.IGNORECASE,
)
_FIRST_MONTHS = re.compile(
    r"\bfirst (?P<en>two|three|four|five|six|seven|eight|nine|ten|eleven) months\b|[头前首](?P<zh>[两二三四五六七八九十]|1?\d)个月",
    re.IGNORECASE,
)
_CHINESE_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "十一": 11, "十二": 12}
_ENGLISH_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


@lru_cache(maxsize=50_000)
def years(text: str) -> frozenset[str]:
    """The years that a text names, as four digits."""
    return frozenset(_YEAR.findall(clean(text)))


@lru_cache(maxsize=50_000)
def year_parts(text: str) -> frozenset[str]:
    """The quarters and halves that a text names: "Q1" to "Q4", "H1", "H2"."""
    simplified = to_simplified(clean(text))
    return frozenset(part for part, pattern in _COMPILED.items() if pattern.search(simplified))


@lru_cache(maxsize=50_000)
def months(text: str) -> frozenset[int]:
    """The months that a text names, 1 to 12; of several in a row, or of the first ones of a year, the first and the last."""
    simplified = to_simplified(clean(text))
    found = {
        _month(match["name"] or match["short"] or match["placed"] or match["number"] or match["first"])
        for match in _MONTH.finditer(simplified)
    }
    found |= {_month(name) for match in _ENGLISH_RANGE.finditer(simplified) for name in match.groups()}
    for match in _FIRST_MONTHS.finditer(simplified):
        found |= {1, _ENGLISH_NUMBERS.index(match["en"].lower()) + 1 if match["en"] else _month(match["zh"])}
    return frozenset(found)


def _month(said: str) -> int:
    """The number of a month by its name, or by its number in either script."""
    if said.isascii() and not said.isdigit():
        return _ENGLISH_MONTHS.index(said[:3].lower()) + 1
    return _CHINESE_DIGITS[said] if said in _CHINESE_DIGITS else int(said)
