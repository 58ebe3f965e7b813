"""City indicators: the tables of key figures of a document as one table, and answers computed from it.

Nothing is known in advance of a document: a row counts where its label is an indicator and the headings above it name
exactly one city.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from gbaqa.answering.answer import Table, TableCell, TableRow
from gbaqa.answering.superlatives import goes_upwards
from gbaqa.index.store import SearchIndex
from gbaqa.language.indicators import Indicator, asked_indicators, indicator_beside, indicator_of_label, without_indicators
from gbaqa.language.limits import limits_of, without_limits
from gbaqa.language.naming import proper_names
from gbaqa.language.periods import years
from gbaqa.language.places import CITIES, place_forms
from gbaqa.language.places import places as places_in
from gbaqa.language.quantities import quantities
from gbaqa.language.script import Language, Script, to_hong_kong
from gbaqa.language.words import search_terms
from gbaqa.retrieval.expected import expected_types
from gbaqa.retrieval.question import Question

Order = Literal["descending", "ascending", "both", "none"]

_CURRENCIES = (("HKD", r"HK\$|港元|港币"), ("MOP", r"MOP|澳门元|澳门币"), ("USD", r"US\$|美元"), ("RMB", r"RMB|人民币|元"))
_GROWTH = re.compile(
    r"growth|grew|grow\b|rate|increase|rise|rose|fell|fall|drop|增长|增速|同比|升|跌|涨|降|率|占|share|percent", re.IGNORECASE
)
_TOGETHER = re.compile(
    r"\b(?:combined|together|altogether|in total|overtook|overtaken|surpass\w*|replaced)\b|合计|加起来|总共|一共|合共|反超|赶超|取代",
    re.IGNORECASE,
)
_ALL_CITIES = re.compile(
    r"\b(?:which|what) (?:(?!of\b|the\b)\w+[ -]){0,4}(?:city|cities)\b|\b(?:all|the|of) (?:the )?(?:11|eleven|nine|9)\b|\bcities\b|\bwho (?:has|is|tops|leads)\b"
    r"|哪[个座些几]?(?:个)?(?:湾区)?城市?|城市?(?:有|是|包括)?哪|[十一九]{1,2}(?:个|座)?(?:湾区)?(?:城市?|市)|11(?:个|座)?(?:城市?|城)|各[个]?(?:城)?市|哪[个座几]|谁|哪[两二三四五]",
    re.IGNORECASE,
)
_A_CITY = re.compile(r"\b(?:city|where|which)\b|城市|边度|哪里|何处", re.IGNORECASE)  # with a superlative: one of all
_WITHOUT_SARS = re.compile(
    r"mainland|(?:leaving out|without|except|excluding|apart from|other than) (?:\w+ )*?(?:hk|hong kong|macau|macao|sars?)|nine|内地|大陆|珠三角|九市|除(?:了|去)?(?:香港|澳门|港澳)|不算港澳|不计港澳",
    re.IGNORECASE,
)
_HIGHEST = re.compile(
    r"\b(?:highest|most|largest|biggest|richest|tops?|wealthiest|rank\w*|first|second|third)\b|最[高多大富强]|第[一二三四五]|前[三二五\d]|排名|排",
    re.IGNORECASE,
)
_LOWEST = re.compile(r"\b(?:lowest|least|fewest|smallest|poorest|bottom|last)\b|最[低少小穷细]|垫底|倒数|末位", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(?:top|which|first) (two|three|four|five|\d)\b|\b(second|third|fourth|fifth)\b|(?:前|哪|头|第)([两二三四五\d])", re.IGNORECASE
)
_NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5,
}  # fmt: skip
_ALL_IN_ORDER = re.compile(
    r"\brank (?!first|last|second|third|highest|lowest)|\branking\b|\bin (?:de|a)scending order\b|\bfrom (?:the )?\w+est to (?:the )?\w+est\b|\bin order of\b|排序|排列|排名(?!第|最|首|前|末|榜)|由[大高多小低少](?:到|至)",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(  # a superlative is of
    r"\b(?:most|fewest|least|best|worst|largest|biggest|highest|lowest|smallest|greatest|longest|tallest|busiest) (?P<en>[\w'-]+(?: [\w'-]+)?)"
    r"|(?P<zh>[\u4e00-\u9fff]{2,4})最[多少大小高低长短好差]",
    re.IGNORECASE,
)
_MOST_OTHER_WORDS = 3
_ONE_SUPERLATIVE = 4  # characters: what stands nearer together is one, as 排名第一 is
_COMMON_WORDS = frozenset(
    search_terms(
        "greater bay area gba figure figures table same currency exactly number city cities show each volume total value please come next compare compared versus between difference gap"
        " glance head big bigger larger smaller higher lower more less times far apart out goods traded worth quote both side stack up ahead behind roughly actually tell me"
        " live lives living"
        " 大湾区 湾区 城市 数字 数据 分别 表 货币 一下 之间 相差 差距 对比 比较 比 边 边个 钱 元 亿 万 年 跟 同 同埋 定 各 各是 多大 差 差得 远 几远 倍 几倍 报 数 两个 两地 个"
        " 大 大啲 啲 点 多 少 高 低 大些 大一点 货物 一共 总共 到底 究竟 究竟是 是多少 是 多少"
    )
)


@dataclass(frozen=True, slots=True)
class Cell:
    """An indicator of a city: the row of the index that states it, its value as printed and as a number."""

    city: str
    indicator: Indicator
    language: Language
    row: int
    text: str
    value: float
    currency: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cells that answer a question, in the order they are said, and whether they mix currencies."""

    cells: list[Cell]
    mixed_currencies: bool


@dataclass
class CityBoard:
    """All city indicators of an index. Empty for a corpus without any."""

    cells: dict[tuple[Language, Indicator, str], Cell] = field(default_factory=dict)
    years: frozenset[str] = frozenset()

    @classmethod
    def from_index(cls, index: SearchIndex) -> "CityBoard":
        """Collect the rows whose label is an indicator and whose headings name one city."""
        board = cls()
        found_years: set[str] = set()
        for row in np.flatnonzero(index.columns.has_cells).tolist():
            chunk, statement = index.statements[row]
            label, separator, value = statement.text.partition(" | ")
            indicator = indicator_of_label(label) if separator else None
            if indicator is None or " | " in value:
                continue
            cities = next((named for part in reversed(chunk.section) if (named := places_in(part) & set(CITIES))), frozenset())
            numbers = quantities(value)
            if len(cities) != 1 or not numbers:
                continue
            city = next(iter(cities))
            currency = (
                next((name for name, pattern in _CURRENCIES if re.search(pattern, value)), "")
                if indicator not in ("area", "population")
                else ""
            )
            cell = Cell(city, indicator, chunk.language, row, value.strip(), numbers[0].value, currency)
            board.cells.setdefault((chunk.language, indicator, city), cell)
            found_years |= years(" ".join([chunk.text, chunk.context]))
        board.years = frozenset(found_years)
        return board

    def answer(self, question: Question) -> Comparison | None:
        """The cells that a question asks for; None if it is no question after these figures."""
        indicators = asked_indicators(question.normalized)
        if not self.cells or not indicators or question.year_parts or question.years - self.years:
            return None
        if question.kind in ("explanation", "source"):
            return None  # how residents do a thing is no question after how many they are, nor is who counted them
        if _TOGETHER.search(question.normalized):
            return None  # a sum, or a change of order: the table gives neither
        if _GROWTH.search(question.normalized) and not _HIGHEST.search(question.normalized):
            return None
        beside = _beside_the_table(question)
        if "reason" in expected_types(question.normalized) or len(beside) > _MOST_OTHER_WORDS or _is_of_something_else(question, beside):
            return None
        named = [city for city in CITIES if city in question.places]
        over_all = _asks_of_all(question, beside)
        if question.places - set(CITIES) or (not named and not over_all):
            return None
        without_sars = _WITHOUT_SARS.search(question.normalized) is not None
        if len(named) >= 2 and not (without_sars and set(named) <= {"Hong Kong", "Macau"}):
            pool: list[str] = named
        elif len(named) == 1 and not over_all:
            pool = named
        else:
            pool = [city for city in CITIES if not (without_sars and city in ("Hong Kong", "Macau"))]
        chosen = self._chosen(question, indicators, pool, over_all)
        if not chosen or not _worth_a_table(question, pool, indicators):
            return None
        kinds = {(cell.indicator, cell.currency) for cell in chosen if cell.currency}
        return Comparison(chosen, len(kinds) > len({indicator for indicator, _ in kinds}))

    def _chosen(self, question: Question, indicators: Sequence[Indicator], pool: Sequence[str], over_all: bool) -> list[Cell]:
        """The cells of each indicator; where cities are ranked by one of them, the others' are of the cities that come first."""
        ranked_by = _ranked_by(question.normalized) if over_all else None
        if ranked_by is None or ranked_by not in indicators:
            return [cell for indicator in indicators for cell in self._choose(question, indicator, pool, over_all)]
        first = self._choose(question, ranked_by, pool, over_all)
        others = (self.cells.get((question.language, one, cell.city)) for one in indicators if one != ranked_by for cell in first)
        return [*first, *(cell for cell in others if cell is not None)]

    def _choose(self, question: Question, indicator: Indicator, pool: Sequence[str], over_all: bool) -> list[Cell]:
        cells = [cell for city in pool if (cell := self.cells.get((question.language, indicator, city))) is not None]
        named = sum(city in question.places for city in pool)
        order = _order(question.normalized)
        ranked = sorted(cells, key=lambda cell: cell.value, reverse=not goes_upwards(question.normalized))
        if len(cells) < 2 or not over_all or 1 < named == len(pool):
            return ranked
        if (limits := limits_of(question.normalized)) is not None:
            return [cell for cell in ranked if limits[0] < cell.value < limits[1]]
        if order == "ascending":
            ranked.sort(key=lambda cell: cell.value)
        if len({cell.currency for cell in cells}) > 1:
            return ranked if order == "none" else _per_currency(ranked, _count(question.normalized))
        if order == "both":
            return [*ranked[: min(_count(question.normalized), len(ranked) - 1)], ranked[-1]]
        return ranked if order == "none" else ranked[: _count(question.normalized)]


def _ranked_by(text: str) -> Indicator | None:
    """The indicator nearest to the superlative; None where there is none, or are several: the largest area and the most people."""
    spans = sorted(match.span() for pattern in (_HIGHEST, _LOWEST) for match in pattern.finditer(text))
    starts = [start for at, (start, _) in enumerate(spans) if at == 0 or start - spans[at - 1][1] >= _ONE_SUPERLATIVE]
    return indicator_beside(text, starts[0]) if len(starts) == 1 else None


def _asks_of_all(question: Question, beside: set[str]) -> bool:
    """Whether a question is about all cities, or about which of them is first or last and about nothing else."""
    text = question.normalized
    superlative = not question.places and _order(text) != "none" and _A_CITY.search(text) is not None
    return _ALL_CITIES.search(text) is not None or (superlative and not beside)


def _beside_the_table(question: Question) -> set[str]:
    """Words of a question that have nothing to do with cities and their indicators."""
    text = without_indicators(without_limits(question.normalized))
    for pattern in (_HIGHEST, _LOWEST, _COUNT, _ALL_CITIES, _WITHOUT_SARS):
        text = pattern.sub(" ", text)
    named = {term for place in question.places for forms in place_forms(place) for form in forms for term in search_terms(form)}
    return {term for term in search_terms(text) if not term[0].isdigit() and term not in named and term not in _COMMON_WORDS}


def _is_of_something_else(question: Question, beside: set[str]) -> bool:
    """Whether a superlative is of the words beside the table (the most universities), or these are a name: a partner of trade, say."""
    measured = ((match["en"] or match["zh"]) for match in _OF_WHAT.finditer(question.normalized))
    return any(beside & set(search_terms(words)) for words in (*measured, *proper_names(question.text)))


def _worth_a_table(question: Question, pool: list[str], indicators: list[Indicator]) -> bool:
    """A single figure of a single city is left to the ranked statements unless several are asked for."""
    return len(pool) > 1 or len(indicators) > 1 or question.wants_number or question.kind in ("comparison", "fact", "list")


def _order(text: str) -> Order:
    high, low = _HIGHEST.search(text) is not None, _LOWEST.search(text) is not None
    if goes_upwards(text):
        return "ascending"
    if high and low:
        return "both"
    return "descending" if high else "ascending" if low else "none"


def _count(text: str) -> int:
    if _ALL_IN_ORDER.search(text) or goes_upwards(text):
        return len(CITIES)
    match = _COUNT.search(text)
    word = next((group for group in match.groups() if group), "").lower() if match else ""
    return _NUMBER_WORDS.get(word, int(word) if word.isdigit() else 1)


def _per_currency(ranked: list[Cell], count: int) -> list[Cell]:
    """The first of each currency: amounts in different currencies are not ranked against each other."""
    seen: dict[str, int] = {}
    kept = []
    for cell in ranked:
        seen[cell.currency] = seen.get(cell.currency, 0) + 1
        if seen[cell.currency] <= count:
            kept.append(cell)
    return sorted(kept, key=lambda cell: cell.currency != "RMB")


_LABEL: dict[Indicator, tuple[str, str]] = {
    "area": ("land area", "面积"),
    "population": ("population", "人口"),
    "gdp": ("GDP", "地区生产总值（GDP）"),
    "gdp_per_capita": ("per-capita GDP", "人均GDP"),
    "trade": ("merchandise trade", "货物贸易总额"),
}
_CURRENCIES_APART: dict[Script, str] = {
    "en": "The figures are in different currencies, so they are not ranked against each other.",
    "zh-Hans": "各数字币种不同，不作直接排名。",
    "zh-Hant": "各數字幣種不同，不作直接排名。",
}


def comparison_text(comparison: Comparison, script: Script) -> str:
    """One line a figure, with its mark: "- Shenzhen, GDP: RMB 3,238.8 billion[1]"."""
    lines = []
    for mark, cell in enumerate(comparison.cells, 1):
        chinese = place_forms(cell.city)[1]
        label = _LABEL[cell.indicator]
        if script == "en":
            lines.append(f"- {cell.city}, {label[0]}: {cell.text}[{mark}]")
        else:
            line = f"{chinese[0]}，{label[1]}：{cell.text}"
            lines.append(f"- {to_hong_kong(line) if script == 'zh-Hant' else line}[{mark}]")
    if comparison.mixed_currencies:
        lines.append(_CURRENCIES_APART[script])
    return "\n".join(lines)


def comparison_table(comparison: Comparison, script: Script) -> Table | None:
    """The same figures as a table, a row a city and a column an indicator; None for those of a single city."""
    cities = list(dict.fromkeys(cell.city for cell in comparison.cells))
    indicators = list(dict.fromkeys(cell.indicator for cell in comparison.cells))
    if len(cities) < 2:
        return None

    figures = {
        (cell.city, cell.indicator): TableCell(text=_written(script, cell.text, cell.text), mark=mark, value=cell.value, unit=cell.currency)
        for mark, cell in enumerate(comparison.cells, 1)
    }
    rows = [
        TableRow(name=_written(script, city, place_forms(city)[1][0]), cells=[figures.get((city, indicator)) for indicator in indicators])
        for city in cities
    ]
    return Table(columns=[indicator_name(indicator, script) for indicator in indicators], rows=rows)


def indicator_name(indicator: Indicator, script: Script) -> str:
    """What an indicator is called in a script."""
    return _written(script, *_LABEL[indicator])


def _written(script: Script, english: str, chinese: str) -> str:
    return english if script == "en" else to_hong_kong(chinese) if script == "zh-Hant" else chinese
