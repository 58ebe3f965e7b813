"""The order of the city board: by a column, amounts within their currency."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from gbaqa.answering.city_board import Cell
from gbaqa.language.indicators import Indicator
from gbaqa.language.places import CITIES

INDICATORS: tuple[Indicator, ...] = get_args(Indicator)


@dataclass(frozen=True, slots=True)
class Order:
    """By what the table is sorted: a column ("city" or an indicator), or "" for the order of the cities' names in use."""

    column: str = ""
    is_descending: bool = False

    @classmethod
    def asked(cls, sort: str) -> "Order":
        """The order that an address asks for; the usual one where it names no column."""
        column = sort.removeprefix("-")
        return cls(column, sort.startswith("-")) if column in ("city", *INDICATORS) else cls()


def sorted_cities(cells: Mapping[tuple[str, Indicator], Cell], order: Order, names: Mapping[str, str]) -> list[str]:
    """The cities that have a figure, by their names or a column; those without a figure in it come last.

    Amounts stay with their currency: that of most cities first.
    """
    cities = [city for city in CITIES if any(of == city for of, _ in cells)]
    if order.column == "city":
        return sorted(cities, key=lambda city: names[city], reverse=order.is_descending)
    column = [cell for (_, indicator), cell in cells.items() if indicator == order.column]
    if not column:
        return cities
    ranked = [
        cell.city
        for of_currency in by_currency(column).values()
        for cell in sorted(of_currency, key=lambda cell: cell.value, reverse=order.is_descending)
    ]
    return ranked + [city for city in cities if city not in ranked]


def by_currency(cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    """Figures by their currency, that of most of them first."""
    counts = Counter(cell.currency for cell in cells)
    return {currency: [cell for cell in cells if cell.currency == currency] for currency, _ in counts.most_common()}
