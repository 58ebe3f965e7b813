"""City indicators: the tables of key figures of a document as one table, and answers computed from it.

Nothing is known in advance of a document: a row counts where its label is an indicator and the headings above it name
exactly one city.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gbaqa.answering.answer import Table, TableCell, TableRow
from gbaqa.answering.city_wish import CityChoice, CityWish, city_wish
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.indicators import Indicator, asked_indicators, indicator_of_label
from gbaqa.language.periods import years
from gbaqa.language.places import cities_of_heading, place_forms
from gbaqa.language.quantities import quantities
from gbaqa.language.script import Language, Script, to_hong_kong
from gbaqa.retrieval.question import Question

_CURRENCIES = (("HKD", r"HK\$|港元|港币"), ("MOP", r"MOP|澳门元|澳门币"), ("USD", r"US\$|美元"), ("RMB", r"RMB|人民币|元"))


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
    """The cells that answer a question, in the order they are said.

    Attributes:
        mixed_currencies: whether their amounts are in several currencies.
        alone: the cities that are first or last only because no other's amounts are in their currency.
        named: what the figures are called in English and in Chinese, where that is no indicator's name.
    """

    cells: list[Cell]
    mixed_currencies: bool
    alone: tuple[str, ...] = ()
    named: tuple[str, str] | None = None


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
            label, separator, value = statement.text.partition(CELL_SEPARATOR)
            indicator = indicator_of_label(label) if separator else None
            if indicator is None or CELL_SEPARATOR in value:
                continue
            cities = cities_of_heading(chunk.section)
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

    def gives_another_figure(self, question: Question, row: int) -> bool:
        """Whether a row is the key figure of a city, and of another kind than any that a question asks for."""
        given = {cell.indicator for cell in self.cells.values() if cell.row == row}
        return bool(given) and given.isdisjoint(asked_indicators(question.normalized))

    def answer(self, question: Question) -> Comparison | None:
        """The cells that a question asks for; None if it is no question after these figures."""
        wish = city_wish(question)
        if not self.cells or wish is None or question.years - self.years:
            return None
        chosen = self.chosen(wish, question.language)
        if not chosen or not _worth_a_table(question, wish):
            return None
        kinds = {(cell.indicator, cell.currency) for cell in chosen if cell.currency}
        return Comparison(chosen, len(kinds) > len({indicator for indicator, _ in kinds}), self._alone(wish, question.language))

    def _alone(self, wish: CityWish, language: Language) -> tuple[str, ...]:
        """The cities that are chosen since nothing else is in their currency."""
        found: dict[str, None] = {}
        is_chosen = wish.over_all and wish.limits is None and wish.than is None and wish.against is None
        for choice in wish.choices if is_chosen else ():
            cells = self._cells(wish, choice.indicator, language)
            currencies = [cell.currency for cell in cells]
            is_part = choice.count < len(cells) and len(set(currencies)) > 1
            found |= dict.fromkeys(cell.city for cell in cells if is_part and not choice.nth and currencies.count(cell.currency) == 1)
        return tuple(found)

    def chosen(self, wish: CityWish, language: Language) -> list[Cell]:
        """The cells of each indicator; where cities are chosen by one of them, the others' are of these cities."""
        if wish.against is not None:
            return self._held_against(wish.against, wish.cities, language)
        if wish.each:
            return [cell for city, indicator in wish.each if (cell := self.cells.get((language, indicator, city))) is not None]
        if not wish.over_all or not wish.choices or wish.limits is not None or wish.than is not None:
            return [cell for indicator in wish.indicators for cell in self._limited(wish, indicator, language)]
        first = [cell for choice in wish.choices for cell in _choose(self._cells(wish, choice.indicator, language), choice, wish.upwards)]
        chosen_by = {choice.indicator for choice in wish.choices}
        cities = dict.fromkeys(cell.city for cell in first)
        rest = (self.cells.get((language, one, city)) for one in wish.indicators if one not in chosen_by for city in cities)
        return [*first, *(cell for cell in rest if cell is not None)]

    def _held_against(self, against: tuple[Indicator, Indicator, bool], cities: Sequence[str], language: Language) -> list[Cell]:
        """Both figures of each city of which the first is above the second, or below it."""
        first, second, above = against
        pairs = ((self.cells.get((language, first, city)), self.cells.get((language, second, city))) for city in cities)
        both = [(one, other) for one, other in pairs if one is not None and other is not None and one.currency == other.currency]
        return [cell for pair in both if pair[0].value != pair[1].value and (pair[0].value > pair[1].value) == above for cell in pair]

    def _cells(self, wish: CityWish, indicator: Indicator, language: Language) -> list[Cell]:
        """Those of the cities, from the highest, or upwards."""
        cells = [cell for city in wish.cities if (cell := self.cells.get((language, indicator, city))) is not None]
        return sorted(cells, key=lambda cell: cell.value, reverse=not wish.upwards)

    def _limited(self, wish: CityWish, indicator: Indicator, language: Language) -> list[Cell]:
        """Those of the cities, within the limits that a question names by an amount or by another city's figure."""
        cells = self._cells(wish, indicator, language)
        if wish.limits is not None:
            within = [cell for cell in cells if wish.limits[0] < cell.value < wish.limits[1]]
            return within if len(within) < len(cells) else []  # "over 65" is an age
        if wish.than is None:
            return cells
        city, above = wish.than
        held_against = self.cells.get((language, indicator, city))
        if held_against is None:
            return []
        alike = [cell for cell in cells if cell.currency == held_against.currency and cell.city != city]
        return [cell for cell in alike if (cell.value > held_against.value) == above and cell.value != held_against.value]


def _choose(ranked: list[Cell], choice: CityChoice, upwards: bool) -> list[Cell]:
    """The first, the last, both ends or the n-th: of each currency, since amounts in different ones are not ranked against each other."""
    chosen: list[Cell] = []
    for currency in sorted({cell.currency for cell in ranked}, key=lambda currency: (currency != "RMB", currency)):
        of_one = [cell for cell in ranked if cell.currency == currency]
        if choice.order == "lowest" and not upwards:
            of_one.reverse()
        if choice.nth:
            chosen += of_one[choice.nth - 1 : choice.nth]
        elif choice.order == "both" and len(of_one) > 1:
            chosen += [*of_one[: choice.count], *of_one[max(choice.count, len(of_one) - choice.last) :]]
        else:
            chosen += of_one[: choice.count]
    return chosen


def _worth_a_table(question: Question, wish: CityWish) -> bool:
    """A single figure of a single city is left to the ranked statements unless several are asked for."""
    return len(wish.cities) > 1 or len(wish.indicators) > 1 or question.wants_number or question.kind in ("comparison", "fact", "list")


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
_ALONE: dict[Script, str] = {
    "en": "No other city's figure is in the currency of {cities}.",
    "zh-Hans": "{cities}的币种没有其他城市可比。",
    "zh-Hant": "{cities}的幣種沒有其他城市可比。",
}


def comparison_text(comparison: Comparison, script: Script) -> str:
    """One line a figure, with its mark: "- Shenzhen, GDP: RMB 3,238.8 billion[1]"."""
    lines = []
    for mark, cell in enumerate(comparison.cells, 1):
        chinese = place_forms(cell.city)[1]
        label = comparison.named or _LABEL[cell.indicator]
        if script == "en":
            lines.append(f"- {cell.city}, {label[0]}: {cell.text}[{mark}]")
        else:
            line = f"{chinese[0]}，{label[1]}：{cell.text}"
            lines.append(f"- {to_hong_kong(line) if script == 'zh-Hant' else line}[{mark}]")
    if comparison.mixed_currencies:
        names = [_written(script, city, place_forms(city)[1][0]) for city in comparison.alone]
        said = " or ".join(names) if script == "en" else "、".join(names)
        between = " " if script == "en" else ""
        lines.append(between.join([_CURRENCIES_APART[script], *([_ALONE[script].format(cities=said)] if names else [])]))
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
    names = [_written(script, *comparison.named)] if comparison.named else [indicator_name(indicator, script) for indicator in indicators]
    return Table(columns=names, rows=rows)


def indicator_name(indicator: Indicator, script: Script) -> str:
    """What an indicator is called in a script."""
    return _written(script, *_LABEL[indicator])


def _written(script: Script, english: str, chinese: str) -> str:
    return english if script == "en" else to_hong_kong(chinese) if script == "zh-Hant" else chinese
