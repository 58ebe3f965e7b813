"""Dates in Chinese and English text in one normal form: 2023年6月末, "the end of June 2023"; 一季度, Q1; 3至5月, March to May."""

import re
from dataclasses import dataclass
from functools import lru_cache

from gbaqa.language.numerals import chinese_value
from gbaqa.language.script import clean, to_simplified
from gbaqa.language.segment import Span

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
MONTH_IN_FULL = f"(?:{'|'.join(MONTHS)})"  # a pattern
_YEAR = r"(?:1[6-9]|20)\d{2}"
_ZH_YEAR = rf"(?:{_YEAR}|二[〇零]\d*[〇零一二三四五六七八九]{{2}})"
_NOT_AFTER_A_NUMERAL = "(?<![第数几零〇一二两三四五六七八九十百千万])"
_ZH_MONTH = f"{_NOT_AFTER_A_NUMERAL}(?:十[一二]?|[一二三四五六七八九])"
_ZH_DAY = "[一二三]?十?[一二三四五六七八九]|[一二三]?十"
_ZH_PART = r"上半年|下半年|第?[一二三四1-4]季度|首季|(?:年?[底末初]|年?中(?:期|旬)?)(?![心国小东西等央])"
_DASH = r"\s*(?:-|–|—|~|至|到|to|through|and)\s*"
_COUNTER = r"(?!\d|[,.]\d|\s*(?:[万亿余多家个项元名人种间所宗只条%+]|billion|million|trillion|平方|公里|年来))"

_CHINESE = re.compile(
    rf"(?P<from>{_YEAR})\s*年?{_DASH}(?P<to>{_YEAR})(?:学?年|\b)|(?P<school_year>{_YEAR})[-–/](?P<next>\d{{2}})学?年度?"
    rf"|(?:(?P<year_of_both>{_ZH_YEAR})年)?(?P<one>\d{{1,2}}|{_ZH_MONTH})、(?P<other>\d{{1,2}}|{_ZH_MONTH})两?月"
    rf"|(?:(?P<year>{_ZH_YEAR})年度?)?(?P<month>\d{{1,2}})月?{_DASH}(?P<month2>\d{{1,2}})月(?:间|期间)?"
    rf"|(?:(?P<y>{_ZH_YEAR})年度?(?:的)?)?(?P<m>\d{{1,2}}|{_ZH_MONTH})月(?:(?P<d>\d{{1,2}}|{_ZH_DAY})日|份)?(?P<edge>[初末底])?"
    rf"|(?P<yy>{_ZH_YEAR})财?年度?(?P<part>{_ZH_PART})?|(?P<lone>(?:上半年|下半年|第?[一二三四1-4]季度|首季)|年[底末初中](?!国))"
)
_ENGLISH = re.compile(
    rf"(?P<from>\b{_YEAR}){_DASH}(?P<to>{_YEAR}\b)|(?P<school_year>\b{_YEAR})[-–/](?P<next>\d{{2}})(?![\d/–-])"
    rf"|(?:(?P<day>\b\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>\b{MONTH_IN_FULL})(?: (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)?,? (?P<year>{_YEAR})\b"
    rf"|(?P<day3>\b\d{{1,2}})(?:st|nd|rd|th)? (?P<month3>{MONTH_IN_FULL})\b|(?P<month4>\b{MONTH_IN_FULL}) (?P<day4>\d{{1,2}})(?:st|nd|rd|th)?\b(?!%|[,.]?\d)"
    rf"|\bQ(?P<q>[1-4])(?:,? (?:of )?(?P<qyear>{_YEAR}))?\b|\b(?P<qyear2>{_YEAR}) ?Q(?P<q2>[1-4])\b"
    rf"|\b(?P<quarter>first|second|third|fourth) quarter(?:,? (?:of |in )?(?P<qyear3>{_YEAR}))?\b"
    rf"|\b(?P<half>first|second) half(?: of| in|,)? (?P<hyear>{_YEAR})\b|\bH(?P<h>[12])(?: (?P<hyear2>{_YEAR}))?\b"
    rf"|(?P<alone>(?:(?<=\b[Ii]n )|(?<=\bto )|(?<=\b[Ff]rom )|(?<=\band )|(?<=\bof )|(?<=\b[Ss]ince )|(?<=\b[Bb]etween )|(?<=\b[Ee]arly )|(?<=\b[Ll]ate )|(?<=\b[Ll]ast )|(?<=\b[Nn]ext )|(?<=\b[Tt]his )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil )|(?<=\bbefore )|(?<=\bafter )|(?<=\bevery )|(?<=\beach )){MONTH_IN_FULL}\b|^{MONTH_IN_FULL}(?=:))|(?P<bare>(?<![A-Za-z\d.,$]){_YEAR})(?:s\b|(?![A-Za-z\d]){_COUNTER})"
)
# What stands in front of an English date and says which end of it: "as of the end of May 2023", "early 2022", "mid-2024".
_EDGE = re.compile(
    r"(?:\b(?P<end>end|close) of(?: the year)?|\b(?P<early>early|beginning of)|\b(?P<mid>mid(?:dle of)?))[ -]*(?:the )?$", re.IGNORECASE
)
_LATE = re.compile(r"\b(?:late|end-|year-end)\s?$", re.IGNORECASE)
_ZH_EDGES = {"初": "early", "底": "end", "末": "end", "中": "mid"}
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_RELATIVE = re.compile(
    r"今年|本年|当年|同年|去年|上年|前年|明年|次年|\b(?:this|last|the same|that|next|previous|following) (?:fiscal )?year\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Date:
    """A point or a part of time, as far as the text says it.

    Attributes:
        year: None where only a part is named ("in the first quarter").
        part: "Q1" to "Q4", "H1", "H2", "M01" to "M12", or "".
        day: of the month.
        edge: "early", "mid" or "end" of it, or "".
        text, span: as written; characters of the cleaned text.
    """

    year: int | None
    part: str
    day: int | None
    edge: str
    text: str
    span: Span

    def fits(self, other: "Date") -> bool:
        """Whether the two do not exclude each other: what both name is the same."""
        same_year = self.year is None or other.year is None or self.year == other.year
        same_day = self.day is None or other.day is None or self.day == other.day
        return same_year and same_day and _parts_fit(self, other)

    @property
    def is_bare_year(self) -> bool:
        """Whether only a year is named."""
        return self.year is not None and not (self.part or self.edge or self.day)


def names_relative_year(text: str) -> bool:
    """Whether a text says "this year" or the like, which stands for any year."""
    return _RELATIVE.search(to_simplified(clean(text))) is not None


@lru_cache(maxsize=50_000)
def dates(text: str) -> tuple[Date, ...]:
    """The dates that a text names, in order; both ends of a range."""
    cleaned = clean(text)
    simplified = to_simplified(cleaned)
    source = simplified if len(simplified) == len(cleaned) else cleaned
    found = [date for match in _CHINESE.finditer(source) for date in _chinese_dates(match)]
    taken = [date.span for date in found]
    for match in _ENGLISH.finditer(source):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found += _english_dates(match, source)
    return tuple(sorted(found, key=lambda date: date.span))


def _chinese_dates(match: re.Match[str]) -> list[Date]:
    text, span = match.group(), match.span()
    if match["from"]:
        return [Date(int(match[end]), "", None, "", text, span) for end in ("from", "to")]
    if match["school_year"]:
        return _school_year(match)
    if match["month"] or match["one"]:
        months = [_number(match["month"] or match["one"]) or 0, _number(match["month2"] or match["other"]) or 0]
        return [
            Date(_year(match["year"] or match["year_of_both"]), f"M{month:02}", None, "", text, span)
            for month in months
            if 1 <= month <= 12
        ]
    if match["m"]:
        month, day = _number(match["m"]), _number(match["d"])
        if month is None or not 1 <= month <= 12:
            return []
        return [Date(_year(match["y"]), f"M{month:02}", day, _ZH_EDGES.get(match["edge"] or "", ""), text, span)]
    part = match["part"] or match["lone"] or ""
    return [Date(_year(match["yy"]), _chinese_part(part), None, _chinese_edge(part), text, span)]


def _school_year(match: re.Match[str]) -> list[Date]:
    """Both years of 2024–25; none where the second does not follow the first."""
    first = int(match["school_year"])
    years = (first, first + 1) if int(match["next"]) == (first + 1) % 100 else ()
    return [Date(year, "", None, "", match.group(), match.span()) for year in years]


def _year(written: str | None) -> int | None:
    return _number(written.replace("〇", "零") if written else None)


def _number(written: str | None) -> int | None:
    """The value of a number in digits or in Chinese."""
    if not written:
        return None
    return int(written) if written.isascii() else int(chinese_value(written))


def _chinese_part(part: str) -> str:
    if "半年" in part:
        return "H1" if part.startswith("上") else "H2"
    if "季" in part:
        number = next((char for char in part if char in "一二三四1234首"), "首")
        return f"Q{1 if number == '首' else int(number) if number.isdigit() else '一二三四'.index(number) + 1}"
    return ""


def _chinese_edge(part: str) -> str:
    return "" if "季" in part or "半" in part else next((_ZH_EDGES[char] for char in part if char in _ZH_EDGES), "")


def _english_dates(match: re.Match[str], text: str) -> list[Date]:
    written, span = match.group(), match.span()
    if match["from"]:
        return [Date(int(match[end]), "", None, "", written, span) for end in ("from", "to")]
    if match["school_year"]:
        return _school_year(match)
    year = next((int(match[name]) for name in ("year", "qyear", "qyear2", "qyear3", "hyear", "hyear2", "bare") if match[name]), None)
    day = next((int(match[name]) for name in ("day", "day2", "day3", "day4") if match[name]), None)
    before = text[max(0, span[0] - 30) : span[0]]
    edge = _EDGE.search(before)
    name = "end" if _LATE.search(before) else "" if edge is None else edge.lastgroup or ""
    if edge is not None:
        written = before[edge.start() :] + written
    return [Date(year, _english_part(match), day, name, written, span)]


def _english_part(match: re.Match[str]) -> str:
    if month := match["month"] or match["month3"] or match["month4"] or match["alone"]:
        return f"M{MONTHS.index(month.capitalize()) + 1:02}"
    if quarter := match["q"] or match["q2"] or _ORDER.get((match["quarter"] or "").lower()):
        return f"Q{quarter}"
    if half := match["h"] or _ORDER.get((match["half"] or "").lower()):
        return f"H{half}"
    return ""


def _parts_fit(one: Date, other: Date) -> bool:
    edge_months = {"early": "M01", "mid": "M06", "end": "M12"}
    left, right = (date.part or edge_months.get(date.edge, "") for date in (one, other))
    if not left or not right or left == right:
        return True
    if one.part and other.part:
        return months_of_part(left) <= months_of_part(right) or months_of_part(right) <= months_of_part(left)
    near = {"early": {1, 2, 3}, "mid": {5, 6, 7, 8}, "end": {11, 12}}
    whole, edged = (left, other.edge) if one.part else (right, one.edge)
    return bool(months_of_part(whole) & near[edged])


def months_of_part(part: str) -> frozenset[int]:
    """The months, 1 to 12, of a part of a year: "Q1" to "Q4", "H1", "H2", "M01" to "M12"."""
    number = int(part[1:])
    length = {"M": 1, "Q": 3, "H": 6}[part[0]]
    return frozenset(range((number - 1) * length + 1, number * length + 1))
