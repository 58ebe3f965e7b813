"""Answers computed from the growth that sentences state of each city: who grew fastest, how two compare, all in order.

Which cities, and which of them, is read as of the cities' key figures (`city_wish`), once the period and the growth are taken out
of the question and the measure gives way to a key figure. What is not understood to the last word is left to the statements.
"""

import re
from dataclasses import replace
from functools import cache, partial

from gbaqa.answering.city_board import Cell, CityBoard, Comparison
from gbaqa.answering.city_wish import CityWish, city_wish
from gbaqa.answering.stated_growth import Growth, Period, stated_growth
from gbaqa.index.store import SearchIndex
from gbaqa.language.dates import months_of_part
from gbaqa.language.economy import FALL, GROWTH, NAMES, Measure, named_measures
from gbaqa.language.script import Language
from gbaqa.retrieval.question import Question

_KEY_FIGURE = " GDP "  # stands in for the measure
_UNNAMED: Measure = "gdp"  # what grew where nothing is said to have
_FASTEST = re.compile(r"\b(?:fastest|quickest|strongest)\b|最[快强猛]", re.IGNORECASE)
_SLOWEST = re.compile(r"\b(?:slowest|weakest)\b|最[慢弱]", re.IGNORECASE)
_REBOUND = re.compile(r"\brebound\w*|\b(?:bounce[sd]?|bouncing) back\b|反弹", re.IGNORECASE)
_ROSE = re.compile(r"\b(?:grew|rose|increased|expanded)\b|[增上]升了|增长了", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"\b(?:most|least|\w+est|top|bottom|first|last|second|third)\b|最|第[一二三]|前[三五]|倒数|垫底|包尾", re.IGNORECASE
)
_MOST = re.compile(
    r"\bthe (?:most|hardest|furthest|farthest|sharpest|steepest|worst|biggest|largest|deepest)\b|最[多大深猛惨重严厉害]+", re.IGNORECASE
)
_AMOUNT = re.compile(  # how much it is, beside its growth
    r"\bGDP\s+(?:figure|amount|total|value)\b|GDP\s*(?:数额|总额|金额|总量)", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b(?:in |during |for |of |over )?(?:the )?(?:Q[1-4]|[1-4]Q|H[12]|(?:first|second|third|fourth) (?:quarter|half)"
    r"|first three months|January (?:to|through|and|-) March)"
    r"(?:,? (?:of )?(?:20\d\d))?\b|\b(?:in |of )?20\d\d(?:'s)?\b"
    r"|(?:20\d\d年?的?)?(?:(?:第?[一二三四首]|头一?)个?季度?|[头首前][三3]个月|[上下]半年)",
    re.IGNORECASE,
)
# Whose growth is that of GDP; the digital economy's is not.
_ECONOMY = re.compile(
    r"\beconom(?:y|ies|ic)\b|(?<!数字|民营|海洋|低空|绿色|实体|夜间|平台|循环|文化|非公)经济(?![带区圈学法])", re.IGNORECASE
)
_FILLER = re.compile(
    r"\b(?:by|in terms of|according to|fast(?:er)?|quick(?:er|ly)|slow(?:er|ly)|strong(?:er|ly)|weak(?:er|ly)"
    r"|hard(?:er)?|better|sharp(?:er|ly))\b"
    r"|\b(?:s[ae]w|seen|had|register\w*|record\w*|much|their|its|its own)\b"
    r"|各|幅度?|快慢|多快|有多|情况|更?[快慢好强弱猛劲][些点]?",
    re.IGNORECASE,
)
_PARTS_IN_CHINESE = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度", "H1": "上半年", "H2": "下半年"}


class GrowthTable:
    """The growth that an index states of each city. Empty for documents that state none."""

    def __init__(self, index: SearchIndex) -> None:
        self._boards = cache(partial(_boards, index))  # read when a measure is first asked for

    def answer(self, question: Question) -> Comparison | None:
        """The growth of several cities that a question asks for; None if it asks for anything else, or not enough is stated."""
        text = _REBOUND.sub(" growth ", _ECONOMY.sub(_KEY_FIGURE, question.in_one_language))
        named = {measure for _, _, measure in named_measures(text)}
        measures = named or {_UNNAMED}
        if len(measures) != 1 or not (GROWTH.search(text) or _FASTEST.search(text) or _SLOWEST.search(text)) or "%" in text:
            return None
        measure = next(iter(measures))
        # Whether the most of a fall is the least is not plain: where cities are named, the growth of each tells.
        is_unclear = FALL.search(text) is not None and _SUPERLATIVE.search(text) is not None
        text = _MOST.sub(" ", text) if is_unclear else text
        question = replace(question, in_one_language=text if named else text + _KEY_FIGURE)
        period = self._period(measure, question)
        asked = _asked_of_a_key_figure(question)
        wish = None if period is None or _AMOUNT.search(asked.in_one_language) else city_wish(asked)
        if period is None or wish is None or wish.indicators != ("gdp",) or wish.limits or wish.than or wish.against or wish.each:
            return None
        if is_unclear and wish.over_all:
            return None
        if not wish.over_all and len(wish.cities) < 2:
            return None  # one city's growth is left to the statements
        board = _in_language(self._boards(measure)[period], question.language)
        if any((question.language, "gdp", city) not in board.cells for city in wish.cities):
            return None  # nothing is first or last of what is not all known
        cells = [cell for cell in board.chosen(wish, question.language) if _is_meant(cell, text, wish)]
        return Comparison(cells, mixed_currencies=False, named=_named(measure, period)) if cells else None

    def _period(self, measure: Measure, question: Question) -> Period | None:
        """The one period of which the measure is stated, as far as the question says which."""
        fitting = [
            period
            for period in self._boards(measure)
            if question.year_parts <= {period.part} and question.months <= months_of_part(period.part) and question.years <= {period.year}
        ]
        is_whole_year = bool(question.years) and not (question.year_parts or question.months)
        return fitting[0] if len(fitting) == 1 and not is_whole_year else None


def _boards(index: SearchIndex, measure: Measure) -> dict[Period, CityBoard]:
    """For each period, the growth of each city."""
    boards: dict[Period, CityBoard] = {}
    for growth in stated_growth(index, measure):
        boards.setdefault(growth.period, CityBoard()).cells[growth.language, "gdp", growth.city] = _cell(growth)
    return boards


def _cell(growth: Growth) -> Cell:
    return Cell(growth.city, "gdp", growth.language, growth.row, growth.printed, growth.percent, currency="")


def _in_language(board: CityBoard, language: Language) -> CityBoard:
    """The board with what only the other language states as well: a percentage reads alike in both."""
    own_last = sorted(board.cells.items(), key=lambda item: item[0][0] == language)
    return CityBoard({(language, indicator, city): cell for (_, indicator, city), cell in own_last})


def _asked_of_a_key_figure(question: Question) -> Question:
    """The question without its period and its growth, after a key figure instead of the measure."""
    text = question.in_one_language
    for start, end, _ in reversed(named_measures(text)):
        text = text[:start] + _KEY_FIGURE + text[end:]
    text = _SLOWEST.sub(" lowest ", _FASTEST.sub(" highest ", _PERIOD.sub(" ", text)))
    asked = _FILLER.sub(" ", GROWTH.sub(" ", text))
    return replace(question, in_one_language=asked, year_parts=frozenset(), years=frozenset(), months=frozenset())


def _is_meant(cell: Cell, text: str, wish: CityWish) -> bool:
    """Whether a city is among those asked for: "which fell" asks for those that did."""
    if not wish.over_all or _SUPERLATIVE.search(text):
        return True
    if FALL.search(text):
        return cell.value < 0
    return cell.value > 0 or not _ROSE.search(text)


def _named(measure: Measure, period: Period) -> tuple[str, str]:
    """What the figures are called, in English and in Chinese."""
    english, chinese = NAMES[measure]
    return (
        f"{english} growth in {period.part} {period.year}",
        f"{period.year}年{_PARTS_IN_CHINESE[period.part]}{chinese}增速",
    )
