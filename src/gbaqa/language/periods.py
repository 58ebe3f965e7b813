"""Years, parts of a year and months that a text speaks of."""

import re
from functools import lru_cache

from gbaqa.language.dates import MONTHS
from gbaqa.language.numerals import ENGLISH_VALUES, chinese_value
from gbaqa.language.script import clean, to_simplified

# Four digits that count something ("2000亿", "2,000 firms") are no year, nor is a decade.
_YEAR = re.compile(r"(?<![\d.,$])(?:19|20)\d{2}(?!\d|[,.]\d|年代|s\b|\s*(?:[万亿余多家个项元名人种间所宗只条%+]|billion|million|trillion))")
_PARTS = {
    "Q1": r"\bQ1\b|\b1Q\b|\bfirst quarter\b|\bfirst three months\b|\bJanuary (?:to|through|and|-) March\b|(?:第?一|首|头一?个?|1)季度?|[头前首][三3]个月|1[月]?[至到-]3月",
    "Q2": r"\bQ2\b|\bsecond quarter\b|第?[二2]季度?",
    "Q3": r"\bQ3\b|\bthird quarter\b|第?[三3]季度?",
    "Q4": r"\bQ4\b|\bfourth quarter\b|第?[四4]季度?|最后一季",
    "H1": r"\bH1\b|\bfirst half\b|上半年",
    "H2": r"\bH2\b|\bsecond half\b|下半年",
}  # fmt: skip
_COMPILED = {part: re.compile(pattern, re.IGNORECASE) for part, pattern in _PARTS.items()}

_SHORT = 3  # letters by which months are told apart
# By its name in full the pattern of a month's short name; May has none.
_SHORT_NAMES = {name: "Sept?" if name == "September" else name[:_SHORT] for name in MONTHS if len(name) > _SHORT}
_SHORT_OR_FULL = (f"{short}(?:{name.removeprefix(short.removesuffix('?'))})?" for name, short in _SHORT_NAMES.items())
# Without May, which is more often a word: in small letters too only where something tells.
MONTH_BUT_MAY = f"(?:{'|'.join(_SHORT_OR_FULL)})"
_MONTH = rf"(?:{MONTH_BUT_MAY}|may)\b\.?"
_ALSO_WORDS = ("March", "May", "August")
_SURE = rf"(?:{'|'.join(name for name in MONTHS if name not in _ALSO_WORDS)})\b"
_YEAR_OR_DAY = r"(?=,? ?(?:['’]\d\d|(?:19|20)\d\d)\b| [0-3]?\d\b)"
# "may", "march" and "august" are words as well: these and short names are months beside a year or a day, or behind a preposition.
_ENGLISH_MONTH = re.compile(
    rf"\b(?P<sure>{_SURE})|\b(?P<dated>{_MONTH}){_YEAR_OR_DAY}|\b[0-3]?\d (?P<day>{_MONTH})"
    rf"|\b(?:in|of|by|since|until|mid|early|late)[ -](?P<placed>{_MONTH})(?! (?:be|have|also|not)\b)",
    re.IGNORECASE | re.ASCII,
)
_ENGLISH_RANGE = re.compile(
    rf"\b(?P<first>{_MONTH}) ?(?:-|–|—|to|and|through|until|till) ?(?:the )?(?:end of )?(?P<last>{_MONTH})", re.IGNORECASE | re.ASCII
)
_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_NO_NUMBER_BEFORE = r"(?<![\d一二三四五六七八九十])"
_CHINESE_MONTH = re.compile(rf"{_NO_NUMBER_BEFORE}(?<![每人个]){_NUMBER}(?=月)")
_CHINESE_RANGE = re.compile(rf"{_NO_NUMBER_BEFORE}(?P<first>{_NUMBER})(?:月份?)? ?[-–—~～至到、] ?(?P<last>{_NUMBER})月")
_FIRST_MONTHS = re.compile(
    r"\bfirst (?P<en>two|three|four|five|six|seven|eight|nine|ten|eleven|\d\d?) months\b|[头前首](?P<zh>十一|[两二三四五六七八九十]|\d\d?)个月",
    re.IGNORECASE | re.ASCII,
)
_SHORT_NAME = re.compile(rf"\b(?:{'|'.join(_SHORT_NAMES.values())})\b\.?", re.IGNORECASE | re.ASCII)


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
    """The months that a text names, 1 to 12: all from the first to the last where it names a range."""
    plain = to_simplified(clean(text))
    found = {_number(next(filter(None, match.groups()))) for match in _ENGLISH_MONTH.finditer(plain)}
    found |= {_number(match.group()) for match in _CHINESE_MONTH.finditer(plain)}
    for pattern in (_ENGLISH_RANGE, _CHINESE_RANGE):
        for match in pattern.finditer(plain):
            first, last = _number(match["first"]), _number(match["last"])
            found |= {first, last, *range(first, last)}
    for match in _FIRST_MONTHS.finditer(plain):
        last = _number(match["en"] or match["zh"])
        found |= set(range(1, last + 1)) if 1 < last <= 12 else set()
    return frozenset(found)


def _number(said: str) -> int:
    """The number that a month's name or a numeral stands for."""
    word = said.lower()
    if word.isdigit():
        return int(word)
    if not word.isascii():
        return int(chinese_value(word))
    return ENGLISH_VALUES[word] if word in ENGLISH_VALUES else _month(word)


def with_months_in_full(text: str) -> str:
    """A text with the short names of months as documents print them: "February 2023" for "Feb 2023"."""
    for pattern in (_ENGLISH_MONTH, _ENGLISH_RANGE):
        text = pattern.sub(lambda found: _SHORT_NAME.sub(_in_full, found.group()), text)
    return text


def _in_full(short: re.Match[str]) -> str:
    name = MONTHS[_month(short.group()) - 1]
    return name if short.group()[0].isupper() else name.lower()


def _month(name: str) -> int:
    """The number of a month by the first letters of its name, in small or large letters."""
    return [full[:_SHORT].lower() for full in MONTHS].index(name[:_SHORT].lower()) + 1
