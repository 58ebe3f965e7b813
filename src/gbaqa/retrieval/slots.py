"""The exchangeable parts of a question: its places, its period, its indicator; a follow-up names a new one for the old."""

import re
from dataclasses import dataclass

from gbaqa.language.indicators import Indicator, asked_indicators, without_indicators
from gbaqa.language.periods import MONTH_BUT_MAY, year_parts
from gbaqa.language.places import CITIES, place_forms, places
from gbaqa.language.region import WHOLE_REGION
from gbaqa.language.script import HAN
from gbaqa.language.words import search_terms

_PREPOSITION = re.compile(r"^(?:in|for|of|across|throughout) ", re.IGNORECASE)
# What an indicator is called in a completed question, in English and in Chinese.
_INDICATOR_NAMES: dict[Indicator, tuple[str, str]] = {
    "area": ("land area", "面积"),
    "population": ("population", "人口"),
    "gdp": ("GDP", "GDP"),
    "gdp_per_capita": ("per-capita GDP", "人均GDP"),
    "trade": ("total trade", "外贸总额"),
}
_QUARTERLY: frozenset[Indicator] = frozenset({"gdp", "trade"})
_MONTH = rf"(?:{MONTH_BUT_MAY}|(?-i:May))"
_PART = (
    r"(?:Q[1-4]|[1-4]Q|H[12]|(?:first|second|third|fourth|last) (?:quarter|half(?:[- ]year)?|(?:three|six) months)"
    rf"|(?:end[- ](?:of )?|mid-|early |late )?{_MONTH})"
)
_ZH_PART = (
    r"(?:第?[一二三四1-4首]季度?|[头前首][三3]个月|[上下]半年|\d{1,2}月(?:底|末|份)?|[一二三四五六七八九十]{1,2}月(?:底|末|份)?"
    r"|Q[1-4]|年[底末初]|全年)"
)
_YEAR = r"(?:19|20)\d{2}"
_PERIOD = re.compile(
    rf"(?:the )?(?:{_PART}(?:(?:,| of|,? in)? {_YEAR})|{_PART}\b|(?:end[- ]of |end[- ]|mid-|early |late )?{_YEAR} ?{_PART}\b"
    rf"|{_YEAR} ?年?的?{_ZH_PART}|{_YEAR}年?|(?<![\u4e00-\u9fff]){_ZH_PART}|{_ZH_PART})(?!\d|[,.]\d|\s*(?:[万亿家个项元]|billion|million))",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(_YEAR)
_YEAR_BEFORE = re.compile(
    r"\b(?:the )?(?:year before|previous year|prior year|year earlier|preceding year|last year)\b|[前上去](?:一)?年(?!底|末)", re.IGNORECASE
)
_YEAR_AFTER = re.compile(r"\b(?:the )?(?:year after|next year|following year)\b|[后下翌次明](?:一)?年(?!底|末)", re.IGNORECASE)
# What people call an indicator where the conversation is about indicators already.
_BARE: tuple[tuple[re.Pattern[str], Indicator], ...] = (
    (
        re.compile(
            r"^(?:the |how many |its |their )?(?:people|residents|inhabitants|headcount)(?: live there)?$"
            r"|^(?:住了?|有)?多少人(?:住)?$|^人数?$",
            re.IGNORECASE,
        ),
        "population",
    ),
    (
        re.compile(
            r"^(?:the |its |their )?(?:area|land|territory|surface)$|^(?:how (?:big|large)(?: is it)?)$|^(?:有)?多大$|^土地$", re.IGNORECASE
        ),
        "area",
    ),
    (re.compile(r"^(?:the |its |their )?(?:economy|output)$|^(?:经济|产值总量)$", re.IGNORECASE), "gdp"),
    (re.compile(r"^(?:a|per) (?:head|person)$|^每人$|^人均$", re.IGNORECASE), "gdp_per_capita"),
)
# Words that belong to an indicator's name rather than to a subject of its own.
_WITH_INDICATORS = frozenset(
    search_terms("total goods merchandise foreign trade annual size live big large land 货物 总额 总量 商品 全年 总 住 面积 规模")
)


@dataclass(frozen=True, slots=True)
class Slots:
    """What a text names that another text may name otherwise.

    Attributes:
        places: English names.
        periods: as written ("Q1 2023", "2022年底").
        indicators: those that tables of cities give.
        rest: the words of the text for anything else.
    """

    places: tuple[str, ...]
    periods: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    rest: tuple[str, ...]


def slots_of(text: str) -> Slots:
    """The slots of a text in English or in written Simplified Chinese."""
    named = places(text)
    if bare := next((indicator for pattern, indicator in _BARE if pattern.search(text.strip(" ?？"))), None):
        return Slots((), (), (bare,), ())
    periods = tuple(match.group() for match in _PERIOD.finditer(text))
    if shifted := _YEAR_BEFORE.search(text) or _YEAR_AFTER.search(text):
        periods = (*periods, shifted.group())
    rest = _without_places(without_indicators(_YEAR_AFTER.sub(" ", _YEAR_BEFORE.sub(" ", _PERIOD.sub(" ", text)))), named)
    indicators = tuple(asked_indicators(text))
    words = tuple(term for term in dict.fromkeys(search_terms(rest)) if not indicators or term not in _WITH_INDICATORS)
    return Slots(tuple(sorted(named, key=_order)), periods, indicators, words)


def with_places(text: str, new: tuple[str, ...]) -> str:
    """The text about other places: the first it names gives way to all the new ones, the others go."""
    chinese = HAN.search(text) is not None
    said = listed(new, chinese=chinese)
    return _in_place_of_places(text, said) or f"{said}{'' if chinese else ': '}{text}"


def in_place_of_region(text: str, new: tuple[str, ...]) -> str | None:
    """The text about places in the Greater Bay Area instead of all of it; None where it does not name the area."""
    said = listed(new, chinese=HAN.search(text) is not None)
    changed, count = WHOLE_REGION.subn(lambda _: said, text, count=1)
    return changed if count else None


def in_whole_region(text: str, core: str) -> str | None:
    """The text about the whole Greater Bay Area instead of the places it names, where that is all that the follow-up says."""
    if not WHOLE_REGION.fullmatch(_PREPOSITION.sub("", core.strip(" ?？!！.。,，"))):
        return None
    return _in_place_of_places(text, "大湾区" if HAN.search(text) else "the Greater Bay Area")


def _in_place_of_places(text: str, said: str) -> str | None:
    """The text with that for the first place it names, and without the others; None where it names none."""
    pattern = _pattern_of(places(text), joined=True)
    if pattern is None or (first := pattern.search(text)) is None:
        return None
    return text[: first.start("place")] + said + pattern.sub("", text[first.end() :])


def with_periods(text: str, new: tuple[str, ...]) -> str:
    """The text about another period; a quarter or a month without a year keeps the year, "the year before" moves it."""
    if not new:
        return text
    chinese = HAN.search(text) is not None
    old = [match.group() for match in _PERIOD.finditer(text)]
    years = [found for period in old for found in _YEAR_ALONE.findall(period)]
    said = ("、" if chinese else " and ").join(_dated(period, years[0] if years else None, chinese) for period in new)
    if not old:
        return f"{said}{text}" if chinese else f"{text.rstrip(' ?？.')}, {said}?"
    first = True

    def replace(match: re.Match[str]) -> str:
        nonlocal first
        keep, first = first, False
        return said if keep else ""

    return _PERIOD.sub(replace, text)


def about_indicators(indicators: tuple[Indicator, ...], base: str) -> str:
    """A question after indicators at the places and in the period of an earlier question.

    What is counted once a year has no quarter: only the GDP and the trade of a quarter are asked for as such.
    """
    chinese = HAN.search(base) is not None
    known = slots_of(base)
    asked = indicator_names(indicators, chinese=chinese)
    period = known.periods[0] if known.periods else ""
    if year_parts(period) and not _QUARTERLY.issuperset(indicators):
        period = ""
    if chinese:
        return f"{listed(known.places, chinese=True)}{period}{'年' if period.isdigit() else ''}{asked}"
    return " ".join(filter(None, [f"{asked},", listed(known.places, chinese=False), period])).rstrip(",") + "?"


def indicator_names(indicators: tuple[Indicator, ...], *, chinese: bool) -> str:
    """Indicators as a question names them."""
    return ("、" if chinese else " and ").join(_INDICATOR_NAMES[indicator][chinese] for indicator in indicators)


def _dated(period: str, year: str | None, chinese: bool) -> str:
    if year is not None and (_YEAR_BEFORE.search(period) or _YEAR_AFTER.search(period)):
        moved = int(year) + (1 if _YEAR_AFTER.search(period) else -1)
        return f"{moved}年" if chinese else str(moved)
    if year is None or _YEAR_ALONE.search(period):
        return f"{period}年" if chinese and _YEAR_ALONE.fullmatch(period) else period
    return f"{year}年{period}" if chinese else f"{period} {year}"


def listed(names: tuple[str, ...], *, chinese: bool) -> str:
    """Places as a question names them."""
    return "、".join(place_forms(name)[1][0] for name in names) if chinese else " and ".join(names)


def _pattern_of(names: frozenset[str], *, joined: bool = False) -> re.Pattern[str] | None:
    """Finds the places; `joined`: with the "and" before them, the group `place` being the name itself. None without any."""
    if not names:
        return None
    english = sorted((re.escape(form) for name in names for form in place_forms(name)[0]), key=len, reverse=True)
    chinese = sorted((form for name in names for form in place_forms(name)[1]), key=len, reverse=True)
    name = rf"(?P<place>(?<![A-Za-z])(?:{'|'.join(english)})(?![A-Za-z])|(?:{'|'.join(chinese)})市?)"
    return re.compile(rf"(?:\s*(?:,|\band\b|\bor\b|[、和与跟及])\s*)?{name}" if joined else name, re.IGNORECASE)


def _without_places(text: str, names: frozenset[str]) -> str:
    pattern = _pattern_of(names)
    return pattern.sub(" ", text) if pattern else text


def _order(name: str) -> int:
    return CITIES.index(name) if name in CITIES else len(CITIES)
